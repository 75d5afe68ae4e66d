// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/transform_all.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>

namespace cogmill::crs {
namespace {

template <class F>
void in_batches(std::span<kernels::PixelPoint> points, F&& transform) {
  const std::size_t tasks = (points.size() + kPointsPerTask - 1) / kPointsPerTask;
  tbb::parallel_for(std::size_t{0}, tasks, [&](std::size_t task) {
    const std::size_t first = task * kPointsPerTask;
    transform(points.subspan(first, std::min(kPointsPerTask, points.size() - first)));
  });
}

}  // namespace

void transform_all(const PixelTransformer& transformer, std::span<kernels::PixelPoint> points) {
  in_batches(points, [&](auto some) { transformer.transform(some); });
}

void transform_all_on_map(const PixelTransformer& transformer,
                          std::span<kernels::PixelPoint> points) {
  in_batches(points, [&](auto some) { transformer.transform_on_map(some); });
}

}  // namespace cogmill::crs
