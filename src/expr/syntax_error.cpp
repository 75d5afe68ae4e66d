// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/syntax_error.hpp"

#include <algorithm>

namespace cogmill::expr {
namespace {

constexpr std::size_t kLongestLine = 120;  ///< [bytes] shown of an expression
constexpr std::size_t kBeforeCaret = 60;   ///< [bytes] shown before the caret of a longer one

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

std::size_t line_start(std::string_view text, std::size_t offset) {
  const std::size_t found = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  return found == std::string_view::npos ? 0 : found + 1;
}

/// Tabs and other control characters would move the caret, or the terminal.
std::string printable(std::string_view line) {
  std::string text(line);
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return text;
}

}  // namespace

std::size_t column_at(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::size_t start = line_start(text, offset);
  return 1 + count_characters(text.substr(start, offset - start));
}

std::string caret_lines(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  std::size_t start = line_start(text, offset);
  std::size_t end = std::min(text.find('\n', offset), text.size());
  std::string before, after;
  if (end - start > kLongestLine) {
    if (offset - start > kBeforeCaret) {
      start = offset - kBeforeCaret;
      while (start < offset && is_continuation(text[start])) ++start;
      before = "... ";
    }
    if (end - start > kLongestLine) {
      end = start + kLongestLine;
      while (end > offset && is_continuation(text[end])) --end;
      after = " ...";
    }
  }
  const std::string shown = before + printable(text.substr(start, offset - start));
  return "  " + shown + printable(text.substr(offset, end - offset)) + after + "\n  " +
         std::string(count_characters(shown), ' ') + "^";
}

}  // namespace cogmill::expr
