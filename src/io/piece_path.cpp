// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/piece_path.hpp"

#include "src/report/name_beside.hpp"

#include <cstdio>
#include <filesystem>

namespace cogmill::io {

namespace fs = std::filesystem;

std::string piece_name(const std::string& vrt, std::size_t piece) {
  char number[32];
  std::snprintf(number, sizeof number, "_%05zu.tif", piece);
  const fs::path stem = fs::path(vrt).replace_extension();
  return fs::path(report::name_beside(stem.string(), number)).filename().string();
}

std::string piece_path(const std::string& vrt, std::size_t piece) {
  return (fs::path(vrt).parent_path() / piece_name(vrt, piece)).string();
}

}  // namespace cogmill::io
