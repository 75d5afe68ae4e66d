// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/device_buffer.hpp"
#include "kernels/cuda/stream.hpp"
#include "kernels/overview.hpp"

namespace cogmill::kernels::cuda {

/// Computes overviews of planes in device memory. It holds the weights of its last call: one stream
/// at a time.
class OverviewReducer {
 public:
  /// kernels::reduce_overview: the same pixels, in every type.
  /// @pre as there; and for kBilinear and kCubic levels at most 16 times smaller than their source
  void reduce(Resampling resampling, const OverviewGeometry& geometry, ConstPlane src,
              const Validity& validity, Plane dst, Stream stream);
  /// kernels::reduce_mask
  void reduce_mask(Resampling resampling, const OverviewGeometry& geometry, ConstPlane mask,
                   Plane dst, Stream stream);

 private:
  void convolve(bool cubic, const OverviewGeometry& geometry, ConstPlane src,
                const Validity& validity, Plane dst, Stream stream);
  DeviceBuffer taps_;
};

}  // namespace cogmill::kernels::cuda
