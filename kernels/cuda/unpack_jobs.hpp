// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/unpack_text.hpp"
#include "kernels/plane.hpp"

#include <span>
#include <stdexcept>
#include <vector>

/// How a call of unpack_blocks is cut into launches of a few samples each.
namespace cogmill::kernels::cuda {

struct UnpackLaunch {
  UnpackJob job;
  unsigned taken = 1;   ///< samples: 1 or kMostUnpacked; packed: 1 to kMostUnpacked
  bool packed = false;  ///< the blocks have no others, and in this order
};

inline void check_layout(const BlockLayout& layout) {
  if (layout.predictor != Predictor::kFloatingPoint) return;
  if (!is_floating(layout.type) || layout.swap)
    throw std::invalid_argument("this predictor cannot work on these blocks");
}

/// Where one sample of the blocks goes.
struct UnpackTarget {
  unsigned sample;
  std::byte* to;
  std::int64_t stride;  ///< [elements]
};

inline std::vector<UnpackTarget> unpack_targets(std::span<const int> samples,
                                                std::span<const Plane> planes,
                                                unsigned components) {
  std::vector<UnpackTarget> targets;
  for (std::size_t i = 0; i < planes.size(); ++i)
    for (unsigned c = 0; c < components; ++c)
      targets.push_back({static_cast<unsigned>(samples[i]) * components + c,
                         planes[i].data + c * size_bytes(planes[i].type) / components,
                         planes[i].stride * components});
  return targets;
}

inline UnpackLaunch launch_of(UnpackJob job, std::span<const UnpackTarget> targets, bool packed) {
  for (std::size_t i = 0; i < targets.size(); ++i) {
    job.sample[i] = targets[i].sample;
    job.to[i] = targets[i].to;
    job.stride[i] = targets[i].stride;
  }
  return {job, static_cast<unsigned>(targets.size()), packed};
}

/// @param job its raw data and parts   @param samples planes[i] receives sample samples[i]
inline std::vector<UnpackLaunch> unpack_launches(UnpackJob job, const BlockLayout& layout,
                                                 std::span<const int> samples,
                                                 std::span<const Plane> planes) {
  job.components = is_complex(layout.type) ? 2 : 1;
  job.columns = layout.columns;
  job.samples = static_cast<unsigned>(layout.samples) * job.components;
  job.swap = layout.swap && size_bytes(layout.type) > job.components;
  const auto targets = unpack_targets(samples, planes, job.components);
  bool packed = targets.size() == job.samples && targets.size() <= kMostUnpacked;
  for (unsigned i = 0; i < targets.size(); ++i) packed = packed && targets[i].sample == i;
  if (packed) return {launch_of(job, targets, true)};
  std::vector<UnpackLaunch> launches;
  for (auto rest = std::span(targets); !rest.empty();) {
    const std::size_t taken = rest.size() >= kMostUnpacked ? kMostUnpacked : 1;
    launches.push_back(launch_of(job, rest.first(taken), false));
    rest = rest.subspan(taken);
  }
  return launches;
}

/// Calls f.operator()<T, S, P, Packed>() with what fits the launch.
template <Predictor P, class T, class F>
void visit_taken(const UnpackLaunch& launch, F&& f) {
  if (!launch.packed && launch.taken == 1) return f.template operator()<T, 1, P, false>();
  if (!launch.packed) return f.template operator()<T, kMostUnpacked, P, false>();
  if (launch.taken == 1) return f.template operator()<T, 1, P, true>();
  if (launch.taken == 2) return f.template operator()<T, 2, P, true>();
  if (launch.taken == 3) return f.template operator()<T, 3, P, true>();
  return f.template operator()<T, kMostUnpacked, P, true>();
}

template <class F>
void visit_unpack(const UnpackLaunch& launch, const BlockLayout& layout, F&& f) {
  visit_pixel_size(size_bytes(layout.type) / launch.job.components, [&]<class T>(T) {
    if constexpr (sizeof(T) <= 8) {
      if (layout.predictor == Predictor::kNone) return visit_taken<Predictor::kNone, T>(launch, f);
      if (layout.predictor == Predictor::kHorizontal)
        return visit_taken<Predictor::kHorizontal, T>(launch, f);
      if constexpr (sizeof(T) >= 4) return visit_taken<Predictor::kFloatingPoint, T>(launch, f);
    }
  });
}

}  // namespace cogmill::kernels::cuda
