// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/predictor.hpp"

#include <cstdint>

namespace cogmill::kernels::cuda {

/// A window of one raw block and where it goes. An array of these in device memory describes many
/// blocks to one launch.
struct BlockPart {
  std::int64_t offset = 0;              ///< of the block's first byte in the raw buffer
  std::int64_t col = 0, row = 0;        ///< of the window in the block [px]
  std::int64_t width = 0, height = 0;   ///< of the window [px]
  std::int64_t to_col = 0, to_row = 0;  ///< of the window in the planes [px]
};

/// What the blocks of one buffer have in common.
struct BlockLayout {
  DataType type = DataType::kUInt8;
  std::int64_t columns = 0;  ///< of a block [px]
  std::int64_t rows = 0;     ///< no window is higher
  std::int64_t samples = 1;  ///< pixels next to each other, of as many bands
  Predictor predictor = Predictor::kNone;
  bool swap = false;  ///< elements are big-endian; not with Predictor::kFloatingPoint
};

}  // namespace cogmill::kernels::cuda
