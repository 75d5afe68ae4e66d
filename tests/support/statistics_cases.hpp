// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/tile_run.hpp"
#include "kernels/statistics.hpp"
#include "tests/support/random_planes.hpp"

#include <cstring>
#include <random>
#include <vector>

namespace cogmill::testing_support {

/// Random planes in tiles, and their statistics as the CPU has them.
struct StatisticsCase {
  kernels::cuda::TileRun run;
  std::vector<HostPlane> memory;
  std::vector<std::optional<kernels::Nodata>> nodata;
  HostPlane mask;
  bool masked;

  std::vector<kernels::ConstPlane> planes() const {
    std::vector<kernels::ConstPlane> all;
    for (const HostPlane& plane : memory) all.push_back(plane.plane());
    return all;
  }
  std::vector<kernels::Statistics> expected() const {
    std::vector<kernels::Statistics> all;
    for (std::int64_t t = run.first; t < run.first + run.count; ++t)
      for (std::size_t p = 0; p < memory.size(); ++p) {
        const auto plane = memory[p].plane();
        const auto w = kernels::cuda::window_of(run, t, plane.width, plane.height);
        kernels::ConstPlane valid;
        if (masked) valid = mask.plane().crop(w.col, w.row, w.width, w.height);
        all.push_back(kernels::compute_statistics(plane.crop(w.col, w.row, w.width, w.height),
                                                  nodata[p], valid));
      }
    return all;
  }
};

inline StatisticsCase random_statistics(std::mt19937& random, int round) {
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  const auto type = static_cast<kernels::DataType>(round % 10);
  kernels::cuda::TileRun run;
  run.tile_width = round % 40 < 10 ? 2048 + 16 * below(30) : 16 * (1 + below(8));
  run.tile_height = round % 40 < 10 ? 1 + below(3) : 1 + below(100);
  run.across = 1 + below(3);
  const std::int64_t down = 1 + below(3);
  const std::int64_t width = run.across * run.tile_width - below(2) * below(run.tile_width);
  const std::int64_t height = down * run.tile_height - below(run.tile_height);
  run.first = below(run.across * down);
  run.count = 1 + below(run.across * down - run.first);
  StatisticsCase made{
      run, {}, {}, random_mask(random, width, height, width + below(9)), below(3) == 0};
  for (std::int64_t b = 1 + below(3); b > 0; --b) {
    made.memory.push_back(random_plane(random, type, width, height, width + below(9)));
    if (!kernels::is_floating(type) && below(3) == 0)
      fill_with_bits(random, made.memory.back().bytes());
    made.nodata.push_back(random_nodata(random));
  }
  return made;
}

inline bool same_bits(const kernels::Statistics& a, const kernels::Statistics& b) {
  static_assert(sizeof(kernels::Statistics) == 40);  // no gaps
  return std::memcmp(&a, &b, sizeof a) == 0;
}

}  // namespace cogmill::testing_support
