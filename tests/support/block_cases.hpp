// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/block_part.hpp"
#include "tests/support/tile_cases.hpp"

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

namespace cogmill::testing_support {

/// Random raw blocks, and windows of them that stand below each other in the planes.
struct BlockCase {
  kernels::cuda::BlockLayout layout;
  std::vector<std::byte> raw;
  std::vector<std::int64_t> block_rows;  ///< of each part's block
  std::vector<kernels::cuda::BlockPart> parts;
  std::vector<int> samples;
  std::vector<HostPlane> memory;

  std::vector<kernels::Plane> planes() {
    std::vector<kernels::Plane> all;
    for (HostPlane& plane : memory) all.push_back(plane.plane());
    return all;
  }
  /// What the CPU makes of them, into `memory`.
  void unpack() {
    const std::int64_t components = kernels::is_complex(layout.type) ? 2 : 1;
    const auto row_bytes = static_cast<std::size_t>(layout.columns * layout.samples *
                                                    kernels::size_bytes(layout.type));
    std::vector<std::byte> scratch(row_bytes);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto& p = parts[i];
      const auto from = std::span(raw).subspan(static_cast<std::size_t>(p.offset),
                                               row_bytes * static_cast<std::size_t>(block_rows[i]));
      std::vector<std::byte> block(from.begin(), from.end());
      if (layout.swap) kernels::swap_bytes(block, kernels::size_bytes(layout.type) / components);
      kernels::undo_predictor(
          layout.predictor,
          {component_of(layout.type), layout.columns, block_rows[i], layout.samples * components},
          block, scratch);
      std::vector<kernels::Plane> cropped;
      for (const auto& plane : planes())
        cropped.push_back(plane.crop(p.to_col, p.to_row, p.width, p.height));
      kernels::unpack_tile(block, layout.columns, layout.samples, p.col, p.row, samples, cropped);
    }
  }
};

namespace detail {

inline void add_part(std::mt19937& random, BlockCase& made, std::int64_t& height) {
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  const auto& layout = made.layout;
  const std::int64_t element =
      kernels::size_bytes(layout.type) / (kernels::is_complex(layout.type) ? 2 : 1);
  const std::int64_t rows = 1 + below(layout.rows);
  kernels::cuda::BlockPart part;
  const auto used = static_cast<std::int64_t>(made.raw.size());
  const std::int64_t unit = below(3) == 0 ? element : 16;
  part.offset = (used + unit - 1) / unit * unit;
  made.raw.resize(static_cast<std::size_t>(part.offset + rows * layout.columns * layout.samples *
                                                             kernels::size_bytes(layout.type)));
  part.col = below(2) * below(layout.columns);
  part.row = below(2) * below(rows);
  part.width = below(2) == 0 ? layout.columns - part.col : 1 + below(layout.columns - part.col);
  part.height = 1 + below(rows - part.row);
  part.to_col = below(2) * below(30);
  part.to_row = height;
  height += part.height;
  made.block_rows.push_back(rows);
  made.parts.push_back(part);
}

}  // namespace detail

inline BlockCase random_blocks(std::mt19937& random, int round, std::int64_t most_columns = 300) {
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  BlockCase made;
  auto& layout = made.layout;
  layout.type = static_cast<kernels::DataType>(round % kernels::kDataTypeCount);
  layout.predictor =
      static_cast<kernels::Predictor>(1 + below(kernels::is_floating(layout.type) ? 3 : 2));
  layout.swap = layout.predictor != kernels::Predictor::kFloatingPoint && below(3) == 0;
  layout.columns = below(3) == 0 ? 16 * (1 + below(20)) : 1 + below(most_columns);
  layout.rows = 1 + below(20);
  layout.samples = 1 + below(below(4) == 0 ? 11 : 4);
  std::int64_t height = 0;
  for (std::int64_t i = 1 + below(5); i > 0; --i) detail::add_part(random, made, height);
  fill_with_bits(random, made.raw);
  made.samples.resize(static_cast<std::size_t>(layout.samples));
  std::iota(made.samples.begin(), made.samples.end(), 0);
  if (below(3) == 0) {  // some of them, in any order
    std::shuffle(made.samples.begin(), made.samples.end(), random);
    made.samples.resize(static_cast<std::size_t>(1 + below(layout.samples)));
  }
  const std::int64_t width = layout.columns + 30 + below(4);
  for (std::size_t i = 0; i < made.samples.size(); ++i)
    made.memory.emplace_back(layout.type, width, height, width + below(2) * below(20));
  return made;
}

}  // namespace cogmill::testing_support
