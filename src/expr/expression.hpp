// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"
#include "kernels/evaluate.hpp"
#include "kernels/program.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace cogmill::expr {

/// One input as expressions see it.
struct InputBands {
  std::string name;                            ///< "A"
  std::vector<std::string> band_descriptions;  ///< one per band; may be empty
  std::map<std::string, int> roles = {};       ///< more names, such as {"nir", 4}; win over the
                                               ///< descriptions. Band numbers from 1
};

struct BandRef {
  int input = 0;  ///< index of the input
  int band = 1;   ///< from 1
  friend bool operator==(const BandRef&, const BandRef&) = default;
};

struct Compiled {
  kernels::Program program;
  std::vector<BandRef> loads;  ///< program input i reads loads[i]; each band once
};

/// Compiles one expression per output band into one program (docs/expressions.md has the language).
/// Constant parts are computed once, in double precision; equal parts are computed once, across
/// all expressions; bands that cannot matter are not loaded.
/// @throws report::UsageError whose detail() shows the expression and a caret under the mistake
Compiled compile(std::span<const std::string> expressions, std::span<const InputBands> inputs);

/// Float32 where every band used and every whole constant is exactly representable in it, other
/// constants are in its range, and the output is Float32 or narrower; else Float64.
/// @param load_types types of the bands of compiled.loads, in that order
kernels::Precision choose_precision(const Compiled& compiled,
                                    std::span<const kernels::DataType> load_types,
                                    kernels::DataType output_type);

}  // namespace cogmill::expr
