// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/pixel_ops.hpp"
#include "kernels/ulps_apart.hpp"
#include "src/expr/functions.hpp"
#include "src/expr/parser.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

/// What docs/developing.md asks of a new function is there for every operation of the language.
namespace cogmill::expr {
namespace {

using kernels::Op;

/// The operands of each operation that has a functor, of all numbers that an Op can be.
std::map<Op, int> operands_of_functors() {
  std::map<Op, int> operands;
  for (int op = 0; op < 256; ++op)
    kernels::ops::visit(static_cast<Op>(op),
                        [&](auto functor) { operands[static_cast<Op>(op)] = functor.kArity; });
  return operands;
}

std::set<Op> operations_of_operators() {
  std::set<Op> operations;
  for (const Node& node :
       parse(
           "a ? -b + b - b * b / b % b ^ b : !a && a || (a < b) == (a <= b) && (a > b) != (a >= b)")
           .nodes)
    if (node.kind == NodeKind::kApply) operations.insert(node.op);
  return operations;
}

TEST(Functions, EveryOperationHasAFunctorAndNoOtherNumberHas) {
  std::set<Op> expected, found;
  for (int op = static_cast<int>(kernels::kFirstArithmetic);
       op <= static_cast<int>(kernels::kLastOp); ++op)
    expected.insert(static_cast<Op>(op));
  for (const auto& [op, operands] : operands_of_functors()) found.insert(op);
  EXPECT_EQ(found, expected) << "kLastOp of kernels/program.hpp names the last operation";
}

TEST(Functions, EveryOperationIsAnOperatorOrAFunctionAndNeverBoth) {
  std::set<Op> written = operations_of_operators();
  for (const Function& function : functions()) {
    if (function.kind != FunctionKind::kOperation && function.kind != FunctionKind::kFold) continue;
    const bool is_where = function.op == Op::kSelect;  // where(c, a, b) is c ? a : b
    EXPECT_EQ(written.insert(function.op).second, !is_where) << function.name;
  }
  for (const auto& [op, operands] : operands_of_functors())
    EXPECT_TRUE(written.contains(op)) << "operation " << static_cast<int>(op);
}

TEST(Functions, TakeAsManyArgumentsAsTheirFunctors) {
  const std::map<Op, int> operands = operands_of_functors();
  int seen = 0;
  for (const Function& function : functions()) {
    if (function.kind != FunctionKind::kOperation && function.kind != FunctionKind::kFold) continue;
    EXPECT_EQ(function.arguments, operands.at(function.op)) << function.name;
    ++seen;
  }
  EXPECT_GE(seen, 19);
}

TEST(Functions, WhatTheDeviceComputesOtherwiseIsACall) {
  int apart = 0;
  for (const auto& [op, operands] : operands_of_functors())
    kernels::ops::visit(op, [&, number = static_cast<int>(op)](auto functor) {
      if (functor.kUlps == kernels::ops::kSameBits) return;
      EXPECT_TRUE(functor.kLong) << "operation " << number;
      ++apart;
    });
  EXPECT_EQ(apart, 11);
}

TEST(Functions, UlpsAreThoseOfThePrecision) {
  using enum kernels::Precision;
  EXPECT_EQ(kernels::ulps_apart(Op::kAdd, kFloat32), 0);
  EXPECT_EQ(kernels::ulps_apart(Op::kLoad, kFloat64), 0);
  EXPECT_EQ(kernels::ulps_apart(Op::kTan, kFloat32), 6);
  EXPECT_EQ(kernels::ulps_apart(Op::kTan, kFloat64), 4);
}

TEST(Functions, AreAllInTheDocs) {
  std::ifstream file(COGMILL_DOCS_DIR "/expressions.md");
  std::stringstream text;
  text << file.rdbuf();
  const std::string page = text.str();
  const auto first = page.find("## Functions"), last = page.find("## Inputs");
  ASSERT_LT(first, last);
  const std::string section = page.substr(first, last - first);
  for (const Function& function : functions())
    EXPECT_NE(section.find("`" + std::string(function.usage) + "`"), std::string::npos)
        << function.usage;
}

}  // namespace
}  // namespace cogmill::expr
