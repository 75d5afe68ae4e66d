// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace cogmill::expr {

/// An expression is wrong at one place. compile() turns it into a report::UsageError with a caret.
class SyntaxError : public std::runtime_error {
 public:
  /// @param offset bytes from the start of the expression
  SyntaxError(std::size_t offset, const std::string& message)
      : std::runtime_error(message), offset_(offset) {}
  std::size_t offset() const { return offset_; }

 private:
  std::size_t offset_;
};

/// @return column of the byte at `offset`, counted in characters (UTF-8) of its line, from 1
std::size_t column_at(std::string_view text, std::size_t offset);

/// Two lines: the line of `text` that holds `offset` (shortened around it if it is very long) and a
/// caret below the character.
std::string caret_lines(std::string_view text, std::size_t offset);

}  // namespace cogmill::expr
