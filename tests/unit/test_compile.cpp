// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/expression.hpp"
#include "src/report/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace cogmill::expr {
namespace {

using kernels::DataType;
using kernels::Instruction;
using kernels::Op;
using kernels::Precision;

const std::vector<InputBands> kOne = {{"A", {"blue", "green", "red", "nir"}}};
const std::vector<InputBands> kTwo = {{"A", {"blue", "nir"}}, {"B", {"nir"}}};

Compiled build(const std::vector<std::string>& expressions,
               const std::vector<InputBands>& inputs = kOne) {
  return compile(expressions, inputs);
}

/// The message and the column of its caret, which must agree with the message.
std::string error_of(const std::vector<std::string>& expressions,
                     const std::vector<InputBands>& inputs = kOne) {
  try {
    compile(expressions, inputs);
  } catch (const report::UsageError& error) {
    const std::string detail = error.detail(), message = error.what();
    if (detail.empty()) return message;
    const std::size_t line_end = detail.find('\n');
    const std::size_t column = detail.size() - line_end - 1 - 2;
    EXPECT_EQ(detail.back(), '^');
    if (detail.starts_with("  ... ")) return message;  // shortened before the caret
    EXPECT_NE(message.find("column " + std::to_string(column) + ":"), std::string::npos)
        << message << "\n"
        << detail;
    return message;
  }
  return "no error";
}

std::string band(int number) {
  return std::string("A[").append(std::to_string(number)).append("]");
}

int count(const Compiled& compiled, Op op) {
  return static_cast<int>(std::count_if(compiled.program.code.begin(), compiled.program.code.end(),
                                        [&](const Instruction& i) { return i.op == op; }));
}

TEST(Compile, NdviIsFiveInstructionsInThreeRegisters) {
  const Compiled ndvi = build({"(A[4] - A[3]) / (A[4] + A[3])"});
  EXPECT_EQ(ndvi.loads, (std::vector<BandRef>{{0, 4}, {0, 3}}));
  EXPECT_EQ(ndvi.program.inputs, 2);
  EXPECT_EQ(ndvi.program.registers, 3);
  EXPECT_EQ(ndvi.program.code, (std::vector<Instruction>{{Op::kLoad, 0, 0},
                                                         {Op::kLoad, 1, 1},
                                                         {Op::kSubtract, 2, 0, 1},
                                                         {Op::kAdd, 0, 0, 1},
                                                         {Op::kDivide, 0, 2, 0}}));
  EXPECT_EQ(ndvi.program.outputs, (std::vector<std::uint8_t>{0}));
}

TEST(Compile, ConstantsAreFolded) {
  const Compiled folded = build({"b1 * (2 + 3 * 4 - sqrt(16)) + (1 < 2 ? 0.5 : b2)"});
  EXPECT_EQ(folded.program.constants, (std::vector<double>{10, 0.5}));
  EXPECT_EQ(count(folded, Op::kAdd), 1);
  EXPECT_EQ(folded.loads, (std::vector<BandRef>{{0, 1}}));  // b2 is never looked at
  EXPECT_EQ(folded.program.inputs, 1);
}

TEST(Compile, AConstantImageNeedsNoBand) {
  const Compiled seven = build({"3 + 4"});
  EXPECT_EQ(seven.program.constants, (std::vector<double>{7}));
  EXPECT_EQ(seven.program.inputs, 0);
  EXPECT_EQ(seven.program.code, (std::vector<Instruction>{{Op::kConstant, 0, 0}}));
}

TEST(Compile, FoldingFollowsThePixelRules) {
  const auto constant = [](const std::string& text) {
    const Compiled compiled = build({text});
    EXPECT_EQ(compiled.program.code.size(), 1U) << text;
    return compiled.program.constants.at(0);
  };
  EXPECT_EQ(constant("-2^2"), -4);
  EXPECT_EQ(constant("2^3^2"), 512);
  EXPECT_EQ(constant("-7 % 4"), -3);
  EXPECT_EQ(constant("round(-2.5)"), -3);
  EXPECT_EQ(constant("clamp(7, 0, 5)"), 5);
  EXPECT_EQ(constant("max(1, 2, 3, 2)"), 3);
  EXPECT_EQ(constant("isnodata(1 / 0)"), 1);
  EXPECT_EQ(constant("isnodata(nodata)"), 1);
  EXPECT_EQ(constant("isnodata(nodata())"), 1);
  EXPECT_EQ(constant("isnodata(nodata < 1)"), 1);
  EXPECT_EQ(constant("isnodata(1 ^ nodata)"), 1);
  EXPECT_EQ(constant("isnodata(where(nodata, 1, 2))"), 1);
  EXPECT_EQ(constant("where(0, nodata, 2)"), 2);
  EXPECT_EQ(constant("!3 + !0"), 1);
  EXPECT_NEAR(constant("cos(pi)"), -1, 1e-15);
}

TEST(Compile, EqualPartsAreComputedOnceAcrossBands) {
  const Compiled both = build({"(A[4] - A[3]) / (A[3] + A[4])", "sqrt(b4 + b3)", "b4 + red"});
  EXPECT_EQ(both.loads.size(), 2U);
  EXPECT_EQ(count(both, Op::kLoad), 2);
  EXPECT_EQ(count(both, Op::kAdd), 1);
  EXPECT_EQ(both.program.outputs.size(), 3U);
  const Compiled same = build({"b1 + 1", "1 + b1"});
  EXPECT_EQ(same.program.outputs[0], same.program.outputs[1]);
}

TEST(Compile, SmallPowersAreProducts) {
  EXPECT_EQ(count(build({"b1^2"}), Op::kMultiply), 1);
  EXPECT_EQ(count(build({"b1^3"}), Op::kMultiply), 2);
  EXPECT_EQ(count(build({"b1^4"}), Op::kMultiply), 2);
  EXPECT_EQ(count(build({"b1^0.5"}), Op::kSqrt), 1);
  EXPECT_EQ(count(build({"b1^-1"}), Op::kDivide), 1);
  EXPECT_EQ(count(build({"b1^1"}), Op::kLoad), 1);
  EXPECT_EQ(count(build({"b1^5"}), Op::kPower), 1);
  EXPECT_EQ(count(build({"b1^b2"}), Op::kPower), 1);
}

TEST(Compile, RegistersAreReused) {
  std::string sum = "b1", nested = "b1";
  for (int i = 0; i < 500; ++i) {
    sum.append(" + ").append(band(1 + i % 4)).append(" * ").append(std::to_string(i));
    if (i < 100)
      nested = std::string("(")
                   .append(std::to_string(i % 2))
                   .append(" - b2 * ")
                   .append(nested)
                   .append(")");
  }
  EXPECT_LE(build({nested}).program.registers, 4);
  EXPECT_EQ(error_of({sum}),
            "the expressions have more than 256 different constants; compute fewer "
            "output bands in one run");
}

TEST(Compile, ManySharedLeavesAreRepeatedWhenRegistersRunOut) {
  std::vector<InputBands> inputs = {{"A", std::vector<std::string>(100)}};
  std::string sum = "0", again = "0";
  for (int b = 1; b <= 100; ++b) {
    sum.append("+").append(band(b));
    again.append("+sqrt(").append(band(b)).append(")");
  }
  const Compiled compiled =
      build({std::string("(").append(sum).append(") * (").append(again).append(")")}, inputs);
  EXPECT_LE(compiled.program.registers, kernels::kMaxRegisters);
  EXPECT_EQ(compiled.program.inputs, 100);
  EXPECT_EQ(count(compiled, Op::kLoad), 200);
}

TEST(Compile, LimitsAreErrors) {
  std::vector<InputBands> inputs = {{"A", std::vector<std::string>(300)}};
  std::vector<std::string> bands;
  for (int b = 1; b <= 64; ++b) bands.push_back(band(b));
  EXPECT_EQ(build(bands, inputs).program.registers, 64);
  bands.push_back("A[65]");
  EXPECT_EQ(
      error_of(bands, inputs),
      "the expressions need 65 values at one time, but at most 64 are possible; compute fewer "
      "output bands in one run");
  std::string sum = "0";
  for (int b = 1; b <= 257; ++b) sum.append("+").append(band(b));
  EXPECT_NE(error_of({sum}, inputs).find("more than 256 different bands"), std::string::npos);
}

TEST(Compile, LongExpressionsDoNotOverflowTheStack) {
  std::string sum = "b1";
  for (int i = 0; i < 100000; ++i) sum.append("+").append(band(1 + i % 3));
  EXPECT_LE(build({sum}).program.registers, 5);
}

TEST(CompileNames, AllWaysToWriteABand) {
  for (const char* text : {"A[4]", "b4", "nir", "NIR"})
    EXPECT_EQ(build({text}).loads, (std::vector<BandRef>{{0, 4}})) << text;
  EXPECT_EQ(build({"B"}, kTwo).loads, (std::vector<BandRef>{{1, 1}}));
  EXPECT_EQ(build({"blue"}, kTwo).loads, (std::vector<BandRef>{{0, 1}}));
}

TEST(CompileNames, RolesWinOverDescriptions) {
  const std::vector<InputBands> inputs = {{"A", {"nir", "x"}, {{"nir", 2}}}};
  EXPECT_EQ(build({"nir"}, inputs).loads, (std::vector<BandRef>{{0, 2}}));
}

TEST(CompileNames, NeverGuessesBetweenTwoBands) {
  EXPECT_EQ(error_of({"nir"}, kTwo),
            "expression, column 1: 'nir' can mean more than one band: write A[2] or B[1]");
  const std::vector<InputBands> shifted = {{"A", {"b2", "b3", "b4"}}};
  EXPECT_EQ(error_of({"b3"}, shifted),
            "expression, column 1: 'b3' can mean more than one band: write A[2] or A[3]");
  EXPECT_EQ(build({"b1 + b4"}, shifted).loads, (std::vector<BandRef>{{0, 1}, {0, 3}}));
  const std::vector<InputBands> upper = {{"A", {"B2", "B3", "B4"}}};
  EXPECT_EQ(build({"B3"}, upper).loads, (std::vector<BandRef>{{0, 2}}));
  EXPECT_EQ(build({"b3"}, upper).loads, (std::vector<BandRef>{{0, 3}}));
}

TEST(CompileNames, ErrorsSayWhatToWrite) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"1 + nirr", "expression, column 5: unknown name 'nirr'; did you mean 'nir'?"},
      {"B3", "expression, column 1: unknown name 'B3'; did you mean 'b3'?"},
      {"zzzzzz", "expression, column 1: unknown name 'zzzzzz'"},
      {"b9", "expression, column 1: input A has 4 bands, there is no 'b9'"},
      {"b99999999999", "expression, column 1: input A has 4 bands, there is no 'b99999999999'"},
      {"A[5]", "expression, column 1: input A has 4 bands, there is no band 5"},
      {"A[1e30]", "expression, column 1: input A has 4 bands, there is no band that high"},
      {"A[0]", "expression, column 1: band numbers are 1, 2, 3, ..."},
      {"A[1.5]", "expression, column 1: band numbers are 1, 2, 3, ..."},
      {"A", "expression, column 1: input A has 4 bands: write A[1] for the first"},
      {"A(1)", "expression, column 1: 'A' is an input: write A[1] for its first band"},
      {"C[1]", "expression, column 1: there is no input 'C'"},
      {"a[1]", "expression, column 1: there is no input 'a'; did you mean 'A'?"},
      {"sqr(b1)", "expression, column 1: there is no function 'sqr'; did you mean 'sqrt'?"},
      {"log(b1)", "expression, column 1: there is no function 'log': write ln(x), or log10(x)"},
      {"abs", "expression, column 1: 'abs' is a function: write abs(x)"},
      {"abs()", "expression, column 1: abs() takes 1 argument, not 0: write abs(x)"},
      {"2*where(b1, 2)",
       "expression, column 3: where() takes 3 arguments, not 2: write where(condition, a, b)"},
      {"nodata(1)", "expression, column 1: nodata() takes 0 arguments, not 1: write nodata()"},
      {"min()",
       "expression, column 1: min() takes at least 2 arguments, not 0: write min(a, b, "
       "...)"},
      {"b1 / mean(b1)", "expression, column 6: mean() of a whole image is not available yet"},
      {"std(b1)", "expression, column 1: std() of a whole image is not available yet"},
      {"percentile(b1,98)",
       "expression, column 1: percentile() of a whole image is not available "
       "yet"},
      {"max(b1)",
       "expression, column 1: max() of a whole image is not available yet; per pixel: "
       "max(a, b, ...)"}};
  for (const auto& [text, message] : cases) EXPECT_EQ(error_of({text}), message);
  EXPECT_EQ(error_of({"b1"}, kTwo), "expression, column 1: 'b1' needs a single input: write A[1]");
  EXPECT_EQ(error_of({"b1", "b2 +"}),
            "expression 2, column 5: expected a number, a band or a "
            "function before the end of the expression");
  EXPECT_EQ(error_of({}), "there is no expression to compute");
}

TEST(CompilePrecision, SingleWhereEverythingIsExact) {
  const auto choose = [](const std::string& text, DataType in, DataType out) {
    return choose_precision(build({text}), std::vector<DataType>(build({text}).loads.size(), in),
                            out);
  };
  const Precision single = Precision::kFloat32, twice = Precision::kFloat64;
  for (const DataType type : {DataType::kUInt8, DataType::kInt8, DataType::kUInt16,
                              DataType::kInt16, DataType::kFloat32}) {
    EXPECT_EQ(choose("b1/b2", type, DataType::kFloat32), single);
    EXPECT_EQ(choose("b1/b2", DataType::kUInt8, type), single);
  }
  for (const DataType type : {DataType::kUInt32, DataType::kInt32, DataType::kUInt64,
                              DataType::kInt64, DataType::kFloat64}) {
    EXPECT_EQ(choose("b1/b2", type, DataType::kFloat32), twice);
    EXPECT_EQ(choose("b1/b2", DataType::kUInt8, type), twice);
  }
  EXPECT_EQ(choose("b1*0.0001", DataType::kUInt16, DataType::kFloat32), single);
  EXPECT_EQ(choose("b1+10000", DataType::kUInt16, DataType::kFloat32), single);
  EXPECT_EQ(choose("b1+16777216", DataType::kUInt16, DataType::kFloat32), single);
  EXPECT_EQ(choose("b1+16777217", DataType::kUInt16, DataType::kFloat32), twice);
  EXPECT_EQ(choose("b1*1e39", DataType::kUInt16, DataType::kFloat32), twice);
  EXPECT_EQ(choose("b1*1e-39", DataType::kUInt16, DataType::kFloat32), twice);
  EXPECT_EQ(choose("where(b1, nodata, 0)", DataType::kUInt16, DataType::kFloat32), single);
}

TEST(CompileFuzz, RandomTokensNeverCrash) {
  const std::vector<std::string> soup = {"A[1]", "b2",    "(", ")",      "+",   "-",  "*", "/",
                                         "^",    "?",     ":", ",",      "<",   "&&", "!", "nir",
                                         "min(", "sqrt(", "1", "nodata", "0.5", "pi"};
  std::mt19937 random(3);
  int compiled = 0;
  for (int round = 0; round < 8000; ++round) {
    std::string text;
    for (auto i = 1 + random() % 12; i > 0; --i) text += soup[random() % soup.size()];
    try {
      const Compiled result = build({text});
      ASSERT_LE(result.program.registers, kernels::kMaxRegisters);
      ASSERT_EQ(result.program.inputs, static_cast<int>(result.loads.size()));
      ++compiled;
    } catch (const report::UsageError& error) {
      ASSERT_EQ(error.detail().back(), '^');
    }
  }
  EXPECT_GT(compiled, 80);
}

}  // namespace
}  // namespace cogmill::expr
