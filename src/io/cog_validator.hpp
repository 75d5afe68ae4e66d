// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cogmill::io {

enum class Severity : std::uint8_t { kWarning, kError };

/// One thing a validator has to say.
struct Finding {
  Severity severity = Severity::kError;
  std::string text;  ///< one line
};

/// What the file is, as far as it could be read.
struct CogDetails {
  std::int64_t file_bytes = 0;
  bool bigtiff = false;
  bool big_endian = false;
  std::int64_t width = 0, height = 0;            ///< [px]
  std::int64_t tile_width = 0, tile_height = 0;  ///< [px]; of strips: the strip
  bool tiled = false;
  std::string compression;                                       ///< GDAL's name
  std::string interleave;                                        ///< "PIXEL" or "BAND"
  std::vector<std::pair<std::int64_t, std::int64_t>> overviews;  ///< width and height [px]
  bool mask = false;                                             ///< internal mask
  std::vector<std::string> ghost_keys;  ///< "NAME=VALUE"; empty: no ghost area
  std::int64_t ifd_offset = 0;          ///< [bytes] of the main directory
  std::int64_t header_bytes = 0;  ///< what a reader has to fetch before the first tile, 0: no tile
  bool checked_blocks = false;    ///< every leader, trailer and offset was looked at
};

struct ValidationReport {
  std::vector<Finding> findings;
  CogDetails details;

  bool has_errors() const;
  bool valid(bool strict) const;  ///< strict: warnings count too, as in `rio cogeo --strict`
};

/// Looks at everything that GDAL's validate_cloud_optimized_geotiff.py (full check) and rio-cogeo's
/// validator look at, with a TIFF reader of its own: Classic and BigTIFF, either byte order.
/// A file is without errors exactly where it is for both of them. Local.
/// @param path a local file, or anything GDAL's /vsi file systems open
/// @param full_check also read every tile's leader and trailer
/// @throws report::RuntimeError if there is no such file or it cannot be read; whatever is wrong
/// inside is a finding
ValidationReport validate_cog(const std::string& path, bool full_check = true);

}  // namespace cogmill::io
