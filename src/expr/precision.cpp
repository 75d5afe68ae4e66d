// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/expression.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cogmill::expr {
namespace {

using kernels::DataType;

/// @return true if a float holds every pixel of the type
bool fits_float32(DataType type) {
  switch (type) {
    case DataType::kUInt8:
    case DataType::kInt8:
    case DataType::kUInt16:
    case DataType::kInt16:
    case DataType::kFloat32:
      return true;
    default:
      return false;
  }
}

/// Decimal fractions are rounded by every binary format, so they ask for no more than Float32;
/// whole numbers are meant exactly.
bool fits_float32(double constant) {
  if (!std::isfinite(constant) || constant == 0) return true;
  const double size = std::abs(constant);
  if (size > std::numeric_limits<float>::max() || size < std::numeric_limits<float>::min())
    return false;
  return constant != std::floor(constant) ||
         static_cast<double>(static_cast<float>(constant)) == constant;
}

}  // namespace

kernels::Precision choose_precision(const Compiled& compiled, std::span<const DataType> load_types,
                                    DataType output_type) {
  const auto& constants = compiled.program.constants;
  const bool single =
      fits_float32(output_type) &&
      std::all_of(load_types.begin(), load_types.end(),
                  [](DataType t) { return fits_float32(t); }) &&
      std::all_of(constants.begin(), constants.end(), [](double c) { return fits_float32(c); });
  return single ? kernels::Precision::kFloat32 : kernels::Precision::kFloat64;
}

}  // namespace cogmill::expr
