// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/point_strip.hpp"
#include "kernels/warp/sampler.hpp"

#include <cstdint>
#include <cstring>

/// The loops over pixels whose samples all lie in the block: no branches, the arithmetic of
/// sampler.hpp in its order. Values of other pixels are computed too and mean nothing.
namespace cogmill::kernels::warp {

template <class T>
void load(const void* from, T& value) {
  std::memcpy(&value, from, sizeof value);
}
inline std::uint32_t load_4(const std::uint8_t* from) {
  std::uint32_t value;
  load(from, value);
  return value;
}
inline std::uint32_t load_2(const std::uint8_t* from) {
  std::uint16_t value;
  load(from, value);
  return value;
}

/// Pairs of neighbours are gathered first, so that the arithmetic becomes vectors.
template <class T, class W>
void bilinear_row(PlaneView<const T> pixels, const PointStrip<W>& at, const std::int64_t* offset,
                  W* value) {
  T upper[2 * kSegment], lower[2 * kSegment];
  const T* const first = pixels.data;
  const T* const second = pixels.data + pixels.stride;
  const int n = at.count;
  for (int i = 0; i < n; ++i) {
    std::memcpy(upper + 2 * i, first + offset[i], 2 * sizeof(T));
    std::memcpy(lower + 2 * i, second + offset[i], 2 * sizeof(T));
  }
  const W* const x = at.fraction_x.data();
  const W* const y = at.fraction_y.data();
  for (int i = 0; i < n; ++i)
    value[i] =
        bilinear_of(static_cast<W>(upper[2 * i]), static_cast<W>(upper[2 * i + 1]),
                    static_cast<W>(lower[2 * i]), static_cast<W>(lower[2 * i + 1]), x[i], y[i]);
}

/// Weights of the pixels of a strip, four after four.
template <class W>
struct CubicWeights {
  alignas(32) W x[4 * kSegment];
  alignas(32) W y[4 * kSegment];

  void set(const PointStrip<W>& at) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(at.count); ++i) {
      cubic_weights(at.fraction_x[i], x + 4 * i);
      cubic_weights(at.fraction_y[i], y + 4 * i);
    }
  }
};

/// sum_of_16 with the four columns in one vector.
template <class T, class W>
void cubic_row(PlaneView<const T> pixels, int n, const CubicWeights<W>& weights,
               const std::int64_t* offset, W* value) {
  typedef W Four __attribute__((vector_size(4 * sizeof(W))));
  typedef T FourPixels __attribute__((vector_size(4 * sizeof(T))));
  const std::int64_t stride = pixels.stride;
  for (int i = 0; i < n; ++i) {
    const T* const from = pixels.data + offset[i];
    const W* const wy = weights.y + 4 * i;
    Four row[4];
    for (int r = 0; r < 4; ++r) {
      FourPixels four;
      load(from + r * stride, four);
      row[r] = __builtin_convertvector(four, Four) * wy[r];
    }
    Four wx;
    load(weights.x + 4 * i, wx);
    const Four s = ((row[0] + row[1]) + (row[2] + row[3])) * wx;
    value[i] = (s[0] + s[1]) + (s[2] + s[3]);
  }
}

/// @return non-zero if any byte of v is zero
inline std::uint32_t zero_byte(std::uint32_t v) { return (v - 0x01010101U) & ~v & 0x80808080U; }

/// Marks the pixels that have an invalid one among their 2 x 2 or 4 x 4 samples. @return any
inline bool find_holes(PlaneView<const std::uint8_t> valid, int samples, int n,
                       const std::int64_t* offset, std::uint32_t* hole) {
  std::uint32_t any = 0;
  for (int i = 0; i < n; ++i) {
    const std::uint8_t* const from = valid.data + offset[i];
    if (samples == 2) {
      hole[i] = zero_byte(load_2(from) | load_2(from + valid.stride) << 16U);
    } else {
      hole[i] = zero_byte(load_4(from)) | zero_byte(load_4(from + valid.stride)) |
                zero_byte(load_4(from + 2 * valid.stride)) |
                zero_byte(load_4(from + 3 * valid.stride));
    }
    any |= hole[i];
  }
  return any != 0;
}

}  // namespace cogmill::kernels::warp
