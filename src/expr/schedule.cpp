// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/schedule.hpp"

#include "src/report/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cogmill::expr {
namespace {

using kernels::Op;

constexpr int kMaxConstants = 256;
constexpr int kNone = -1;

/// An instruction whose result has no register yet: step i defines variable i.
struct Step {
  ValueId value;
  std::array<int, 3> operands = {kNone, kNone, kNone};  ///< steps
  int last_use = 0;
};

/// Registers that each value needs while it is computed.
std::vector<int> count_needs(const ValueGraph& graph) {
  std::vector<int> needs(graph.size(), 1);
  for (std::size_t id = 0; id < graph.size(); ++id) {
    const Value& value = graph[static_cast<ValueId>(id)];
    std::array<int, 3> of = {0, 0, 0};
    for (int i = 0; i < value.arity; ++i)
      of[static_cast<std::size_t>(i)] =
          needs[static_cast<std::size_t>(value.operands[static_cast<std::size_t>(i)])];
    std::sort(of.begin(), of.end(), std::greater<>());
    needs[id] = std::max({1, of[0], of[1] == 0 ? 0 : of[1] + 1, of[2] == 0 ? 0 : of[2] + 2});
  }
  return needs;
}

/// Puts the values in an order of computation. No recursion: trees may be very deep.
class Orderer {
 public:
  Orderer(const ValueGraph& graph, bool repeat_leaves)
      : graph_(graph),
        repeat_leaves_(repeat_leaves),
        needs_(count_needs(graph)),
        step_of_(graph.size(), kNone) {}

  /// @return the step that computes `id`
  int order(ValueId id) {
    if (graph_[id].is_leaf()) return leaf_step(id);
    std::vector<ValueId> pending = {id};
    while (!pending.empty()) {
      const ValueId current = pending.back();
      if (step_at(current) == kNone && push_operands(current, pending)) continue;
      pending.pop_back();
      if (step_at(current) == kNone) add_step(current);
    }
    return step_at(id);
  }
  std::vector<Step> take_steps() { return std::move(steps_); }

 private:
  int& step_at(ValueId id) { return step_of_[static_cast<std::size_t>(id)]; }

  /// Pushes the operands that are not computed yet, the most demanding one last, to come first.
  /// @return false if there are none
  bool push_operands(ValueId id, std::vector<ValueId>& pending) {
    const Value& value = graph_[id];
    const auto first = static_cast<std::ptrdiff_t>(pending.size());
    for (int i = value.arity - 1; i >= 0; --i) {
      const ValueId operand = value.operands[static_cast<std::size_t>(i)];
      if (!graph_[operand].is_leaf() && step_at(operand) == kNone) pending.push_back(operand);
    }
    std::stable_sort(pending.begin() + first, pending.end(), [&](ValueId a, ValueId b) {
      return needs_[static_cast<std::size_t>(a)] < needs_[static_cast<std::size_t>(b)];
    });
    return static_cast<std::ptrdiff_t>(pending.size()) > first;
  }

  int leaf_step(ValueId id) {
    if (!repeat_leaves_ && step_at(id) != kNone) return step_at(id);
    steps_.push_back({id});
    return step_at(id) = static_cast<int>(steps_.size()) - 1;
  }

  void add_step(ValueId id) {
    const Value& value = graph_[id];
    Step step{id};
    for (int i = 0; i < value.arity; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const ValueId operand = value.operands[at];
      const bool same_as_before = i > 0 && operand == value.operands[at - 1];
      step.operands[at] = same_as_before              ? step.operands[at - 1]
                          : graph_[operand].is_leaf() ? leaf_step(operand)
                                                      : step_at(operand);
    }
    steps_.push_back(step);
    step_at(id) = static_cast<int>(steps_.size()) - 1;
  }

  const ValueGraph& graph_;
  bool repeat_leaves_;
  std::vector<int> needs_;
  std::vector<int> step_of_;
  std::vector<Step> steps_;
};

/// Steps in order, and what they end in.
struct Order {
  std::vector<Step> steps;
  std::vector<int> outputs;      ///< steps
  std::vector<int> register_of;  ///< of each step
  int registers = 0;             ///< most in use at one time
};

void find_last_uses(Order& order) {
  for (std::size_t i = 0; i < order.steps.size(); ++i) {
    order.steps[i].last_use = static_cast<int>(i);
    for (const int operand : order.steps[i].operands)
      if (operand != kNone)
        order.steps[static_cast<std::size_t>(operand)].last_use = static_cast<int>(i);
  }
  for (const int step : order.outputs)
    order.steps[static_cast<std::size_t>(step)].last_use = std::numeric_limits<int>::max();
}

/// Gives each step the lowest free register; it may be one that an operand leaves.
void assign_registers(Order& order) {
  std::vector<bool> used;
  order.register_of.assign(order.steps.size(), 0);
  for (std::size_t i = 0; i < order.steps.size(); ++i) {
    for (const int operand : order.steps[i].operands) {
      if (operand == kNone) continue;
      const auto at = static_cast<std::size_t>(operand);
      if (order.steps[at].last_use == static_cast<int>(i))
        used[static_cast<std::size_t>(order.register_of[at])] = false;
    }
    const auto lowest = std::find(used.begin(), used.end(), false) - used.begin();
    if (static_cast<std::size_t>(lowest) == used.size()) used.push_back(false);
    order.register_of[i] = static_cast<int>(lowest);
    used[static_cast<std::size_t>(lowest)] = true;
  }
  order.registers = static_cast<int>(used.size());
}

Order make_order(const ValueGraph& graph, std::span<const ValueId> outputs, bool repeat_leaves) {
  Orderer orderer(graph, repeat_leaves);
  Order order;
  for (const ValueId id : outputs) order.outputs.push_back(orderer.order(id));
  order.steps = orderer.take_steps();
  find_last_uses(order);
  assign_registers(order);
  return order;
}

std::uint8_t narrow(int value) { return static_cast<std::uint8_t>(value); }

/// Numbers the constants of the program in the order of their use.
class Constants {
 public:
  explicit Constants(std::vector<double>& values) : values_(values) {}
  std::uint8_t number_of(double value) {
    const auto [entry, is_new] =
        numbers_.try_emplace(std::bit_cast<std::uint64_t>(value), static_cast<int>(values_.size()));
    if (is_new && values_.size() == kMaxConstants)
      throw report::UsageError("the expressions have more than " + std::to_string(kMaxConstants) +
                               " different constants; compute fewer output bands in one run");
    if (is_new) values_.push_back(value);
    return narrow(entry->second);
  }

 private:
  std::vector<double>& values_;
  std::map<std::uint64_t, int> numbers_;
};

kernels::Program write_program(const ValueGraph& graph, const Order& order) {
  kernels::Program program;
  program.registers = order.registers;
  Constants constants(program.constants);
  const auto reg = [&](int step) {
    return step == kNone ? std::uint8_t{0}
                         : narrow(order.register_of[static_cast<std::size_t>(step)]);
  };
  for (std::size_t i = 0; i < order.steps.size(); ++i) {
    const Step& step = order.steps[i];
    const Value& value = graph[step.value];
    kernels::Instruction code{value.op, reg(static_cast<int>(i)), reg(step.operands[0]),
                              reg(step.operands[1]), reg(step.operands[2])};
    if (value.op == Op::kConstant) code.a = constants.number_of(value.constant);
    if (value.op == Op::kLoad) {
      code.a = narrow(value.load);
      program.inputs = std::max(program.inputs, value.load + 1);
    }
    program.code.push_back(code);
  }
  for (const int step : order.outputs) program.outputs.push_back(reg(step));
  return program;
}

}  // namespace

kernels::Program schedule(const ValueGraph& graph, std::span<const ValueId> outputs) {
  Order order = make_order(graph, outputs, false);
  if (order.registers > kernels::kMaxRegisters) order = make_order(graph, outputs, true);
  if (order.registers > kernels::kMaxRegisters)
    throw report::UsageError("the expressions need " + std::to_string(order.registers) +
                             " values at one time, but at most " +
                             std::to_string(kernels::kMaxRegisters) +
                             " are possible; compute fewer output bands in one run");
  return write_program(graph, order);
}

}  // namespace cogmill::expr
