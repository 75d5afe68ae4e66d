// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/text_lines.hpp"

#include "src/job/argument.hpp"

#include <sstream>

namespace cogmill::cli {

std::vector<std::string> paragraphs_of(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::vector<std::string> paragraphs(1);
  for (std::string line; std::getline(in, line);) {
    std::string& last = paragraphs.back();
    if (line.empty() && !last.empty()) paragraphs.emplace_back();
    if (!line.empty()) last += (last.empty() ? "" : " ") + line;
  }
  if (paragraphs.back().empty()) paragraphs.pop_back();
  return paragraphs;
}

std::vector<std::string> words_in(std::string_view paragraph) {
  std::istringstream in{std::string(paragraph)};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

namespace {

/// The part of a piece that fits into so many columns, up to and with a "|"; nothing if none does.
std::size_t part_that_fits(const std::string& piece, std::size_t columns) {
  const std::size_t bar = piece.rfind('|', columns == 0 ? 0 : columns - 1);
  return bar == std::string::npos ? 0 : bar + 1;
}

}  // namespace

std::string fill(const std::vector<std::string>& pieces, std::string_view gap,
                 std::string_view first, std::string_view rest, std::size_t width) {
  std::string text, line(first);
  bool empty = true;
  for (std::string piece : pieces) {
    while (line.size() + (empty ? 0 : gap.size()) + piece.size() > width) {
      const std::size_t before = line.size() + (empty ? 0 : gap.size());
      const bool too_long = rest.size() + piece.size() > width;
      const std::size_t part =
          too_long && before < width ? part_that_fits(piece, width - before) : 0;
      if (part == 0 && empty) break;  // it fits into no line
      if (part > 0) line += (empty ? "" : std::string(gap)) + piece.substr(0, part);
      piece.erase(0, part);
      text += line + '\n';
      line = rest;
      empty = true;
    }
    if (!empty) line += gap;
    line += piece;
    empty = false;
  }
  return text + line + '\n';
}

}  // namespace cogmill::cli
