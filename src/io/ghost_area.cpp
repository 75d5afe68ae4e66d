// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/ghost_area.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

namespace cogmill::io {
namespace {

constexpr std::string_view kMark = "GDAL_STRUCTURAL_METADATA_SIZE=";
constexpr std::string_view kUnit = " bytes\n";
constexpr std::int64_t kDigits = 6;
constexpr std::int64_t kFirstLine =
    static_cast<std::int64_t>(kMark.size()) + kDigits + static_cast<std::int64_t>(kUnit.size());

/// @return the part of [offset, offset + bytes) that the file has
std::string text_at(ByteReader& file, std::int64_t offset, std::int64_t bytes) {
  const std::int64_t there = std::clamp<std::int64_t>(file.size() - offset, 0, bytes);
  std::string text(static_cast<std::size_t>(there), '\0');
  file.read_at(offset, std::as_writable_bytes(std::span(text)));
  return text;
}

bool all_digits(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool starts_with(const std::string& text, std::string_view with) {
  return text.rfind(with, 0) == 0;
}

/// GDAL reports LAYOUT=COG, and reads tiles by their leaders, only with all four of these.
void check_keys(GhostArea& ghost) {
  constexpr std::array<std::string_view, 4> kRequired = {
      "LAYOUT=IFDS_BEFORE_DATA", "BLOCK_ORDER=ROW_MAJOR", "BLOCK_LEADER=SIZE_AS_UINT4",
      "BLOCK_TRAILER=LAST_4_BYTES_REPEATED"};
  for (const std::string_view key : kRequired)
    if (std::find(ghost.keys.begin(), ghost.keys.end(), key) == ghost.keys.end())
      ghost.problems.push_back("The ghost area does not say " + std::string(key) +
                               ": GDAL will not use the COG layout");
}

void split_lines(GhostArea& ghost) {
  std::istringstream lines(ghost.text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find_first_not_of(' ') == std::string::npos) continue;  // room to turn NO into YES
    if (line.find('=') == std::string::npos || line.front() == '=') {
      ghost.problems.emplace_back("The ghost area has a line that is not NAME=VALUE");
      continue;
    }
    ghost.keys.push_back(line);
  }
}

}  // namespace

GhostArea read_ghost_area(ByteReader& file, bool bigtiff) {
  const std::int64_t start = bigtiff ? 16 : 8;
  GhostArea ghost;
  ghost.end = start;
  const std::string first = text_at(file, start, kFirstLine);
  if (!starts_with(first, kMark)) return ghost;
  ghost.present = true;
  const std::string digits = first.substr(kMark.size(), kDigits);
  if (static_cast<std::int64_t>(first.size()) < kFirstLine || !all_digits(digits) ||
      first.substr(kMark.size() + kDigits) != kUnit) {
    ghost.problems.emplace_back("The first line of the ghost area is damaged");
    return ghost;
  }
  const std::int64_t size = std::stoll(digits);
  ghost.text = text_at(file, start + kFirstLine, size);
  ghost.end = start + kFirstLine + size;
  ghost.end += ghost.end % 2;
  if (static_cast<std::int64_t>(ghost.text.size()) < size)
    ghost.problems.emplace_back("The ghost area ends behind the end of the file");
  split_lines(ghost);
  check_keys(ghost);
  return ghost;
}

}  // namespace cogmill::io
