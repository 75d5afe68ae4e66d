// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/tile_run.hpp"
#include "kernels/predictor.hpp"
#include "kernels/tile_pack.hpp"
#include "tests/support/random_planes.hpp"

#include <random>
#include <vector>

namespace cogmill::testing_support {

/// Random planes, and a run of their tiles as the CPU packs them.
struct TileCase {
  kernels::DataType type;
  kernels::Predictor predictor;
  kernels::cuda::TileRun run;
  std::vector<HostPlane> memory;

  std::vector<kernels::ConstPlane> planes() const {
    std::vector<kernels::ConstPlane> all;
    for (const HostPlane& plane : memory) all.push_back(plane.plane());
    return all;
  }
  std::int64_t samples() const { return static_cast<std::int64_t>(memory.size()); }
  std::int64_t tile_bytes() const {
    return run.tile_width * run.tile_height * samples() * kernels::size_bytes(type);
  }
  std::vector<kernels::ConstPlane> tile(std::int64_t number) const {
    const auto all = planes();
    const auto w = kernels::cuda::window_of(run, number, all[0].width, all[0].height);
    std::vector<kernels::ConstPlane> cropped;
    for (const auto& plane : all) cropped.push_back(plane.crop(w.col, w.row, w.width, w.height));
    return cropped;
  }
  kernels::PredictorShape shape() const {
    const std::int64_t components = kernels::is_complex(type) ? 2 : 1;
    return {component_of(type), run.tile_width, run.tile_height, samples() * components};
  }
  std::vector<std::byte> packed() const {
    const auto bytes = static_cast<std::size_t>(tile_bytes());
    std::vector<std::byte> all(bytes * static_cast<std::size_t>(run.count)), scratch(bytes);
    for (std::int64_t t = 0; t < run.count; ++t) {
      const auto into = std::span(all).subspan(static_cast<std::size_t>(t) * bytes, bytes);
      kernels::pack_tile(tile(run.first + t), run.tile_width, run.tile_height, into);
      kernels::apply_predictor(predictor, shape(), into, scratch);
    }
    return all;
  }
};

/// All types in turn, one to six bands, odd strides, tiles cut by the edges.
inline TileCase random_tiles(std::mt19937& random, int round) {
  TileCase made;
  made.type = static_cast<kernels::DataType>(round % kernels::kDataTypeCount);
  made.predictor =
      static_cast<kernels::Predictor>(1 + random() % (kernels::is_floating(made.type) ? 3 : 2));
  const auto below = [&](unsigned n) { return static_cast<std::int64_t>(random() % n); };
  made.run.tile_width = 16 * (1 + below(4));
  made.run.tile_height = 1 + below(40);
  made.run.across = 1 + below(4);
  const std::int64_t down = 1 + below(3);
  const std::int64_t width = made.run.across * made.run.tile_width - below(2) * below(16);
  const std::int64_t height =
      down * made.run.tile_height - below(1 + static_cast<unsigned>(made.run.tile_height) / 2);
  made.run.first = below(static_cast<unsigned>(made.run.across * down));
  made.run.count = 1 + below(static_cast<unsigned>(made.run.across * down - made.run.first));
  const auto bands = 1 + below(6);
  for (std::int64_t b = 0; b < bands; ++b) {
    made.memory.emplace_back(made.type, width, height, width + below(2) * below(20));
    fill_with_bits(random, made.memory.back().bytes());
  }
  return made;
}

}  // namespace cogmill::testing_support
