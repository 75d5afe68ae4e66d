// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/expr/ast.hpp"
#include "src/expr/expression.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cogmill::expr {

/// Looks up what the names in an expression mean. Throws SyntaxError at the name.
class Names {
 public:
  /// @pre `inputs` outlives this
  explicit Names(std::span<const InputBands> inputs) : inputs_(inputs) {}

  /// `A[3]`
  BandRef indexed_band(const Node& node) const;
  /// A bare name: an input with one band, a role, `b3` with a single input, a band description
  /// (exactly, then in any case). Never guesses between two bands.
  BandRef named_band(const Node& node) const;
  /// Reports a call of something that is no function.
  [[noreturn]] void fail_as_function(const Node& node) const;

 private:
  const InputBands* find_input(std::string_view name, int& index) const;
  std::vector<BandRef> find_described(std::string_view name, bool any_case) const;
  std::vector<BandRef> find_all(std::string_view name) const;
  std::string write(const BandRef& band) const;
  std::vector<std::string> known_names() const;
  [[noreturn]] void fail_as_band(const Node& node) const;

  std::span<const InputBands> inputs_;
};

}  // namespace cogmill::expr
