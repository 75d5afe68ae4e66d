// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/byte_reader.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cogmill::io {

/// The text that GDAL's COG driver hides between the TIFF header and the first directory.
struct GhostArea {
  bool present = false;
  std::int64_t end = 0;  ///< [bytes] where the first directory is expected: behind it, even
  std::string text;      ///< without the line that says its size
  std::vector<std::string> keys;      ///< "NAME=VALUE", as they stand there
  std::vector<std::string> problems;  ///< what is wrong with it, one line each

  bool says(std::string_view key) const { return text.find(key) != std::string::npos; }
};

/// Local. @pre the file is a TIFF   @throws report::RuntimeError on an I/O error only
GhostArea read_ghost_area(ByteReader& file, bool bigtiff);

}  // namespace cogmill::io
