// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/window.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::io {

/// What one TIFF directory says of its image; libtiff parses it, its decoder is never used.
/// Numbers are TIFF's own: compression 8 is Deflate, sample_format 3 is IEEE float.
/// Blocks are tiles or strips. A single uncompressed strip is cut into virtual strips of about
/// 256 KiB, so that windows of it can be read.
struct TiffDirectory {
  std::int64_t width = 0, height = 0;              ///< [px], 1 .. 2^31 - 1
  std::int64_t block_width = 0, block_height = 0;  ///< [px], >= 1
  bool tiled = false;
  int samples = 1;        ///< bands
  int bits = 1;           ///< per sample
  int sample_format = 1;  ///< 1 unsigned, 2 signed, 3 float, 4 undefined, 5 and 6 complex
  int compression = 1;
  int predictor = 1;
  bool separate = false;  ///< each band in blocks of its own
  std::optional<int> photometric;
  int fill_order = 1;
  int orientation = 1;
  bool associated_alpha = false;  ///< colours are multiplied by alpha already, GDAL does not tell
  std::uint32_t subfile_type = 0;
  std::int64_t at = 0;  ///< [bytes] where the directory stands in the file
  bool big_endian = false;
  bool bigtiff = false;
  /// [bytes] of each block: row-major, all blocks of band 1, then of band 2 where separate.
  /// Nothing here is checked against the size of the file.
  std::vector<std::uint64_t> offsets, byte_counts;

  std::int64_t blocks_across() const { return (width + block_width - 1) / block_width; }
  std::int64_t blocks_down() const { return (height + block_height - 1) / block_height; }
  std::int64_t block_samples() const { return separate ? 1 : samples; }
  int planes() const { return separate ? samples : 1; }
  std::int64_t block_count() const { return blocks_across() * blocks_down() * planes(); }
  std::int64_t block_index(int plane, std::int64_t col, std::int64_t row) const {
    return (plane * blocks_down() + row) * blocks_across() + col;
  }
  /// @return the block's pixels as stored: tiles reach beyond the image, the last strip does not
  partition::Window block_window(std::int64_t col, std::int64_t row) const;
  /// @return bytes of one row of a block, not compressed
  std::int64_t row_bytes() const { return (block_width * block_samples() * bits + 7) / 8; }
  /// @return bytes of the block in block row `row`, not compressed; fits in 63 bits
  std::int64_t block_bytes(std::int64_t row) const;
  /// @return true if the block has no data: all pixels are nodata or 0
  bool is_sparse(std::int64_t index) const;
  std::int64_t stored_blocks() const;
};

class LibTiff;
class TiffWalk;
struct TiffEntries;

/// Reads one directory of the walk. Sizes are checked before anything is allocated: memory stays
/// within a small multiple of the file's size.
/// @throws report::RuntimeError that names the file and what is wrong with it
TiffDirectory read_tiff_directory(LibTiff& tiff, const TiffWalk& walk, const TiffEntries& entries);

/// GDAL's name of a TIFF compression: "NONE", "DEFLATE", "JPEG", ...; "compression 123" if unknown.
std::string compression_name(int compression);

}  // namespace cogmill::io
