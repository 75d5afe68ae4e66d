// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/warp/warp_kernel.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

/// Methods that take one of the samples. NaN is a value here: above all numbers, equal to itself.
namespace cogmill::kernels::warp {

template <class T>
COGMILL_HD bool is_below(T a, T b) {
  return a < b || (a == a && b != b);
}

/// @return the lesser (larger) of two samples; NaN only if there is nothing else
template <class T>
COGMILL_HD T extreme_of(T best, T v, bool largest) {
  return best != best || (largest ? v > best : v < best) ? v : best;
}

/// The least or largest number.
template <class T>
T extreme_of(std::span<const T> values, bool largest) {
  T best = values.front();
  for (const T v : values) best = extreme_of(best, v, largest);
  return best;
}

/// @return GDAL's rank of a quantile among n samples, from 0: that of no mean of two
COGMILL_HD inline std::int64_t rank_of(double q, std::int64_t n) {
  const double rank = std::ceil(q * static_cast<double>(n) - 1);
  return static_cast<std::int64_t>(rank < 0 ? 0 : rank);
}
COGMILL_HD inline double quantile_of(WarpResampling method) {
  return method == WarpResampling::kQ1 ? 0.25 : (method == WarpResampling::kQ3 ? 0.75 : 0.5);
}

template <class T>
T quantile_of(std::span<T> values, double q) {
  const auto at = values.begin() + rank_of(q, static_cast<std::int64_t>(values.size()));
  std::nth_element(values.begin(), at, values.end(), is_below<T>);
  return *at;
}

/// Counts of equal samples. The most frequent wins; of several the one that was complete first.
template <class T>
class ModeCounter {
 public:
  T operator()(std::span<const T> values) {
    if constexpr (sizeof(T) == 1)
      return by_table(values);
    else
      return by_order(values);
  }

 private:
  struct Sample {
    T value;
    std::uint32_t order;
  };
  struct Best {
    T value{};
    std::uint32_t count = 0, last = 0;

    void offer(T v, std::uint32_t n, std::uint32_t order) {
      if (n > count || (n == count && order < last)) *this = {v, n, order};
    }
  };

  static T by_table(std::span<const T> values) {
    std::uint32_t count[256] = {};
    Best best;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::uint32_t n = ++count[static_cast<std::uint8_t>(values[i])];
      if (n > best.count) best = {values[i], n, static_cast<std::uint32_t>(i)};
    }
    return best.value;
  }

  T by_order(std::span<const T> values) {
    samples_.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
      samples_[i] = {values[i], static_cast<std::uint32_t>(i)};
    std::sort(samples_.begin(), samples_.end(), [](const Sample& a, const Sample& b) {
      if (is_below(a.value, b.value)) return true;
      return !is_below(b.value, a.value) && a.order < b.order;
    });
    Best best;
    for (std::size_t i = 0, begin = 0; i < samples_.size(); ++i) {
      const bool ends =
          i + 1 == samples_.size() || is_below(samples_[i].value, samples_[i + 1].value);
      if (!ends) continue;
      best.offer(samples_[i].value, static_cast<std::uint32_t>(i + 1 - begin), samples_[i].order);
      begin = i + 1;
    }
    return best.value;
  }

  std::vector<Sample> samples_;
};

/// @param values at least one; reordered
template <class T>
T pick_of(WarpResampling method, std::span<T> values, ModeCounter<T>& counter) {
  switch (method) {
    case WarpResampling::kMode:
      return counter(values);
    case WarpResampling::kMin:
      return extreme_of<T>(values, false);
    case WarpResampling::kMax:
      return extreme_of<T>(values, true);
    default:
      return quantile_of(values, quantile_of(method));
  }
}

}  // namespace cogmill::kernels::warp
