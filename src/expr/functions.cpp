// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/functions.hpp"

#include <algorithm>
#include <array>

namespace cogmill::expr {
namespace {

using kernels::Op;
using enum FunctionKind;

constexpr auto kFunctions = std::to_array<Function>({
    {"abs", kOperation, Op::kAbs, 1, "abs(x)"},
    {"sqrt", kOperation, Op::kSqrt, 1, "sqrt(x)"},
    {"exp", kOperation, Op::kExp, 1, "exp(x)"},
    {"ln", kOperation, Op::kLn, 1, "ln(x)"},
    {"log10", kOperation, Op::kLog10, 1, "log10(x)"},
    {"sin", kOperation, Op::kSin, 1, "sin(x)"},
    {"cos", kOperation, Op::kCos, 1, "cos(x)"},
    {"tan", kOperation, Op::kTan, 1, "tan(x)"},
    {"asin", kOperation, Op::kAsin, 1, "asin(x)"},
    {"acos", kOperation, Op::kAcos, 1, "acos(x)"},
    {"atan", kOperation, Op::kAtan, 1, "atan(x)"},
    {"atan2", kOperation, Op::kAtan2, 2, "atan2(y, x)"},
    {"floor", kOperation, Op::kFloor, 1, "floor(x)"},
    {"ceil", kOperation, Op::kCeil, 1, "ceil(x)"},
    {"round", kOperation, Op::kRound, 1, "round(x)"},
    {"min", kFold, Op::kMin, 2, "min(a, b, ...)"},
    {"max", kFold, Op::kMax, 2, "max(a, b, ...)"},
    {"clamp", kClamp, Op::kConstant, 3, "clamp(x, low, high)"},
    {"where", kOperation, Op::kSelect, 3, "where(condition, a, b)"},
    {"isnodata", kOperation, Op::kIsNodata, 1, "isnodata(x)"},
    {"nodata", kNodata, Op::kConstant, 0, "nodata()"},
    {"mean", kSceneWide, Op::kConstant, 1, "mean(x)"},
    {"std", kSceneWide, Op::kConstant, 1, "std(x)"},
    {"percentile", kSceneWide, Op::kConstant, 2, "percentile(x, p)"},
});

}  // namespace

std::span<const Function> functions() { return kFunctions; }

const Function* find_function(std::string_view name) {
  const auto* found = std::find_if(kFunctions.begin(), kFunctions.end(),
                                   [&](const Function& f) { return f.name == name; });
  return found == kFunctions.end() ? nullptr : found;
}

}  // namespace cogmill::expr
