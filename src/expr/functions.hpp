// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/program.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cogmill::expr {

/// What becomes of a call.
enum class FunctionKind : std::uint8_t {
  kOperation,  ///< op(arguments)
  kFold,       ///< op(op(a, b), c), ...: two or more arguments
  kClamp,      ///< min(max(x, low), high)
  kNodata,     ///< the constant
  kSceneWide,  ///< needs the whole image: not available yet
};

struct Function {
  std::string_view name;
  FunctionKind kind;
  kernels::Op op;  ///< of kOperation and kFold
  int arguments;   ///< exact count; the least of kFold
  std::string_view usage;
};

/// Every function of the language, and so every operation that no operator of the parser writes.
std::span<const Function> functions();
/// @return nullptr if there is none
const Function* find_function(std::string_view name);

}  // namespace cogmill::expr
