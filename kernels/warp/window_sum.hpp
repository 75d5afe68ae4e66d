// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/fetched.hpp"
#include "kernels/host_device.hpp"
#include "kernels/plane.hpp"

#include <cstdint>
#include <cstring>

/// Weighted sums of the samples of a rectangle of a block.
namespace cogmill::kernels::warp {

/// A rectangle of samples with a weight for each column and each row.
/// @tparam Weights an array, or what computes its elements
template <class Weights>
struct WeighedWindow {
  std::int64_t col = 0, row = 0;        ///< of the block
  std::int64_t columns = 0, rows = 0;   ///< at least 1
  Weights across = {};                  ///< weights of the columns
  Weights down = {};                    ///< and of the rows
  double across_sum = 0, down_sum = 0;  ///< of these weights
};
using SampleWindow = WeighedWindow<const double*>;

/// What is summed up. In place: vectors are not passed by value between instruction sets.
struct AsItIs {
  template <class V>
  COGMILL_HD void operator()(V&) const {}
};
struct Squared {
  template <class V>
  COGMILL_HD void operator()(V& v) const {
    v *= v;
  }
};

template <class F, class T>
COGMILL_HD inline double term(F f, T pixel) {
  double v = static_cast<double>(pixel);
  f(v);
  return v;
}

/// One column by the weights of the rows.
template <class T, class F, class Window>
COGMILL_HD inline double column_sum(F f, const T* from, std::int64_t stride, const Window& w) {
  double sum = 0;
  for (std::int64_t r = 0; r < w.rows; ++r) sum += term(f, fetched(from + r * stride)) * w.down[r];
  return sum;
}

/// All samples, weighted. Column k belongs to partial sum k % 4, in whatever steps it is computed.
template <class T, class F>
inline double window_sum(F f, PlaneView<const T> pixels, const SampleWindow& w) {
  typedef double Four __attribute__((vector_size(4 * sizeof(double))));
  typedef T FourPixels __attribute__((vector_size(4 * sizeof(T))));
  const T* const first = pixels.row(w.row) + w.col;
  Four sum = {0, 0, 0, 0};
  std::int64_t c = 0;
  for (; c + 4 <= w.columns; c += 4) {
    Four column = {0, 0, 0, 0};
    const T* from = first + c;
    for (std::int64_t r = 0; r < w.rows; ++r, from += pixels.stride) {
      FourPixels four;
      std::memcpy(&four, from, sizeof four);
      Four v = __builtin_convertvector(four, Four);
      f(v);
      column += v * w.down[r];
    }
    Four weight;
    std::memcpy(&weight, w.across + c, sizeof weight);
    sum += column * weight;
  }
  double part[4] = {sum[0], sum[1], sum[2], sum[3]};
  for (int k = 0; c + k < w.columns; ++k)
    part[k] += column_sum(f, first + c + k, pixels.stride, w) * w.across[c + k];
  return (part[0] + part[1]) + (part[2] + part[3]);
}

/// window_sum without vectors, for the device: the same partial sums, and so the same bits.
template <class T, class F, class Window>
COGMILL_HD inline double window_sum_of_columns(F f, PlaneView<const T> pixels, const Window& w) {
  const T* const first = pixels.row(w.row) + w.col;
  double part[4] = {0, 0, 0, 0};
  std::int64_t c = 0;
  for (; c + 4 <= w.columns; c += 4) {
    double column[4] = {0, 0, 0, 0};
    const T* from = first + c;
    for (std::int64_t r = 0; r < w.rows; ++r, from += pixels.stride) {
      const double weight = w.down[r];
      for (int k = 0; k < 4; ++k) column[k] += term(f, fetched(from + k)) * weight;
    }
    for (int k = 0; k < 4; ++k) part[k] += column[k] * w.across[c + k];
  }
  for (int k = 0; k < 3; ++k)
    if (c + k < w.columns)
      part[k] += column_sum(f, first + c + k, pixels.stride, w) * w.across[c + k];
  return (part[0] + part[1]) + (part[2] + part[3]);
}

struct MaskedSum {
  double value = 0, weight = 0;
  std::int64_t valid = 0;  ///< samples
};

/// The weighted sum of the valid samples only, and of their weights.
template <class T, class F, class Window>
COGMILL_HD inline MaskedSum masked_sum(F f, PlaneView<const T> pixels,
                                       PlaneView<const std::uint8_t> valid, const Window& w) {
  MaskedSum sum;
  for (std::int64_t r = 0; r < w.rows; ++r) {
    const T* const from = pixels.row(w.row + r) + w.col;
    const std::uint8_t* const ok = valid.row(w.row + r) + w.col;
    double value = 0, weight = 0;
    for (std::int64_t c = 0; c < w.columns; ++c) {
      const bool counts = fetched(ok + c) != 0;
      value += counts ? term(f, fetched(from + c)) * w.across[c] : 0.0;
      weight += counts ? w.across[c] : 0.0;
      sum.valid += counts;
    }
    sum.value += value * w.down[r];
    sum.weight += weight * w.down[r];
  }
  return sum;
}

/// @return whether every sample of the window is valid
inline bool is_whole(PlaneView<const std::uint8_t> valid, const SampleWindow& w) {
  if (valid.data == nullptr) return true;
  for (std::int64_t r = 0; r < w.rows; ++r)
    if (std::memchr(valid.row(w.row + r) + w.col, 0, static_cast<std::size_t>(w.columns)) !=
        nullptr)
      return false;
  return true;
}

/// is_whole byte by byte, for the device, which has no memchr.
template <class Window>
COGMILL_HD inline bool is_whole_by_bytes(PlaneView<const std::uint8_t> valid, const Window& w) {
  if (valid.data == nullptr) return true;
  for (std::int64_t r = 0; r < w.rows; ++r) {
    const std::uint8_t* const ok = valid.row(w.row + r) + w.col;
    for (std::int64_t c = 0; c < w.columns; ++c)
      if (fetched(ok + c) == 0) return false;
  }
  return true;
}

}  // namespace cogmill::kernels::warp
