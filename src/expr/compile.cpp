// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/pixel_ops.hpp"
#include "src/expr/expression.hpp"
#include "src/expr/functions.hpp"
#include "src/expr/names.hpp"
#include "src/expr/parser.hpp"
#include "src/expr/schedule.hpp"
#include "src/expr/syntax_error.hpp"
#include "src/expr/value_graph.hpp"
#include "src/report/counted.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <map>
#include <numbers>
#include <utility>

namespace cogmill::expr {
namespace {

using kernels::Op;

/// Gives each band used a number, in the order of first mention.
class Loads {
 public:
  int number_of(const BandRef& band, std::size_t offset) {
    const auto [entry, is_new] =
        numbers_.try_emplace({band.input, band.band}, static_cast<int>(bands_.size()));
    if (is_new) {
      if (bands_.size() == kernels::kMaxLoads)
        throw SyntaxError(offset, "more than " + std::to_string(kernels::kMaxLoads) +
                                      " different bands in one run");
      bands_.push_back(band);
    }
    return entry->second;
  }
  const std::vector<BandRef>& bands() const { return bands_; }

 private:
  std::map<std::pair<int, int>, int> numbers_;
  std::vector<BandRef> bands_;
};

/// Turns syntax trees into values.
class Lowering {
 public:
  explicit Lowering(std::span<const InputBands> inputs) : names_(inputs) {}

  /// @return the value of the expression
  ValueId lower(const Ast& ast) {
    std::vector<ValueId> values;  // one per node: children stand first
    values.reserve(ast.nodes.size());
    for (const Node& node : ast.nodes) values.push_back(lower(node, values));
    return values.back();
  }
  const ValueGraph& graph() const { return graph_; }
  const std::vector<BandRef>& loads() const { return loads_.bands(); }

 private:
  ValueId lower(const Node& node, const std::vector<ValueId>& values) {
    std::vector<ValueId> operands;
    for (const int child : node.children)
      operands.push_back(values[static_cast<std::size_t>(child)]);
    switch (node.kind) {
      case NodeKind::kNumber:
        return graph_.constant(node.value);
      case NodeKind::kName:
        return lower_name(node);
      case NodeKind::kBand:
        return load(names_.indexed_band(node), node);
      case NodeKind::kApply:
        return graph_.apply(node.op, operands);
      case NodeKind::kCall:
        break;
    }
    return lower_call(node, operands);
  }

  ValueId load(const BandRef& band, const Node& node) {
    return graph_.load(loads_.number_of(band, node.offset));
  }

  ValueId lower_name(const Node& node) {
    if (node.text == "pi") return graph_.constant(std::numbers::pi);
    if (node.text == "nodata") return graph_.constant(kernels::ops::kNaN<double>);
    return load(names_.named_band(node), node);
  }

  static void check_arguments(const Function& function, const Node& node) {
    const int given = static_cast<int>(node.children.size());
    const std::string usage(function.usage);
    const bool whole_image = function.kind == FunctionKind::kSceneWide ||
                             (function.kind == FunctionKind::kFold && given == 1);
    if (whole_image)
      throw SyntaxError(node.offset,
                        std::string(function.name) + "() of a whole image is not available yet" +
                            (function.kind == FunctionKind::kFold ? "; per pixel: " + usage : ""));
    const bool fold = function.kind == FunctionKind::kFold;
    if (fold ? given >= function.arguments : given == function.arguments) return;
    throw SyntaxError(node.offset, std::string(function.name) + "() takes " +
                                       (fold ? "at least " : "") +
                                       report::counted(function.arguments, "argument") + ", not " +
                                       std::to_string(given) + ": write " + usage);
  }

  ValueId lower_call(const Node& node, const std::vector<ValueId>& operands) {
    const Function* function = find_function(node.text);
    if (function == nullptr) names_.fail_as_function(node);
    check_arguments(*function, node);
    switch (function->kind) {
      case FunctionKind::kFold: {
        ValueId result = operands[0];
        for (std::size_t i = 1; i < operands.size(); ++i)
          result = graph_.apply(function->op, {result, operands[i]});
        return result;
      }
      case FunctionKind::kClamp:
        return graph_.apply(Op::kMin,
                            {graph_.apply(Op::kMax, {operands[0], operands[1]}), operands[2]});
      case FunctionKind::kNodata:
        return graph_.constant(kernels::ops::kNaN<double>);
      default:
        return graph_.apply(function->op, operands);
    }
  }

  Names names_;
  Loads loads_;
  ValueGraph graph_;
};

/// Drops the bands that no instruction loads: constant folding may have removed them.
void drop_unused_loads(Compiled& compiled, const std::vector<BandRef>& bands) {
  std::vector<int> number(bands.size(), -1);
  for (const kernels::Instruction& step : compiled.program.code)
    if (step.op == Op::kLoad) number[step.a] = 0;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    if (number[i] < 0) continue;
    number[i] = static_cast<int>(compiled.loads.size());
    compiled.loads.push_back(bands[i]);
  }
  for (kernels::Instruction& step : compiled.program.code)
    if (step.op == Op::kLoad) step.a = static_cast<std::uint8_t>(number[step.a]);
  compiled.program.inputs = static_cast<int>(compiled.loads.size());
}

[[noreturn]] void fail(std::span<const std::string> expressions, std::size_t which,
                       const SyntaxError& error) {
  const std::string& text = expressions[which];
  const std::string number = expressions.size() > 1 ? " " + std::to_string(which + 1) : "";
  throw report::UsageError("expression" + number + ", column " +
                               std::to_string(column_at(text, error.offset())) + ": " +
                               error.what(),
                           caret_lines(text, error.offset()));
}

}  // namespace

Compiled compile(std::span<const std::string> expressions, std::span<const InputBands> inputs) {
  if (expressions.empty()) throw report::UsageError("there is no expression to compute");
  Lowering lowering(inputs);
  std::vector<ValueId> outputs;
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    try {
      outputs.push_back(lowering.lower(parse(expressions[i])));
    } catch (const SyntaxError& error) {
      fail(expressions, i, error);
    }
  }
  Compiled compiled;
  compiled.program = schedule(lowering.graph(), outputs);
  drop_unused_loads(compiled, lowering.loads());
  return compiled;
}

}  // namespace cogmill::expr
