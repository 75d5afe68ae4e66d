// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cogmill::expr {

enum class TokenKind : std::uint8_t {
  kNumber,
  kName,    ///< letters, digits and _, not beginning with a digit
  kSymbol,  ///< operator or punctuation
  kEnd,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::size_t offset = 0;      ///< bytes from the start of the expression
  std::string_view text = {};  ///< part of the expression
  double value = 0;            ///< of a number
};

/// Splits an expression into tokens; the last one is kEnd.
/// @throws SyntaxError at the first character that is no part of the language
/// @pre `text` outlives the tokens
std::vector<Token> tokenize(std::string_view text);

}  // namespace cogmill::expr
