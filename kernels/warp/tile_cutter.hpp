// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/warp_job.hpp"

#include <cstdint>
#include <vector>

namespace cogmill::kernels::warp {

/// Cuts a job into tiles of output. The samples under a tile are converted to the type that is
/// computed with, so that they are read often and converted once, and stay in the cache; the loops
/// know float and double alone. Nothing depends on where the tiles lie.
class TileCutter {
 public:
  /// @param samples kFloat32 or kFloat64
  TileCutter(const Job& job, DataType samples);

  /// Calls f(tile) for every tile whose pixels may have a source; the others become invalid.
  template <class F>
  void for_each(F&& f) {
    for (std::int64_t row = 0; row < job_.height; row += height_)
      for (std::int64_t col = 0; col < job_.width; col += kSegment)
        if (cut(col, row)) f(const_cast<const Job&>(tile_));
  }

 private:
  struct Window {
    std::int64_t col, row, width, height;
  };
  bool cut(std::int64_t col, std::int64_t row);
  Window source_window() const;
  WarpBand crop(const WarpBand& band, const Window& from, const Window& to) const;
  ConstPlane converted(std::size_t band, const Window& from);

  const Job& job_;
  const DataType type_;
  const std::int64_t height_;  ///< of a tile [px]
  Job tile_;
  std::vector<WarpBand> bands_, all_bands_;
  std::vector<std::vector<std::byte>> samples_;
};

/// The type that holds the pixels of another exactly, 64-bit integers but for their last bits.
constexpr DataType sample_type(DataType source) {
  return size_bytes(source) <= 2 || source == DataType::kFloat32 ? DataType::kFloat32
                                                                 : DataType::kFloat64;
}

}  // namespace cogmill::kernels::warp
