// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/nodata_test.hpp"
#include "kernels/overview.hpp"
#include "kernels/same_value.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>

/// The arithmetic of one overview pixel, which host and device share. Not for callers: use
/// kernels/overview.hpp.
namespace cogmill::kernels::overview {

/// One axis of two whole levels [px]. All positions below are global, so that nothing depends on
/// how a level is cut into blocks; the arithmetic is GDAL's, in double and in its order.
struct Axis {
  std::int64_t src_size = 1;
  std::int64_t dst_size = 1;

  /// Source pixels per destination pixel: 2 for even sizes, a little more for odd ones, 1 where a
  /// level is one pixel wide.
  COGMILL_HD double ratio() const {
    return static_cast<double>(src_size) / static_cast<double>(dst_size);
  }
  COGMILL_HD bool halves() const { return src_size == 2 * dst_size; }
};

/// @return the source pixel that nearest neighbour picks for destination pixel `dst`
COGMILL_HD inline std::int64_t nearest_source(const Axis& axis, std::int64_t dst) {
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

  COGMILL_HD std::int64_t count() const { return end - begin; }
  COGMILL_HD double weight_of(std::int64_t src) const {
    return src == begin ? first : (src + 1 == end ? last : 1.0);
  }
  COGMILL_HD double total() const {
    return count() == 1 ? first : first + static_cast<double>(count() - 2) + last;
  }
};
COGMILL_HD inline Footprint footprint(const Axis& axis, std::int64_t dst) {
  // An edge this close to a pixel boundary is the boundary: the ratio is not exact.
  constexpr double kEpsilon = 1e-8;
  const double begin = static_cast<double>(dst) * axis.ratio();
  const double end = static_cast<double>(dst + 1) * axis.ratio();
  Footprint f;
  f.begin = static_cast<std::int64_t>(begin + kEpsilon);
  f.end = static_cast<std::int64_t>(std::ceil(end - kEpsilon));
  if (f.end == f.begin) ++f.end;
  f.end = std::min(f.end, axis.src_size);
  f.first = f.count() == 1 ? 1.0 : 1.0 - (begin - static_cast<double>(f.begin));
  f.last = 1.0 - (static_cast<double>(f.end) - end);
  return f;
}

/// Source pixels [begin, end) that a convolution kernel looks at, clipped to the level.
/// @param radius of the kernel at ratio 1 [px]: 1 bilinear, 2 cubic
COGMILL_HD inline Range support(const Axis& axis, int radius, std::int64_t dst) {
  const double center = (static_cast<double>(dst) + 0.5) * axis.ratio();
  const double scaled = radius / std::min(1.0, 1.0 / axis.ratio());
  const auto begin = static_cast<std::int64_t>(std::floor(center - scaled + 0.5));
  const auto end = static_cast<std::int64_t>(center + scaled + 0.5);
  return {std::max<std::int64_t>(begin, 0), std::min(end, axis.src_size)};
}

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

/// Rounds half away from zero (as GDAL: by adding 0.5 and cutting) and saturates; NaN becomes 0. In
/// floats every NaN becomes the same one: processors differ in what they make of it.
template <class T>
COGMILL_HD inline T to_pixel(Work<T> value) {
  using W = Work<T>;
  if constexpr (std::is_floating_point_v<T>) {
    return value == value ? value : std::numeric_limits<T>::quiet_NaN();
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
    constexpr double kTooLarge =
        2.0 * static_cast<double>(std::uint64_t{1} << (std::numeric_limits<T>::digits - 1));
    if (!(value == value)) return T{0};
    double v = value;
    if (std::fabs(v) < kIntegral) v = v >= 0 ? v + 0.5 : v - 0.5;
    if (v >= kTooLarge) return std::numeric_limits<T>::max();
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
    return NodataTest<T>::around(nodata).outside();
  }
}

/// What pixels without data are in the overview of one band.
template <class T>
struct Hole {
  bool present = false;  ///< there is a nodata value
  T value{};             ///< nodata, or 0
  T other{};             ///< what a valid result that matches nodata becomes
  NodataTest<T> test{};

  Hole() = default;
  explicit Hole(const std::optional<Nodata>& nodata) {
    const std::optional<T> found = nodata ? nodata->template as<T>() : std::nullopt;
    if (!found) return;
    *this = Hole(*found);
  }
  explicit Hole(T nodata)
      : present(true),
        value(nodata),
        other(overview::beside(nodata)),
        test(NodataTest<T>::around(nodata)) {}
  /// @return a valid result, so that it stays one
  COGMILL_HD T keep_valid(T pixel) const { return present && test.matches(pixel) ? other : pixel; }
};

inline Axis columns_of(const OverviewGeometry& g) { return {g.src_width, g.dst_width}; }
inline Axis rows_of(const OverviewGeometry& g) { return {g.src_height, g.dst_height}; }

template <class T>
inline constexpr bool kSmallUnsigned = std::is_unsigned_v<T> && sizeof(T) <= 2;

/// A weighted sum becomes a pixel. GDAL compares signed means with nodata before it rounds them, so
/// that 0.25 beside nodata 0 becomes a hole; here it is what the pixel became that counts.
template <class T>
COGMILL_HD inline T mean_pixel(double value, double weight, const Hole<T>& hole) {
  const double mean = value / weight;
  T pixel;
  if constexpr (kSmallUnsigned<T>)
    pixel = static_cast<T>(static_cast<int>(mean > 0 ? mean + 0.5 : 0.0));
  else
    pixel = to_pixel<T>(static_cast<Work<T>>(mean));
  return weight > 0 ? hole.keep_valid(pixel) : hole.value;
}

/// Mean of 2x2 small integers, rounded half up.   @param a two pixels   @param b those below
template <class T>
COGMILL_HD inline T mean_of_square(const T* a, const T* b) {
  const int sum = a[0] + a[1] + b[0] + b[1];
  return static_cast<T>((sum + 2) >> 2);
}

/// Mean of the valid ones of 2x2 small integers. Exact in float: sums stay below 2^24 and a
/// quotient by 1 to 4 is no nearer to the next .5 than float can tell.
template <class T>
COGMILL_HD inline T mean_of_valid_square(const T* a, const T* b, const std::uint8_t* ok_a,
                                         const std::uint8_t* ok_b, T invalid, T other) {
  const int n = ok_a[0] + ok_a[1] + ok_b[0] + ok_b[1];
  const int sum = a[0] * ok_a[0] + a[1] * ok_a[1] + b[0] * ok_b[0] + b[1] * ok_b[1];
  const float mean = static_cast<float>(sum) / static_cast<float>(n > 0 ? n : 1);
  const int pixel = static_cast<int>(mean + 0.5F);
  return static_cast<T>(n == 0 ? invalid : (pixel == invalid ? other : pixel));
}

/// Mean of 2x2 in the working type. Floating-point sums depend on their order; GDAL's vector code
/// adds column pairs, its scalar code, used for the last dst_width % 4 (double: 2) columns of a
/// level, runs along the rows. A quarter of each first, so that nothing overflows.
template <class T, bool ByColumns>
COGMILL_HD inline T mean_of_quarters(const T* a, const T* b) {
  using W = Work<T>;
  constexpr W kQuarter = W(0.25);
  const W a0 = kQuarter * static_cast<W>(a[0]), a1 = kQuarter * static_cast<W>(a[1]);
  const W b0 = kQuarter * static_cast<W>(b[0]), b1 = kQuarter * static_cast<W>(b[1]);
  return to_pixel<T>(ByColumns ? (a0 + b0) + (a1 + b1) : a0 + a1 + b0 + b1);
}

/// @return how many columns of the block are added by column pairs; negative or too many: none, all
template <class T>
std::int64_t columns_by_pairs(const OverviewGeometry& g) {
  constexpr std::int64_t kLanes = sizeof(Work<T>) == 4 ? 4 : 2;
  return g.dst_width / kLanes * kLanes - g.dst_col;
}

/// Kernel at distance x [destination px]: Keys' cubic with a = -0.5, or a triangle.
COGMILL_HD inline double convolution_kernel(bool cubic, double x) {
  const double d = std::fabs(x);
  if (!cubic) return d <= 1.0 ? 1.0 - d : 0.0;
  if (d <= 1.0) return d * d * (1.5 * d - 2.5) + 1.0;
  if (d <= 2.0) return d * d * (-0.5 * d + 2.5) - 4.0 * d + 2.0;
  return 0.0;
}

/// The weight of source pixel `src` for destination pixel `dst`, as it is.
COGMILL_HD inline double raw_weight(bool cubic, const Axis& axis, std::int64_t dst,
                                    std::int64_t src) {
  const double scale = std::min(1.0, 1.0 / axis.ratio());
  const double center = (static_cast<double>(dst) + 0.5) * axis.ratio();
  return convolution_kernel(cubic, scale * (static_cast<double>(src) - center + 0.5));
}

/// A kernel with negative weights makes nothing sensible of a few scattered pixels: GDAL asks for
/// half of the taps in one piece.
class LongestRun {
 public:
  COGMILL_HD void add(bool ok) {
    current_ = ok ? current_ + 1 : 0;
    longest_ = std::max(longest_, current_);
  }
  COGMILL_HD bool enough(std::int64_t taps) const { return longest_ >= taps / 2; }

 private:
  std::int64_t current_ = 0, longest_ = 0;
};

/// A filtered sum becomes a pixel.
template <class T>
COGMILL_HD inline T filtered_pixel(double sum, bool ok, const Hole<T>& hole) {
  const T pixel = hole.keep_valid(to_pixel<T>(static_cast<Work<T>>(sum)));
  return ok ? pixel : hole.value;
}

}  // namespace cogmill::kernels::overview
