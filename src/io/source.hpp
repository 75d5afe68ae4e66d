// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane.hpp"
#include "partition/window.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace cogmill::io {

/// What to do with a tile that cannot be decoded.
enum class OnError : std::uint8_t { kStop, kNodata };

/// The band number that stands for the validity mask of a file (Byte, 0 or 255).
inline constexpr int kMaskBand = 0;

/// Raw material of one window, read but not decoded. Made by Source::fetch for Source::decode.
class Fetched {
 public:
  virtual ~Fetched() = default;
  virtual std::int64_t bytes_read() const = 0;  ///< taken from storage for this window by fetch
};

/// What resampling has come across, for the record.
struct WarpReport {
  std::int64_t transformed = 0;   ///< positions that went through PROJ
  double largest_error = 0;       ///< of the control grid [source px]
  std::int64_t moved_pixels = 0;  ///< valid, but equal to nodata: set to the next value

  void add(const WarpReport& other) {
    transformed += other.transformed;
    largest_error = std::max(largest_error, other.largest_error);
    moved_pixels += other.moved_pixels;
  }
};

/// What became of a window's blocks.
struct DecodeReport {
  std::int64_t blocks = 0;  ///< decoded
  std::int64_t bytes = 0;   ///< decoded, uncompressed
  /// Taken from storage by decode, for what fetch did not read. Where GDAL does both in one,
  /// fetch counts.
  std::int64_t bytes_read = 0;
  std::vector<std::string> corrupt =
      {};  ///< "band 1, tile col 3 row 0: why" of each block replaced by nodata
  WarpReport warp = {};

  /// Of another part of the same window.
  void add(const DecodeReport& other) {
    blocks += other.blocks;
    bytes += other.bytes;
    bytes_read += other.bytes_read;
    corrupt.insert(corrupt.end(), other.corrupt.begin(), other.corrupt.end());
    warp.add(other.warp);
  }
};

/// The pixels of one input file, as one rank reads them. Both calls are thread-safe, and each is
/// made for any number of windows at once: fetch waits for storage, decode keeps cores busy.
class Source {
 public:
  virtual ~Source() = default;

  /// Reads what decode needs. Blocks on I/O, computes nothing.
  /// @param bands numbers from 1, or kMaskBand   @pre the window lies inside the raster
  /// @throws report::RuntimeError naming file, band and tile
  virtual std::unique_ptr<Fetched> fetch(const partition::Window& window,
                                         std::span<const int> bands) = 0;

  /// Fills planes[i] with the window of the i-th fetched band. Uses oneTBB tasks inside.
  /// @pre planes[i] has the window's size and the band's type
  /// @throws report::RuntimeError naming file, band and tile if a block is damaged and the source
  /// was opened with OnError::kStop
  virtual DecodeReport decode(const Fetched& fetched, std::span<const kernels::Plane> planes) = 0;
};

}  // namespace cogmill::io
