// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/warp.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// Calls of warp_block for tests that compare two ways to answer them: random types, sizes,
/// strides, masks, densities, maps and rules, of a seed each.
namespace cogmill::testing {

/// A plane's bytes, with room beside its rows.
struct CasePlane {
  std::vector<std::byte> bytes;
  kernels::DataType type = kernels::DataType::kUInt8;
  std::int64_t width = 0, height = 0, stride = 0;  ///< bytes is empty: there is none

  kernels::Plane plane();
};

struct CaseBand {
  CasePlane source, valid, density, target, target_valid;
};

struct WarpCase {
  std::string name;
  kernels::WarpKernel kernel;
  kernels::WarpSourceGeometry geometry;
  kernels::CoordinateMap map;
  std::int64_t col = 0, row = 0;
  std::vector<CaseBand> bands;

  std::vector<kernels::WarpBand> warp_bands();
};

/// What all cases of a suite have in common.
struct CaseLimits {
  double least_scale = 0.3, most_scale = 2.5;
  std::int64_t most_pixels = 190;  ///< width and height of the output
  int most_bands = 5;
  bool complex = false;  ///< among the types
};

/// @param seed names the case
WarpCase random_case(kernels::WarpResampling resampling, unsigned seed, const CaseLimits& limits);

/// What came out, bit by bit but that one NaN is as good as another; bytes beside the rows too.
/// @return "" if a and b have the same targets, else where they differ first
std::string difference(const WarpCase& a, const WarpCase& b);

}  // namespace cogmill::testing
