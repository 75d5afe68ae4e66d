// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cogmill::io {

/// Numbers of the TIFF tags this program looks at.
enum TagNumber : std::uint16_t {
  kTagNewSubfileType = 254,
  kTagImageWidth = 256,
  kTagImageLength = 257,
  kTagBitsPerSample = 258,
  kTagCompression = 259,
  kTagPhotometric = 262,
  kTagStripOffsets = 273,
  kTagSamplesPerPixel = 277,
  kTagRowsPerStrip = 278,
  kTagStripByteCounts = 279,
  kTagPlanarConfig = 284,
  kTagPredictor = 317,
  kTagColorMap = 320,
  kTagTileWidth = 322,
  kTagTileLength = 323,
  kTagTileOffsets = 324,
  kTagTileByteCounts = 325,
  kTagExtraSamples = 338,
  kTagSampleFormat = 339,
  kTagGdalMetadata = 42112,
  kTagGdalNodata = 42113,
};

/// One directory entry with its value.
struct TiffTag {
  std::uint16_t tag = 0;
  std::uint16_t type = 0;        ///< TIFF field type: 1 BYTE, 2 ASCII, 3 SHORT, ...
  std::uint64_t count = 0;       ///< number of values
  std::vector<std::byte> value;  ///< little-endian, count * tiff_type_bytes(type) bytes
  friend bool operator==(const TiffTag&, const TiffTag&) = default;
};

/// @return the size of one value of a TIFF field type (1-13, 16-18) in bytes, 0 if there is no such
/// type
std::int64_t tiff_type_bytes(std::uint16_t type);

/// Reads every entry of the first directory of a Classic little-endian TIFF held in memory.
/// The bytes are not trusted.
/// @throws report::RuntimeError "cannot read the TIFF directory of NAME: why"
std::vector<TiffTag> read_classic_ifd(std::span<const std::byte> file, const std::string& name);

}  // namespace cogmill::io
