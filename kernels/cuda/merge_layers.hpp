// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/device_buffer.hpp"
#include "kernels/cuda/stream.hpp"
#include "kernels/merge_layers.hpp"

#include <span>

/// The functions of kernels/merge_layers.hpp for planes in device memory, asynchronous on their
/// stream: the same bits.
namespace cogmill::kernels::cuda {

void merge_layer(MergeMethod method, ConstPlane layer, ConstPlane layer_valid, Plane into,
                 Plane valid, Stream stream);
void add_up(ConstPlane layer, ConstPlane layer_valid, Plane sum, Plane count, Stream stream);
void divide_sums(ConstPlane sum, ConstPlane count, Plane into, Plane valid, Stream stream);

/// Looks for gaps, with memory of its own: one stream at a time.
class GapFinder {
 public:
  /// kernels::find_gaps. Waits for the stream.
  PixelBounds find(std::span<const Plane> valid, Stream stream);

 private:
  DeviceBuffer bounds_;
};

}  // namespace cogmill::kernels::cuda
