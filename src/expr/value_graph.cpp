// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/value_graph.hpp"

#include "kernels/pixel_ops.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

namespace cogmill::expr {
namespace {

using kernels::Op;

bool is_commutative(Op op) {
  switch (op) {
    case Op::kAdd:
    case Op::kMultiply:
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kAnd:
    case Op::kOr:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::size_t ValueGraph::Hash::operator()(const Key& key) const {
  std::uint64_t hash = key.bits ^ (static_cast<std::uint64_t>(key.op) << 56U);
  for (const ValueId id : key.operands)
    hash = (hash ^ static_cast<std::uint64_t>(id)) * 0x9e3779b97f4a7c15U + (hash >> 29U);
  return static_cast<std::size_t>(hash);
}

ValueId ValueGraph::add(const Value& value, std::uint64_t bits) {
  const auto [entry, is_new] =
      known_.try_emplace({value.op, value.operands, bits}, static_cast<ValueId>(values_.size()));
  if (is_new) values_.push_back(value);
  return entry->second;
}

ValueId ValueGraph::constant(double value) {
  if (std::isnan(value)) value = std::numeric_limits<double>::quiet_NaN();  // one NaN, one value
  Value leaf;
  leaf.constant = value;
  return add(leaf, std::bit_cast<std::uint64_t>(value));
}

ValueId ValueGraph::load(int load) {
  Value leaf;
  leaf.op = Op::kLoad;
  leaf.load = load;
  return add(leaf, static_cast<std::uint64_t>(load));
}

ValueId ValueGraph::apply(Op op, std::span<const ValueId> operands) {
  if (op == Op::kSelect && is_constant(operands[0])) {
    const double condition = (*this)[operands[0]].constant;
    return std::isnan(condition) ? operands[0] : operands[condition != 0 ? 1 : 2];
  }
  if (std::all_of(operands.begin(), operands.end(), [&](ValueId id) { return is_constant(id); }))
    return fold(op, operands);
  if (op == Op::kPower && is_constant(operands[1])) return power(operands[0], operands[1]);
  Value value;
  value.op = op;
  value.arity = static_cast<int>(operands.size());
  std::copy(operands.begin(), operands.end(), value.operands.begin());
  if (is_commutative(op) && value.operands[0] > value.operands[1])
    std::swap(value.operands[0], value.operands[1]);
  return add(value, 0);
}

ValueId ValueGraph::power(ValueId base, ValueId exponent) {
  const double n = (*this)[exponent].constant;
  if (n == 1) return base;
  if (n == -1) return apply(Op::kDivide, {constant(1), base});
  if (n == 0.5) return apply(Op::kSqrt, {base});
  if (n == 2 || n == 3 || n == 4) {
    const ValueId square = apply(Op::kMultiply, {base, base});
    if (n == 2) return square;
    return apply(Op::kMultiply, {square, n == 3 ? base : square});
  }
  Value value;
  value.op = Op::kPower;
  value.arity = 2;
  value.operands = {base, exponent, 0};
  return add(value, 0);
}

ValueId ValueGraph::fold(Op op, std::span<const ValueId> operands) {
  std::array<double, 3> v = {0, 0, 0};
  for (std::size_t i = 0; i < operands.size(); ++i) v[i] = (*this)[operands[i]].constant;
  double result = 0;
  kernels::ops::visit(op, [&](auto f) {
    if constexpr (f.kArity == 1)
      result = f(v[0]);
    else if constexpr (f.kArity == 2)
      result = f(v[0], v[1]);
    else
      result = f(v[0], v[1], v[2]);
  });
  return constant(result);
}

}  // namespace cogmill::expr
