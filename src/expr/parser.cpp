// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/parser.hpp"

#include "src/expr/lexer.hpp"
#include "src/expr/syntax_error.hpp"
#include "src/expr/text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace cogmill::expr {
namespace {

using kernels::Op;

struct BinaryOperator {
  std::string_view symbol;
  int precedence;
  Op op;
};
constexpr int kEquality = 3, kRelation = 4;
constexpr std::array<BinaryOperator, 13> kBinaryOperators = {{{"||", 1, Op::kOr},
                                                              {"&&", 2, Op::kAnd},
                                                              {"==", kEquality, Op::kEqual},
                                                              {"!=", kEquality, Op::kNotEqual},
                                                              {"<", kRelation, Op::kLess},
                                                              {"<=", kRelation, Op::kLessEqual},
                                                              {">", kRelation, Op::kGreater},
                                                              {">=", kRelation, Op::kGreaterEqual},
                                                              {"+", 5, Op::kAdd},
                                                              {"-", 5, Op::kSubtract},
                                                              {"*", 6, Op::kMultiply},
                                                              {"/", 6, Op::kDivide},
                                                              {"%", 6, Op::kModulo}}};

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text), tokens_(tokenize(text)) {}

  Ast run() {
    if (peek().kind == TokenKind::kEnd) throw SyntaxError(0, "the expression is empty");
    parse_expression();
    if (peek().kind != TokenKind::kEnd) fail_after_end();
    return std::move(ast_);
  }

 private:
  /// Counts nesting, so that hostile input ends in a message and not in a stack overflow.
  class Nested {
   public:
    explicit Nested(Parser& parser) : depth_(parser.depth_) {
      if (++depth_ > kMaxDepth) {
        --depth_;
        throw SyntaxError(parser.peek().offset, "nested too deep: split the expression");
      }
    }
    ~Nested() { --depth_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    int& depth_;
  };

  const Token& peek() const { return tokens_[next_]; }
  bool at(std::string_view symbol) const {
    return peek().kind == TokenKind::kSymbol && peek().text == symbol;
  }
  const Token& take() { return tokens_[next_++]; }
  bool take_if(std::string_view symbol) {
    if (!at(symbol)) return false;
    ++next_;
    return true;
  }

  int add(Node node) {
    ast_.nodes.push_back(std::move(node));
    return static_cast<int>(ast_.nodes.size()) - 1;
  }
  int add_apply(std::size_t offset, Op op, std::vector<int> children) {
    Node node{NodeKind::kApply, offset};
    node.op = op;
    node.children = std::move(children);
    return add(std::move(node));
  }

  static std::string describe(const Token& token) {
    if (token.kind == TokenKind::kEnd) return "the end of the expression";
    return quote(token.text);
  }
  /// @param open the bracket that waits for `symbol`
  void expect_close(std::string_view symbol, const Token& open) {
    if (take_if(symbol)) return;
    throw SyntaxError(peek().offset, "expected '" + std::string(symbol) + "' before " +
                                         describe(peek()) + ", to close the '" +
                                         std::string(open.text) + "' at column " +
                                         std::to_string(column_at(text_, open.offset)));
  }
  [[noreturn]] void fail_after_end() const {
    const Token& token = peek();
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kWords = {
        {{"and", "&&"}, {"or", "||"}, {"if", "c ? a : b"}}};
    for (const auto& [word, meant] : kWords)
      if (token.text == word)
        throw SyntaxError(token.offset,
                          "unexpected '" + std::string(word) + "': write " + std::string(meant));
    if (token.text == ")" || token.text == "]")
      throw SyntaxError(token.offset, "this " + describe(token) + " closes nothing");
    throw SyntaxError(token.offset,
                      "expected an operator before " + describe(token) + ", or the end");
  }

  /// A ladder of branches (a ? 1 : b ? 2 : ...) is a loop: it may have any number of steps.
  int parse_expression() {
    struct Branch {
      std::size_t offset;
      int condition, taken;
    };
    const Nested nested(*this);
    std::vector<Branch> branches;
    int value = parse_binary(1);
    while (at("?")) {
      const std::size_t offset = take().offset;
      branches.push_back({offset, value, parse_expression()});
      if (!take_if(":"))
        throw SyntaxError(peek().offset, "expected ':' before " + describe(peek()) +
                                             ", to go with the '?' before it");
      value = parse_binary(1);
    }
    for (auto b = branches.rbegin(); b != branches.rend(); ++b)
      value = add_apply(b->offset, Op::kSelect, {b->condition, b->taken, value});
    return value;
  }

  const BinaryOperator* binary_operator() const {
    if (peek().kind != TokenKind::kSymbol) return nullptr;
    const auto* found = std::find_if(kBinaryOperators.begin(), kBinaryOperators.end(),
                                     [&](const auto& b) { return b.symbol == peek().text; });
    return found == kBinaryOperators.end() ? nullptr : found;
  }

  int parse_binary(int lowest) {
    const Nested nested(*this);
    int left = parse_sign();
    int previous = 0;
    for (const BinaryOperator* found = binary_operator(); found && found->precedence >= lowest;
         found = binary_operator()) {
      const Token& token = take();
      // a < b < c compares a truth value with c: never what is meant.
      if (found->precedence == previous &&
          (found->precedence == kRelation || found->precedence == kEquality))
        throw SyntaxError(token.offset, "comparisons do not chain: write a < b && b < c");
      previous = found->precedence;
      const int right = parse_binary(found->precedence + 1);
      left = add_apply(token.offset, found->op, {left, right});
    }
    return left;
  }

  int parse_sign() {
    const Nested nested(*this);
    const Token& token = peek();
    if (take_if("+")) return parse_sign();
    if (take_if("-")) return add_apply(token.offset, Op::kNegate, {parse_sign()});
    if (take_if("!")) return add_apply(token.offset, Op::kNot, {parse_sign()});
    const int base = parse_operand();
    const Token& power = peek();
    if (!take_if("^")) return base;
    const int exponent = parse_sign();
    return add_apply(power.offset, Op::kPower, {base, exponent});
  }

  int parse_operand() {
    const Token& token = peek();
    if (token.kind == TokenKind::kNumber) {
      take();
      return add({NodeKind::kNumber, token.offset, token.text, token.value});
    }
    if (token.kind == TokenKind::kName) return parse_name();
    if (!take_if("("))
      throw SyntaxError(token.offset,
                        "expected a number, a band or a function before " + describe(token));
    const int inner = parse_expression();
    expect_close(")", token);
    return inner;
  }

  int parse_name() {
    const Token& name = take();
    if (at("(")) return parse_call(name);
    if (at("[")) return parse_band(name);
    return add({NodeKind::kName, name.offset, name.text});
  }

  int parse_call(const Token& name) {
    const Token& open = take();
    Node call{NodeKind::kCall, name.offset, name.text};
    if (!at(")")) {
      do {
        call.children.push_back(parse_expression());
      } while (take_if(","));
    }
    expect_close(")", open);
    return add(std::move(call));
  }

  int parse_band(const Token& name) {
    const Token& open = take();
    const Token& number = peek();
    if (number.kind != TokenKind::kNumber)
      throw SyntaxError(number.offset, "expected a band number inside [ ], such as " +
                                           std::string(name.text) + "[1]");
    take();
    expect_close("]", open);
    return add({NodeKind::kBand, name.offset, name.text, number.value});
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  int depth_ = 0;
  Ast ast_;
};

}  // namespace

Ast parse(std::string_view text) { return Parser(text).run(); }

}  // namespace cogmill::expr
