// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/lexer.hpp"

#include "src/expr/syntax_error.hpp"
#include "src/expr/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

namespace cogmill::expr {
namespace {

// The locale must not change what an expression means, so no <cctype>.
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Longest first.
constexpr std::array<std::string_view, 22> kSymbols = {"<=", ">=", "==", "!=", "&&", "||", "+", "-",
                                                       "*",  "/",  "%",  "^",  "<",  ">",  "!", "?",
                                                       ":",  "(",  ")",  "[",  "]",  ","};

/// What people type, or paste from a paper, and what they mean.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kMistakes = {
    {{"=", "=="},
     {"&", "&&"},
     {"|", "||"},
     {"**", "^"},
     {"<>", "!="},
     {"\u2212", "-"},
     {"\u2013", "-"},
     {"\u00d7", "*"},
     {"\u00b7", "*"},
     {"\u00f7", "/"},
     {"\u2264", "<="},
     {"\u2265", ">="},
     {"\u2260", "!="}}};

/// @return the character at the start of `rest`, fit to be shown
std::string describe_character(std::string_view rest) {
  const auto byte = static_cast<unsigned char>(rest.front());
  if (byte >= 0x20 && byte < 0x7F) return quote(rest.substr(0, 1));
  constexpr std::string_view kHex = "0123456789abcdef";
  return std::string("byte 0x") + kHex[byte >> 4U] + kHex[byte & 15U];
}

[[noreturn]] void fail_at_character(std::string_view text, std::size_t offset) {
  const std::string_view rest = text.substr(offset);
  for (const auto& [typed, meant] : kMistakes)
    if (rest.starts_with(typed))
      throw SyntaxError(offset,
                        "unexpected '" + std::string(typed) + "': write " + std::string(meant));
  throw SyntaxError(offset, "unexpected " + describe_character(rest) +
                                (static_cast<unsigned char>(rest.front()) >= 0x80
                                     ? " (expressions are plain ASCII; A[n] reaches a band "
                                       "whatever its name)"
                                     : ""));
}

std::size_t skip_while(std::string_view text, std::size_t at, bool (*accept)(char)) {
  while (at < text.size() && accept(text[at])) ++at;
  return at;
}

Token read_number(std::string_view text, std::size_t begin) {
  // What follows a number directly belongs to it: "3x", "1.2.3" and "1e" are wrong, not two tokens.
  std::size_t end = begin;
  while (end < text.size() && (is_name_part(text[end]) || text[end] == '.' ||
                               ((text[end] == '+' || text[end] == '-') &&
                                (text[end - 1] == 'e' || text[end - 1] == 'E'))))
    ++end;
  const std::string_view digits = text.substr(begin, end - begin);
  double value = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const std::string shown = quote(digits);
  if (parsed.ec == std::errc::result_out_of_range)
    throw SyntaxError(begin, "the number " + shown + " is out of range");
  if (parsed.ec != std::errc{} || parsed.ptr != digits.data() + digits.size())
    throw SyntaxError(begin, shown + " is not a number");
  return {TokenKind::kNumber, begin, digits, value};
}

std::optional<std::string_view> match_symbol(std::string_view rest) {
  // "**" and "<>" begin like symbols but are not meant as two of them.
  if (rest.starts_with("**") || rest.starts_with("<>")) return std::nullopt;
  const auto* found = std::find_if(kSymbols.begin(), kSymbols.end(),
                                   [&](std::string_view s) { return rest.starts_with(s); });
  if (found == kSymbols.end()) return std::nullopt;
  return rest.substr(0, found->size());
}

Token read_token(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (is_digit(c) || (c == '.' && at + 1 < text.size() && is_digit(text[at + 1])))
    return read_number(text, at);
  if (is_name_start(c))
    return {TokenKind::kName, at, text.substr(at, skip_while(text, at, is_name_part) - at)};
  const auto symbol = match_symbol(text.substr(at));
  if (!symbol) fail_at_character(text, at);
  return {TokenKind::kSymbol, at, *symbol};
}

}  // namespace

std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  std::size_t at = skip_while(text, 0, is_space);
  while (at < text.size()) {
    tokens.push_back(read_token(text, at));
    at = skip_while(text, at + tokens.back().text.size(), is_space);
  }
  tokens.push_back({TokenKind::kEnd, text.size(), {}});
  return tokens;
}

}  // namespace cogmill::expr
