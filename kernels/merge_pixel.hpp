// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/convert_pixel.hpp"
#include "kernels/host_device.hpp"
#include "kernels/merge_layers.hpp"

#include <cstdint>
#include <stdexcept>
#include <type_traits>
#include <utility>

/// What becomes of one pixel where images overlap. Host and device.
namespace cogmill::kernels {

inline constexpr std::uint8_t kKnown = 255;

/// @return whether a layer has data there: NaN is none
template <class T>
COGMILL_HD inline bool has_data(T pixel, std::uint8_t valid) {
  if constexpr (std::is_floating_point_v<T>)
    return valid != 0 && pixel == pixel;
  else
    return valid != 0;
}

// How a pixel with data meets the result so far.
struct TakeIfGap {
  template <class T>
  COGMILL_HD void operator()(T pixel, T& out, std::uint8_t& known) const {
    if (known != 0) return;
    out = pixel;
    known = kKnown;
  }
};
struct TakeSmaller {
  template <class T>
  COGMILL_HD void operator()(T pixel, T& out, std::uint8_t& known) const {
    if (known == 0 || pixel < out) out = pixel;
    known = kKnown;
  }
};
struct TakeLarger {
  template <class T>
  COGMILL_HD void operator()(T pixel, T& out, std::uint8_t& known) const {
    if (known == 0 || pixel > out) out = pixel;
    known = kKnown;
  }
};

template <class T>
COGMILL_HD inline void add_pixel(T pixel, std::uint8_t valid, double& sum, std::uint32_t& count) {
  if (!has_data(pixel, valid)) return;
  sum += static_cast<double>(pixel);
  ++count;
}

template <class T>
COGMILL_HD inline void divide_pixel(double sum, std::uint32_t count, T& out, std::uint8_t& known) {
  known = count > 0 ? kKnown : std::uint8_t{0};
  if (count > 0) out = convert_pixel<T>(sum / static_cast<double>(count));
}

/// Calls f(T{}, take) with what the method does to pixels of a type.
/// @throws std::invalid_argument for kMean, and to compare complex pixels
template <class F>
void visit_merge(MergeMethod method, DataType type, F&& f) {
  if (method == MergeMethod::kMean) throw std::invalid_argument("a mean is added up, then divided");
  if (method == MergeMethod::kMin)
    return visit_real_type(type, [&](auto zero) { f(zero, TakeSmaller{}); });
  if (method == MergeMethod::kMax)
    return visit_real_type(type, [&](auto zero) { f(zero, TakeLarger{}); });
  if (type == DataType::kFloat32) return f(float{}, TakeIfGap{});
  if (type == DataType::kFloat64) return f(double{}, TakeIfGap{});
  visit_pixel_size(size_bytes(type), [&](auto zero) { f(zero, TakeIfGap{}); });
}

}  // namespace cogmill::kernels
