// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "kernels/overview.hpp"
#include "kernels/plane.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>
#include <vector>

/// What the overview kernels share. Not for callers: use kernels/overview.hpp.
namespace cogmill::kernels::overview {

/// One axis of two whole levels [px]. All positions below are global, so that nothing depends on
/// how a level is cut into blocks; the arithmetic is GDAL's, in double and in its order.
struct Axis {
  std::int64_t src_size = 1;
  std::int64_t dst_size = 1;

  /// Source pixels per destination pixel: 2 for even sizes, a little more for odd ones, 1 where a
  /// level is one pixel wide.
  double ratio() const { return static_cast<double>(src_size) / static_cast<double>(dst_size); }
  bool halves() const { return src_size == 2 * dst_size; }
};

/// @return the source pixel that nearest neighbour picks for destination pixel `dst`
inline std::int64_t nearest_source(const Axis& axis, std::int64_t dst) {
  const auto src = static_cast<std::int64_t>(0.5 + static_cast<double>(dst) * axis.ratio());
  return std::min(src, axis.src_size - 1);
}

/// Source pixels [begin, end) under one destination pixel. The first and last count by the part
/// that is covered, those between them in full; a single one counts in full (`first`).
struct Footprint {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  double first = 1.0;
  double last = 1.0;

  std::int64_t count() const { return end - begin; }
  double weight_of(std::int64_t src) const {
    return src == begin ? first : (src + 1 == end ? last : 1.0);
  }
  double total() const {
    return count() == 1 ? first : first + static_cast<double>(count() - 2) + last;
  }
};
Footprint footprint(const Axis& axis, std::int64_t dst);

/// Source pixels [begin, end) that a convolution kernel looks at, clipped to the level.
/// @param radius of the kernel at ratio 1 [px]: 1 bilinear, 2 cubic
Range support(const Axis& axis, int radius, std::int64_t dst);
constexpr int kernel_radius(Resampling resampling) {
  return resampling == Resampling::kCubic ? 2 : 1;
}

/// GDAL's working type: results are rounded to it before they become pixels. GDAL before 3.10 used
/// float for all but Byte and UInt16 and lost the low bits of wide types; double is what later
/// versions use.
template <class T>
using Work =
    std::conditional_t<std::is_same_v<T, float> || (std::is_integral_v<T> && sizeof(T) <= 2), float,
                       double>;

/// Rounds half away from zero (as GDAL: by adding 0.5 and cutting) and saturates; NaN becomes 0.
template <class T>
T to_pixel(Work<T> value) {
  using W = Work<T>;
  if constexpr (std::is_floating_point_v<T>) {
    return value;
  } else if constexpr (sizeof(T) <= 2) {
    constexpr W kMin = std::numeric_limits<T>::min();
    constexpr W kMax = std::numeric_limits<T>::max();
    W v = value == value ? value : W{0};
    v = v >= W{0} ? v + W(0.5) : v - W(0.5);
    v = v > kMin ? v : kMin;
    v = v < kMax ? v : kMax;
    // Through int: a vector register converts floats to int and to nothing narrower.
    return static_cast<T>(static_cast<int>(v));
  } else {
    constexpr double kIntegral = 4503599627370496.0;  // 2^52: beyond it there are no fractions
    if (!(value == value)) return T{0};
    double v = value;
    if (std::fabs(v) < kIntegral) v = v >= 0 ? v + 0.5 : v - 0.5;
    if (v >= std::ldexp(1.0, std::numeric_limits<T>::digits)) return std::numeric_limits<T>::max();
    if (v <= static_cast<double>(std::numeric_limits<T>::min()))
      return std::numeric_limits<T>::min();
    return static_cast<T>(v);
  }
}

/// What a valid result becomes when it equals nodata by chance: the next value, so that it stays
/// valid.
template <class T>
T beside(T nodata) {
  if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(nodata == std::numeric_limits<T>::max() ? nodata - 1 : nodata + 1);
  } else {
    if (nodata == T{0}) return static_cast<T>(std::numeric_limits<float>::min());
    const T next = static_cast<T>(nodata + 1e-7 * nodata);
    return std::isfinite(next) ? next : std::nextafter(nodata, T{0});
  }
}

/// Which pixels of a source row are valid, as bytes 0 and 1.
template <class T>
class ValidRows {
 public:
  /// @pre validity's mask, if there is one, has the shape of src
  ValidRows(PlaneView<const T> src, const Validity& validity)
      : src_(src), mask_(validity.mask), flags_(static_cast<std::size_t>(src.width)) {
    const auto nodata = validity.nodata ? validity.nodata->template as<T>() : std::nullopt;
    has_nodata_ = nodata.has_value();
    nodata_ = nodata.value_or(T{});
  }
  /// @return false if every pixel is valid whatever its value
  bool active() const { return has_nodata_ || mask_.data != nullptr; }
  bool has_nodata() const { return has_nodata_; }
  /// @return the value of an output pixel without a valid source
  T invalid() const { return nodata_; }

  /// @return src.width flags of row `r` of src, good until the next call
  const std::uint8_t* operator()(std::int64_t r) {
    compare_values(src_.row(r));
    if (mask_.data == nullptr) return flags_.data();
    const auto* mask = mask_.as<std::uint8_t>().row(r);
    const auto n = static_cast<std::size_t>(src_.width);
    for (std::size_t i = 0; i < n; ++i)
      flags_[i] = static_cast<std::uint8_t>(flags_[i] & static_cast<std::uint8_t>(mask[i] != 0));
    return flags_.data();
  }

 private:
  void compare_values(const T* row) {
    const auto n = static_cast<std::size_t>(src_.width);
    if (!has_nodata_) {
      std::fill(flags_.begin(), flags_.end(), std::uint8_t{1});
    } else if (const T nodata = nodata_; nodata == nodata) {
      for (std::size_t i = 0; i < n; ++i) flags_[i] = static_cast<std::uint8_t>(row[i] != nodata);
    } else {
      for (std::size_t i = 0; i < n; ++i) flags_[i] = static_cast<std::uint8_t>(row[i] == row[i]);
    }
  }

  PlaneView<const T> src_;
  ConstPlane mask_;
  bool has_nodata_ = false;
  T nodata_{};
  std::vector<std::uint8_t> flags_;
};

/// One kernel each; arguments as reduce_overview.
void reduce_nearest(const OverviewGeometry& geometry, ConstPlane src, Plane dst);
void reduce_average(const OverviewGeometry& geometry, ConstPlane src, const Validity& validity,
                    Plane dst);
void reduce_mode(const OverviewGeometry& geometry, ConstPlane src, const Validity& validity,
                 Plane dst);
void reduce_convolution(Resampling resampling, const OverviewGeometry& geometry, ConstPlane src,
                        const Validity& validity, Plane dst);

inline Axis columns_of(const OverviewGeometry& g) { return {g.src_width, g.dst_width}; }
inline Axis rows_of(const OverviewGeometry& g) { return {g.src_height, g.dst_height}; }

}  // namespace cogmill::kernels::overview
