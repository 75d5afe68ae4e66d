// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/program.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace cogmill::expr {

using ValueId = int;

/// One thing to compute: an operation on earlier values.
struct Value {
  kernels::Op op = kernels::Op::kConstant;
  int arity = 0;
  std::array<ValueId, 3> operands = {0, 0, 0};
  double constant = 0;  ///< of kConstant
  int load = 0;         ///< of kLoad

  bool is_leaf() const { return arity == 0; }
};

/// The values of all expressions. What is equal is stored once, and what is constant is computed
/// right away, with the arithmetic of the pixels in double precision.
class ValueGraph {
 public:
  ValueId constant(double value);
  ValueId load(int load);
  /// Powers with the exponents 2, 3, 4 become products, -1 a division, 0.5 a square root, so that
  /// every backend computes the same bits.
  /// @pre op takes operands.size() operands, 1 to 3
  ValueId apply(kernels::Op op, std::span<const ValueId> operands);
  ValueId apply(kernels::Op op, std::initializer_list<ValueId> operands) {
    return apply(op, std::span(operands.begin(), operands.size()));
  }

  const Value& operator[](ValueId id) const { return values_[static_cast<std::size_t>(id)]; }
  std::size_t size() const { return values_.size(); }

 private:
  struct Key {
    kernels::Op op;
    std::array<ValueId, 3> operands;
    std::uint64_t bits;  ///< of the constant, or the load
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };

  bool is_constant(ValueId id) const { return (*this)[id].op == kernels::Op::kConstant; }
  ValueId add(const Value& value, std::uint64_t bits);
  ValueId power(ValueId base, ValueId exponent);
  ValueId fold(kernels::Op op, std::span<const ValueId> operands);

  std::vector<Value> values_;
  std::unordered_map<Key, ValueId, Hash> known_;
};

}  // namespace cogmill::expr
