// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/overview_text.hpp"

namespace cogmill::kernels::cuda {

/// The arguments of reduce_overview as a thread reads them.   @pre src and dst are of type T
template <class T>
OverviewJob<T> bind_overview(const OverviewGeometry& g, ConstPlane src, const Validity& validity,
                             Plane dst) {
  return {g, src.as<T>(), dst.as<T>(), validity.mask.as<std::uint8_t>(),
          overview::Hole<T>(validity.nodata)};
}

/// Calls f(functor) with the kind of average that fits the block: the same choice as on the host.
template <class T, class F>
void visit_average(const OverviewJob<T>& job, F&& f) {
  const bool squares = job.columns().halves() && job.rows().halves();
  if (squares && !job.active())
    return f(AverageSquare<T>{job, overview::columns_by_pairs<T>(job.g)});
  if constexpr (overview::kSmallUnsigned<T>) {
    if (squares) return f(AverageValidSquare<T>{job});
  }
  f(AverageWeighted<T>{job});
}

/// The mode of a Byte band looks at nodata but not at a mask, as on the host.
template <class T>
ModePixel<T> mode_of(OverviewJob<T> job) {
  if constexpr (std::is_same_v<T, std::uint8_t>) job.mask = {};
  return {job};
}

}  // namespace cogmill::kernels::cuda
