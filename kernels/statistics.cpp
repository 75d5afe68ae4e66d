// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/statistics.hpp"

#include "kernels/nodata_test.hpp"
#include "kernels/statistics_point.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstring>
#include <limits>
#include <type_traits>

namespace cogmill::kernels {
namespace {

constexpr std::int64_t kBlock = kStatisticsBlock;  // short enough for narrow sums

/// Which pixels of a row count. Its flags make separate loops, none with a branch inside.
template <class T, bool HasNodata, bool HasMask>
struct Valid {
  NodataTest<T> nodata;
  const std::uint8_t* mask;

  bool operator()(T value, std::int64_t i) const {
    bool valid = true;
    if constexpr (std::floating_point<T>) valid = value == value;
    if constexpr (HasNodata) valid &= !nodata.matches(value);
    if constexpr (HasMask) valid &= mask[i] != 0;
    return valid;
  }
};

/// Calls `add(pixels, n, valid)` for every block of every row, in order.
template <class T, bool HasNodata, bool HasMask, class Add>
void for_each_block(PlaneView<const T> plane, const NodataTest<T>& nodata,
                    PlaneView<const std::uint8_t> mask, Add&& add) {
  for (std::int64_t r = 0; r < plane.height; ++r)
    for (std::int64_t c = 0; c < plane.width; c += kBlock)
      add(plane.row(r) + c, std::min(kBlock, plane.width - c),
          Valid<T, HasNodata, HasMask>{nodata, HasMask ? mask.row(r) + c : nullptr});
}

/// Sums of one block are as narrow as stays exact, because narrow ones are fast.
template <std::integral T>
struct Narrow {
  static constexpr bool is_signed = std::signed_integral<T>;
  using Sum = std::conditional_t<sizeof(T) <= 2, std::int32_t,
                                 std::conditional_t<sizeof(T) == 4, std::int64_t, Int128>>;
  using Factor =
      std::conditional_t<sizeof(T) <= 2, std::conditional_t<is_signed, std::int32_t, std::uint32_t>,
                         std::conditional_t<is_signed, std::int64_t, std::uint64_t>>;
  using Square = std::make_unsigned_t<Factor>;
};

template <std::integral T>
struct Sums : ExactSums<T> {
  static constexpr T kHighest = std::numeric_limits<T>::max();
  static constexpr T kLowest = std::numeric_limits<T>::lowest();
  using ExactSums<T>::count, ExactSums<T>::minimum, ExactSums<T>::maximum;
  using ExactSums<T>::sum, ExactSums<T>::squares;

  template <class V>
  void add(const T* pixels, std::int64_t n, const V& valid) {
    using Factor = typename Narrow<T>::Factor;
    std::uint32_t counted = 0;
    T low = minimum;
    T high = maximum;
    typename Narrow<T>::Sum total = 0;
    std::uint64_t squares_low = 0;
    std::uint64_t squares_high = 0;
    for (std::int64_t i = 0; i < n; ++i) {
      // All bits or none, as wide as the pixel: selections by arithmetic make vectors of T.
      const T keep = valid(pixels[i], i) ? static_cast<T>(-1) : T{0};
      const T value = pixels[i] & keep;
      low = std::min<T>(low, value | (kHighest & ~keep));
      high = std::max<T>(high, value | (kLowest & ~keep));
      counted += keep & 1;
      total += value;
      const auto factor = static_cast<Factor>(value);
      if constexpr (sizeof(T) <= 4) {
        const auto square = static_cast<typename Narrow<T>::Square>(factor * factor);
        squares_low += square & 0xFFFFFFFF;
        if constexpr (sizeof(T) == 4) squares_high += square >> 32;
      }
    }
    minimum = low;
    maximum = high;
    count += counted;
    sum += total;
    squares += (static_cast<Int128>(squares_high) << 32) + squares_low;
  }
};

template <std::integral T, bool HasNodata, bool HasMask>
Statistics plane_statistics(PlaneView<const T> plane, const NodataTest<T>& nodata,
                            PlaneView<const std::uint8_t> mask) {
  Sums<T> sums;
  for_each_block<T, HasNodata, HasMask>(
      plane, nodata, mask,
      [&](const T* pixels, std::int64_t n, const auto& valid) { sums.add(pixels, n, valid); });
  if (sums.count == 0) return {};
  Statistics result = sums.moments();
  if constexpr (sizeof(T) <= 4) {
    result.sum_squared_deviation = sums.squared_deviation();
  } else {
    const WideDeviation<T> deviation(sums);
    for_each_block<T, HasNodata, HasMask>(
        plane, nodata, mask, [&](const T* pixels, std::int64_t n, const auto& valid) {
          for (std::int64_t i = 0; i < n; ++i)
            if (valid(pixels[i], i)) result.sum_squared_deviation += deviation.squared(pixels[i]);
        });
  }
  return result;
}

// Pairs of doubles fit the registers of every machine.
constexpr std::int64_t kLanes = kStatisticsLanes;
constexpr std::int64_t kPairs = kLanes / 2;
using Pair [[gnu::vector_size(2 * sizeof(double))]] = double;
using Flags [[gnu::vector_size(2 * sizeof(double))]] = std::int64_t;  ///< 0 or -1

Pair select(Flags which, Pair a, Pair b) {
  return (Pair)(((Flags)a & which) | ((Flags)b & ~which));
}

/// A block of pixels as doubles, NaN where they do not count and behind the last one.
class Block {
 public:
  template <std::floating_point T, class V>
  Block(const T* pixels, std::int64_t n, const V& valid)
      : size_((n + kLanes - 1) / kLanes * kLanes) {
    constexpr auto kNone = std::numeric_limits<double>::quiet_NaN();
    for (std::int64_t i = 0; i < n; ++i)
      values_[i] = valid(pixels[i], i) ? static_cast<double>(pixels[i]) : kNone;
    for (std::int64_t i = n; i < size_; ++i) values_[i] = kNone;
  }

  /// In two passes, which find the block in the first cache.
  Statistics statistics() const {
    constexpr auto kInfinity = std::numeric_limits<double>::infinity();
    Pair low[kPairs], high[kPairs], sums[kPairs] = {};
    Flags counts[kPairs] = {};
    std::fill_n(low, kPairs, Pair{kInfinity, kInfinity});
    std::fill_n(high, kPairs, Pair{-kInfinity, -kInfinity});
    for (std::int64_t i = 0; i < size_; i += kLanes)
      for (std::int64_t p = 0; p < kPairs; ++p) {
        const Pair v = pair(i + 2 * p);
        low[p] = select(v < low[p], v, low[p]);  // a comparison with NaN is false
        high[p] = select(v > high[p], v, high[p]);
        sums[p] += select(v == v, v, Pair{});
        counts[p] -= v == v;
      }
    LaneSums lanes[kLanes];
    for (std::int64_t i = 0; i < kLanes; ++i)
      lanes[i] = {low[i / 2][i % 2], high[i / 2][i % 2], sums[i / 2][i % 2], counts[i / 2][i % 2]};
    Statistics result = combine_lanes(lanes);
    if (result.count == 0) return result;
    result.sum_squared_deviation = squared_deviation(result.mean);
    return result;
  }

 private:
  double squared_deviation(double mean) const {
    Pair squares[kPairs] = {};
    for (std::int64_t i = 0; i < size_; i += kLanes)
      for (std::int64_t p = 0; p < kPairs; ++p) {
        const Pair v = pair(i + 2 * p);
        squares[p] += select(v == v, (v - mean) * (v - mean), Pair{});
      }
    double lanes[kLanes];
    for (std::int64_t i = 0; i < kLanes; ++i) lanes[i] = squares[i / 2][i % 2];
    return combine_squares(lanes);
  }
  Pair pair(std::int64_t i) const {
    Pair v;
    std::memcpy(&v, values_ + i, sizeof v);
    return v;
  }

  std::int64_t size_;                    // a multiple of kLanes
  alignas(Pair) double values_[kBlock];  // not cleared: every element in use is written
};

template <std::floating_point T, bool HasNodata, bool HasMask>
Statistics plane_statistics(PlaneView<const T> plane, const NodataTest<T>& nodata,
                            PlaneView<const std::uint8_t> mask) {
  Statistics result;
  for_each_block<T, HasNodata, HasMask>(plane, nodata, mask,
                                        [&](const T* pixels, std::int64_t n, const auto& valid) {
                                          result.combine(Block(pixels, n, valid).statistics());
                                        });
  return result;
}

}  // namespace

bool Statistics::are_finite() const {
  return std::isfinite(minimum) && std::isfinite(maximum) && std::isfinite(mean) &&
         std::isfinite(sum_squared_deviation);
}

double Statistics::standard_deviation() const {
  return count == 0 ? 0 : std::sqrt(sum_squared_deviation / static_cast<double>(count));
}

Statistics compute_statistics(ConstPlane plane, const std::optional<Nodata>& nodata,
                              ConstPlane mask) {
  return visit_real_type(plane.type, [&]<class T>(T) {
    const auto value = nodata ? nodata->as<T>() : std::nullopt;
    const auto is_hole = NodataTest<T>::around(value.value_or(T{}));
    const PlaneView<const T> view = plane.as<T>();
    const PlaneView<const std::uint8_t> valid = mask.as<std::uint8_t>();
    if (value && mask.data) return plane_statistics<T, true, true>(view, is_hole, valid);
    if (value) return plane_statistics<T, true, false>(view, is_hole, valid);
    if (mask.data) return plane_statistics<T, false, true>(view, is_hole, valid);
    return plane_statistics<T, false, false>(view, is_hole, valid);
  });
}

}  // namespace cogmill::kernels
