// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/predictor.hpp"
#include "src/plan/plan.hpp"

#include <cstddef>
#include <cstdint>

namespace cogmill::pipeline {

/// What one uncompressed image tile of the output looks like.
struct TileLayout {
  kernels::DataType type = kernels::DataType::kUInt8;
  std::int64_t tile = 512;   ///< [px]
  std::int64_t samples = 1;  ///< interleaved bands

  std::size_t row_bytes() const {
    return static_cast<std::size_t>(tile * samples * kernels::size_bytes(type));
  }
  std::size_t bytes() const { return row_bytes() * static_cast<std::size_t>(tile); }
  /// Predictors see the components of complex pixels, twice as many.
  kernels::PredictorShape predictor_shape() const {
    const std::int64_t components = kernels::is_complex(type) ? 2 : 1;
    return {kernels::component_of(type), tile, tile, samples * components};
  }
};

inline TileLayout tile_layout(const plan::Plan& plan) {
  return {plan.image.type, plan.tile, plan.separate_planes ? 1 : plan.image.bands};
}

}  // namespace cogmill::pipeline
