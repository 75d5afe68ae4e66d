// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/lexer.hpp"
#include "src/expr/syntax_error.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cogmill::expr {
namespace {

std::vector<std::string> texts(std::string_view expression) {
  std::vector<std::string> found;
  for (const Token& token : tokenize(expression)) found.emplace_back(token.text);
  return found;
}

std::string message(std::string_view expression, std::size_t* offset = nullptr) {
  try {
    tokenize(expression);
  } catch (const SyntaxError& error) {
    if (offset != nullptr) *offset = error.offset();
    return error.what();
  }
  return "no error";
}

using Texts = std::vector<std::string>;

TEST(Lexer, SplitsAnExpression) {
  EXPECT_EQ(texts("A[3]*2.5e-1<=b_4&&!x"),
            (Texts{"A", "[", "3", "]", "*", "2.5e-1", "<=", "b_4", "&&", "!", "x", ""}));
}

TEST(Lexer, SkipsAllBlanks) { EXPECT_EQ(texts(" \t\r\n a \n"), (Texts{"a", ""})); }

TEST(Lexer, EmptyTextIsOneEnd) {
  EXPECT_EQ(tokenize("").size(), 1U);
  EXPECT_EQ(tokenize("").front().kind, TokenKind::kEnd);
  EXPECT_EQ(tokenize("a  ").back().offset, 3U);
}

TEST(Lexer, ReadsNumbers) {
  const std::vector<std::pair<const char*, double>> cases = {
      {"0", 0},   {"12", 12},    {"1.5", 1.5},      {".5", 0.5},
      {"5.", 5},  {"1e3", 1000}, {"1E+3", 1000},    {"2.5e-3", 0.0025},
      {"007", 7}, {"0.1", 0.1},  {"1e-300", 1e-300}};
  for (const auto& [text, value] : cases) {
    const auto tokens = tokenize(text);
    ASSERT_EQ(tokens.size(), 2U) << text;
    EXPECT_EQ(tokens[0].kind, TokenKind::kNumber) << text;
    EXPECT_EQ(tokens[0].value, value) << text;
  }
}

TEST(Lexer, SignsAreNotPartOfNumbers) {
  EXPECT_EQ(texts("1-2"), (Texts{"1", "-", "2", ""}));
  EXPECT_EQ(texts("1e3-2"), (Texts{"1e3", "-", "2", ""}));
}

TEST(Lexer, RejectsHalfNumbers) {
  EXPECT_EQ(message("1e"), "'1e' is not a number");
  EXPECT_EQ(message("3x"), "'3x' is not a number");
  EXPECT_EQ(message("1.2.3"), "'1.2.3' is not a number");
  EXPECT_EQ(message("0x10"), "'0x10' is not a number");
  EXPECT_EQ(message("1e999"), "the number '1e999' is out of range");
  EXPECT_EQ(message("1e-999"), "the number '1e-999' is out of range");
}

TEST(Lexer, ExplainsCommonMistakes) {
  std::size_t offset = 0;
  EXPECT_EQ(message("a = b", &offset), "unexpected '=': write ==");
  EXPECT_EQ(offset, 2U);
  EXPECT_EQ(message("a ** b"), "unexpected '**': write ^");
  EXPECT_EQ(message("a & b"), "unexpected '&': write &&");
  EXPECT_EQ(message("a \u2212 b", &offset), "unexpected '\u2212': write -");
  EXPECT_EQ(offset, 2U);
  EXPECT_EQ(message("a <> b"), "unexpected '<>': write !=");
}

TEST(Lexer, ShowsStrangeCharactersSafely) {
  EXPECT_EQ(message("a $ b"), "unexpected '$'");
  EXPECT_EQ(message("a.b"), "unexpected '.'");
  EXPECT_EQ(message(std::string_view("a\x1b[31m")), "unexpected byte 0x1b");
  EXPECT_EQ(message(std::string_view("a\0b", 3)), "unexpected byte 0x00");
  EXPECT_NE(message("gr\u00fcn").find("byte 0xc3"), std::string::npos);
}

}  // namespace
}  // namespace cogmill::expr
