// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/program.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cogmill::expr {

enum class NodeKind : std::uint8_t {
  kNumber,  ///< value
  kName,    ///< text: a constant, an input or a band, not yet looked up
  kBand,    ///< text[value]: a band of an input
  kApply,   ///< an operator: op on children
  kCall,    ///< text(children): a function, not yet looked up
};

struct Node {
  NodeKind kind = NodeKind::kNumber;
  std::size_t offset = 0;      ///< bytes from the start of the expression
  std::string_view text = {};  ///< part of the expression
  double value = 0;
  kernels::Op op = kernels::Op::kConstant;
  std::vector<int> children = {};  ///< indices of earlier nodes
};

/// A parsed expression. Children stand before their parents and the root is last, so that a loop
/// over the nodes is a walk, and no walk can overflow the stack.
struct Ast {
  std::vector<Node> nodes;
};

}  // namespace cogmill::expr
