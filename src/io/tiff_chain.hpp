// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/byte_reader.hpp"

#include <cstdint>
#include <vector>

namespace cogmill::io {

/// One image file directory (IFD) of a TIFF.
struct TiffLink {
  std::int64_t offset = 0;          ///< [bytes] in the file
  std::uint32_t subfile_type = 0;   ///< tag 254: 1 reduced resolution, 4 mask
  std::uint64_t listed_blocks = 0;  ///< length of TileOffsets or StripOffsets; 0: none
};

/// The chain of directories, in file order.
struct TiffChain {
  bool big_endian = false;
  bool bigtiff = false;
  std::vector<TiffLink> links;  ///< at least one
};

/// @return true if the file begins like a TIFF or BigTIFF of either byte order
bool looks_like_tiff(ByteReader& file);

/// Walks the directories by hand, because libtiff ends a looping or cut chain silently.
/// @throws report::RuntimeError if the file is no TIFF, is truncated, or its directories loop
TiffChain read_tiff_chain(ByteReader& file);

}  // namespace cogmill::io
