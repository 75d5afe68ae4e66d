// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/expr/roles.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cogmill::expr {

/// A spectral index: a formula over roles, in our own expression language.
struct SpectralIndex {
  std::string_view name;  ///< lower case
  std::string_view formula;
  bool reflectance;  ///< depends on the unit: wants reflectance from 0 to 1, not scaled integers
  std::string_view description;
};

std::span<const SpectralIndex> spectral_indices();

/// @param name in any case   @throws report::UsageError that suggests the nearest name
const SpectralIndex& spectral_index(std::string_view name);

/// @return roles that the formula uses, each once, in order
std::vector<std::string> roles_of(const SpectralIndex& index);

/// Writes the index as an expression over one input: "(A[4] - A[3]) / (A[4] + A[3])". A band with a
/// scale or an offset is written as (A[4] * scale + offset).
/// @param given band numbers that the user gave (--nir 4); they win over what the file says
/// @throws report::UsageError if a role has no band, naming the option that gives one
std::string index_expression(const SpectralIndex& index, const std::string& input,
                             std::span<const BandLabel> bands,
                             const std::map<std::string, int>& given);

/// @return one line per index: name, description, formula; for --list-indices
std::string list_indices();

}  // namespace cogmill::expr
