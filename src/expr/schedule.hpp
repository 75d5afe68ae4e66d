// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/program.hpp"
#include "src/expr/value_graph.hpp"

#include <span>

namespace cogmill::expr {

/// Orders the values that the outputs need and gives them registers, each free again after its last
/// use. Operands that need more registers come first (Sethi & Ullman 1970); constants and loads
/// come right before their use. If that takes too many registers, constants and loads are repeated
/// at each use instead of kept.
/// @param outputs value of each output band
/// @throws report::UsageError if the program does not fit the limits of kernels::Program
kernels::Program schedule(const ValueGraph& graph, std::span<const ValueId> outputs);

}  // namespace cogmill::expr
