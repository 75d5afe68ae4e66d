// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/warp_families.hpp"
#include "kernels/cuda/warp_launch.cuh"
#include "kernels/warp/pixel_pick.hpp"

namespace cogmill::kernels::cuda {

void warp_picks(const warp::PixelGroup& group, Stream stream) {
  warp::visit_pick_pixel(group.job, group.source, [&](const auto& pixel) {
    launch_warp(pixel, stream, "resample on the GPU");
  });
}

}  // namespace cogmill::kernels::cuda
