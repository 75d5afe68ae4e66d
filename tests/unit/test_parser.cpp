// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/parser.hpp"
#include "src/expr/syntax_error.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

namespace cogmill::expr {
namespace {

using kernels::Op;

/// Writes a tree with every operation in parentheses: "(+ 1 (* 2 3))".
std::string write(const Ast& ast) {
  const std::map<Op, std::string> names = {
      {Op::kAdd, "+"},    {Op::kSubtract, "-"},   {Op::kMultiply, "*"}, {Op::kDivide, "/"},
      {Op::kModulo, "%"}, {Op::kPower, "^"},      {Op::kNegate, "neg"}, {Op::kNot, "!"},
      {Op::kLess, "<"},   {Op::kLessEqual, "<="}, {Op::kGreater, ">"},  {Op::kGreaterEqual, ">="},
      {Op::kEqual, "=="}, {Op::kNotEqual, "!="},  {Op::kAnd, "&&"},     {Op::kOr, "||"},
      {Op::kSelect, "?:"}};
  std::vector<std::string> texts;
  for (const Node& node : ast.nodes) {
    std::string text = node.kind == NodeKind::kApply ? names.at(node.op) : std::string(node.text);
    if (node.kind == NodeKind::kBand)
      text.append("[").append(std::to_string(static_cast<int>(node.value))).append("]");
    if (node.kind == NodeKind::kApply || node.kind == NodeKind::kCall) {
      text = std::string("(").append(text);
      for (const int child : node.children)
        text.append(" ").append(texts.at(static_cast<std::size_t>(child)));
      text += ")";
    }
    texts.push_back(text);
  }
  return texts.back();
}
std::string tree(std::string_view expression) { return write(parse(expression)); }

/// The message, and the column before it.
std::string error_of(const std::string& expression) {
  try {
    parse(expression);
  } catch (const SyntaxError& error) {
    return std::to_string(column_at(expression, error.offset())) + ": " + error.what();
  }
  return "no error";
}

TEST(Parser, PrecedenceIsThatOfC) {
  EXPECT_EQ(tree("1+2*3"), "(+ 1 (* 2 3))");
  EXPECT_EQ(tree("1*2+3"), "(+ (* 1 2) 3)");
  EXPECT_EQ(tree("a+1<b*2"), "(< (+ a 1) (* b 2))");
  EXPECT_EQ(tree("a<b==c>d"), "(== (< a b) (> c d))");
  EXPECT_EQ(tree("a||b&&c==d"), "(|| a (&& b (== c d)))");
  EXPECT_EQ(tree("a&&b||c"), "(|| (&& a b) c)");
  EXPECT_EQ(tree("!a&&b"), "(&& (! a) b)");
  EXPECT_EQ(tree("!(a&&b)"), "(! (&& a b))");
  EXPECT_EQ(tree("a>1?b+1:c||d"), "(?: (> a 1) (+ b 1) (|| c d))");
}

TEST(Parser, GroupsFromTheLeft) {
  EXPECT_EQ(tree("1-2-3"), "(- (- 1 2) 3)");
  EXPECT_EQ(tree("8/4/2"), "(/ (/ 8 4) 2)");
  EXPECT_EQ(tree("7%4*2"), "(* (% 7 4) 2)");
}

TEST(Parser, PowerBindsTighterThanSignsAndGroupsFromTheRight) {
  EXPECT_EQ(tree("-2^2"), "(neg (^ 2 2))");
  EXPECT_EQ(tree("2^3^2"), "(^ 2 (^ 3 2))");
  EXPECT_EQ(tree("2^-3"), "(^ 2 (neg 3))");
  EXPECT_EQ(tree("-a*b"), "(* (neg a) b)");
  EXPECT_EQ(tree("a^2*b"), "(* (^ a 2) b)");
  EXPECT_EQ(tree("2^-a^2"), "(^ 2 (neg (^ a 2)))");
  EXPECT_EQ(tree("+a - +-b"), "(- a (neg b))");
}

TEST(Parser, ConditionGroupsFromTheRight) {
  EXPECT_EQ(tree("a?b:c?d:e"), "(?: a b (?: c d e))");
  EXPECT_EQ(tree("a?b?c:d:e"), "(?: a (?: b c d) e)");
}

TEST(Parser, BandsNamesAndCalls) {
  EXPECT_EQ(tree("A[3]+b3"), "(+ A[3] b3)");
  EXPECT_EQ(tree("where(isnodata(A[1]), 0, max(a, b, c))"),
            "(where (isnodata A[1]) 0 (max a b c))");
  EXPECT_EQ(tree("nodata()"), "(nodata)");
}

TEST(Parser, ErrorsPointAtTheColumn) {
  EXPECT_EQ(error_of(""), "1: the expression is empty");
  EXPECT_EQ(error_of("   "), "1: the expression is empty");
  EXPECT_EQ(error_of("1+"),
            "3: expected a number, a band or a function before the end of the expression");
  EXPECT_EQ(error_of("*2"), "1: expected a number, a band or a function before '*'");
  EXPECT_EQ(error_of("(1+2"),
            "5: expected ')' before the end of the expression, to close the '(' at column 1");
  EXPECT_EQ(error_of("1 + max(2, 3"),
            "13: expected ')' before the end of the expression, to close the '(' at column 8");
  EXPECT_EQ(error_of("(1]"), "3: expected ')' before ']', to close the '(' at column 1");
  EXPECT_EQ(error_of("1)"), "2: this ')' closes nothing");
  EXPECT_EQ(error_of("a b"), "3: expected an operator before 'b', or the end");
  EXPECT_EQ(error_of("2 (a)"), "3: expected an operator before '(', or the end");
  EXPECT_EQ(error_of("a and b"), "3: unexpected 'and': write &&");
  EXPECT_EQ(error_of("a ? b"),
            "6: expected ':' before the end of the expression, to go with the "
            "'?' before it");
  EXPECT_EQ(error_of("A[]"), "3: expected a band number inside [ ], such as A[1]");
  EXPECT_EQ(error_of("A[-1]"), "3: expected a band number inside [ ], such as A[1]");
  EXPECT_EQ(error_of("A[1"),
            "4: expected ']' before the end of the expression, to close the '[' at "
            "column 2");
  EXPECT_EQ(error_of("max(1,)"), "7: expected a number, a band or a function before ')'");
  EXPECT_EQ(error_of("1 < a < 3"), "7: comparisons do not chain: write a < b && b < c");
  EXPECT_EQ(error_of("a == b == c"), "8: comparisons do not chain: write a < b && b < c");
  EXPECT_EQ(error_of("(1 < a) < 3"), "no error");
}

TEST(Parser, CaretStandsBelowTheCharacter) {
  EXPECT_EQ(caret_lines("a + $", 4), "  a + $\n      ^");
  EXPECT_EQ(caret_lines("a", 1), "  a\n   ^");
  EXPECT_EQ(caret_lines("", 0), "  \n  ^");
  EXPECT_EQ(caret_lines("\ta + $", 5), "   a + $\n       ^");  // a tab takes one column
  EXPECT_EQ(caret_lines("\u00e9\u00e9 $", 5), "  \u00e9\u00e9 $\n     ^");  // two bytes, one column
  EXPECT_EQ(caret_lines("a +\nb $ c", 6), "  b $ c\n    ^");
  EXPECT_EQ(column_at("a +\nb $ c", 6), 3U);
}

TEST(Parser, CaretOfALongLineShowsItsSurroundings) {
  const std::string text = std::string(300, 'x') + "$" + std::string(300, 'y');
  const std::string lines = caret_lines(text, 300);
  const std::size_t end = lines.find('\n');
  EXPECT_LT(end, 140U);
  EXPECT_EQ(lines[lines.find('^') - end - 1], '$');
}

TEST(Parser, DeepNestingIsAnErrorAndNotACrash) {
  const auto repeat = [](std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  };
  for (const std::string_view opener :
       {"(", "-", "!", "sqrt(", "2^", "1?", "where(1,2,", "1||1&&1==1<1+1*(", "A["}) {
    const std::string message = error_of(repeat(opener, 100000) + "1");
    EXPECT_NE(message, "no error") << opener;
    if (opener == "A[") continue;
    EXPECT_NE(message.find("nested too deep"), std::string::npos) << message;
  }
  EXPECT_EQ(error_of(repeat("(", 190) + "1" + repeat(")", 190)), "no error");
  // Long is not deep.
  EXPECT_EQ(error_of(repeat("1+", 100000) + "1"), "no error");
  EXPECT_EQ(error_of(repeat("1?2:", 100000) + "1"), "no error");
}

TEST(ParserFuzz, RandomBytesNeverCrash) {
  std::mt19937 random(1);
  for (int round = 0; round < 4000; ++round) {
    std::string text(random() % 40, ' ');
    for (char& c : text) c = static_cast<char>(random() % 256);
    try {
      parse(text);
    } catch (const SyntaxError& error) {
      EXPECT_LE(error.offset(), text.size());
      EXPECT_FALSE(caret_lines(text, error.offset()).empty());
    }
  }
}

TEST(ParserFuzz, RandomTokensNeverCrash) {
  const std::vector<std::string> soup = {
      "A", "[", "1",  "]",  "(", ")",  "+",   "-",     "*",   "/",  "^",      "?", ":",
      ",", "<", "==", "&&", "!", "b2", "min", "where", "1e3", ".5", "nodata", " ", "x"};
  std::mt19937 random(2);
  int parsed = 0;
  for (int round = 0; round < 10000; ++round) {
    std::string text;
    for (auto i = random() % 12; i > 0; --i) text += soup[random() % soup.size()];
    try {
      const Ast ast = parse(text);
      for (std::size_t i = 0; i < ast.nodes.size(); ++i)
        for (const int child : ast.nodes[i].children)
          ASSERT_LT(child, static_cast<int>(i)) << text;  // children stand first
      ++parsed;
    } catch (const SyntaxError& error) {
      ASSERT_LE(error.offset(), text.size());
    }
  }
  EXPECT_GT(parsed, 100);
}

}  // namespace
}  // namespace cogmill::expr
