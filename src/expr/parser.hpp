// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/expr/ast.hpp"

#include <string_view>

namespace cogmill::expr {

/// Calls of the parser within each other: parentheses, functions, signs and powers cost one to
/// three. Keeps the stack below 4 MB even under AddressSanitizer.
inline constexpr int kMaxDepth = 600;

/// Parses one expression. From loose to tight: `?:`, `||`, `&&`, `== !=`, `< <= > >=`, `+ -`,
/// `* / %`, signs and `!`, `^`; `^` and `?:` group from the right, so that -2^2 is -4.
/// @throws SyntaxError   @pre `text` outlives the tree
Ast parse(std::string_view text);

}  // namespace cogmill::expr
