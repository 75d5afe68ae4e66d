// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/block_part.hpp"
#include "kernels/cuda/bytewise.hpp"
#include "kernels/cuda/vector_access.hpp"

#include <cstddef>
#include <cstdint>

/// What one lane of a warp does to unpack a row of a block: it reads some pixels, sums them, adds
/// what the lanes before it have summed, and writes them. No CUDA in it: a test runs it on the
/// host.
namespace cogmill::kernels::cuda {

inline constexpr unsigned kLanesOfWarp = 32;

/// Samples that are unpacked together.
inline constexpr unsigned kMostUnpacked = 4;

struct UnpackJob {
  const std::byte* raw = nullptr;
  const BlockPart* parts = nullptr;
  std::int64_t count = 0;
  std::int64_t columns = 0;  ///< of a block
  unsigned samples = 1;      ///< elements of a pixel in the blocks
  unsigned components = 1;   ///< elements of a pixel in a plane
  bool swap = false;
  unsigned sample[kMostUnpacked] = {};      ///< which ones this launch takes
  std::byte* to[kMostUnpacked] = {};        ///< the plane of each, from its component on
  std::int64_t stride[kMostUnpacked] = {};  ///< [elements]
};

/// Pixels of a lane: about 32 bytes, and not more elements than registers hold well.
template <class T, unsigned S>
inline constexpr unsigned kUnpackPixels = [] {
  unsigned pixels = 16;
  while (pixels > 2 && (pixels * S > 16 || pixels * S * sizeof(T) > 32)) pixels /= 2;
  return pixels;
}();

/// Elements of S samples, pixel by pixel.
template <class T, unsigned S>
struct LanePixels {
  static constexpr unsigned kPixels = kUnpackPixels<T, S>;
  T v[kPixels * S];
};

template <Predictor P, class T>
COGMILL_HD inline T sum_of(T a, T b) {
  if constexpr (P == Predictor::kFloatingPoint)
    return add_bytes(a, b);
  else
    return static_cast<T>(a + b);
}

template <class T>
COGMILL_HD inline T reversed(T value) {
  T result = 0;
  for (unsigned b = 0; b < sizeof(T); ++b)
    result = static_cast<T>(result << (sizeof(T) > 1 ? 8 : 0) | ((value >> (8 * b)) & 0xFF));
  return result;
}

/// Reads N elements of a row from column `x` on; those behind the last column are 0.
/// @param Packed all samples of the blocks are taken, in their order
template <unsigned S, bool Packed, unsigned N, class E>
COGMILL_HD inline void read_run(const UnpackJob& job, const E* row, std::int64_t x, E (&to)[N]) {
  const std::int64_t left = job.columns - x;
  constexpr std::int64_t kPixels = N / S;
  const auto pixels = static_cast<unsigned>(left < 0 ? 0 : left < kPixels ? left : kPixels);
  if constexpr (Packed) {
    load_run(row + x * S, pixels * S, to);
  } else {
    for (unsigned k = 0; k < N / S; ++k)
      for (unsigned s = 0; s < S; ++s)
        to[k * S + s] = k < pixels ? row[(x + k) * job.samples + job.sample[s]] : E{0};
  }
}

/// The pixels from column `x` on, as stored: of the floating-point predictor the bytes of each
/// element, which stand apart.
template <class T, unsigned S, Predictor P, bool Packed>
COGMILL_HD inline LanePixels<T, S> read_pixels(const UnpackJob& job, const std::byte* row,
                                               std::int64_t x) {
  LanePixels<T, S> lane;
  constexpr unsigned kElements = LanePixels<T, S>::kPixels * S;
  if constexpr (P == Predictor::kFloatingPoint) {
    for (unsigned i = 0; i < kElements; ++i) lane.v[i] = 0;
    for (unsigned plane = 0; plane < sizeof(T); ++plane) {
      std::uint8_t bytes[kElements];
      read_run<S, Packed>(
          job, reinterpret_cast<const std::uint8_t*>(row) + plane * job.columns * job.samples, x,
          bytes);
      for (unsigned i = 0; i < kElements; ++i)
        lane.v[i] = static_cast<T>(lane.v[i] << 8 | bytes[i]);
    }
  } else {
    read_run<S, Packed>(job, reinterpret_cast<const T*>(row), x, lane.v);
    if (job.swap)
      for (T& v : lane.v) v = reversed(v);
  }
  return lane;
}

/// Running sums of a lane's own pixels.
template <Predictor P, class T, unsigned S>
COGMILL_HD inline void sum_up(LanePixels<T, S>& lane) {
  for (unsigned i = S; i < LanePixels<T, S>::kPixels * S; ++i)
    lane.v[i] = sum_of<P>(lane.v[i], lane.v[i - S]);
}

/// @return what a lane's pixels add to those behind it, after sum_up
template <class T, unsigned S>
COGMILL_HD inline T total_of(const LanePixels<T, S>& lane, unsigned sample) {
  return lane.v[(LanePixels<T, S>::kPixels - 1) * S + sample];
}

template <Predictor P, class T, unsigned S>
COGMILL_HD inline void add_before(LanePixels<T, S>& lane, unsigned sample, T before) {
  for (unsigned k = 0; k < LanePixels<T, S>::kPixels; ++k)
    lane.v[k * S + sample] = sum_of<P>(lane.v[k * S + sample], before);
}

/// The sums of the floating-point predictor go on from one plane of bytes to the next.
/// @param total of all the row's pixels, byte by byte   @return what each plane begins with
template <class T>
COGMILL_HD inline T sums_before_planes(T total) {
  T before = 0;
  unsigned sum = 0;
  for (unsigned plane = 0; plane < sizeof(T); ++plane) {
    before = static_cast<T>(before | static_cast<T>(sum & 0xFF) << (8 * (sizeof(T) - 1 - plane)));
    sum += byte_of(total, plane);
  }
  return before;
}

/// Writes what lies in the part's window.   @param row of the window   @param x column of the block
template <class T, unsigned S>
COGMILL_HD inline void write_pixels(const UnpackJob& job, const BlockPart& part, std::int64_t row,
                                    std::int64_t x, const LanePixels<T, S>& lane) {
  constexpr unsigned kPixels = LanePixels<T, S>::kPixels;
  const std::int64_t col = x - part.col;  // of the window
  if (col <= -std::int64_t{kPixels} || col >= part.width) return;
  const bool whole = col >= 0 && col + std::int64_t{kPixels} <= part.width;
  for (unsigned s = 0; s < S; ++s) {
    T* to = reinterpret_cast<T*>(job.to[s]) + (part.to_row + row) * job.stride[s] +
            (part.to_col + col) * job.components;
    T pixels[kPixels];
    for (unsigned k = 0; k < kPixels; ++k) pixels[k] = lane.v[k * S + s];
    if (whole && job.components == 1) {
      store_run(pixels, kPixels, to);
    } else {
      for (unsigned k = 0; k < kPixels; ++k)
        if (col + k >= 0 && col + k < part.width) to[std::int64_t{k} * job.components] = pixels[k];
    }
  }
}

/// The column a row is read from: sums begin at its first.
template <class T, unsigned S, Predictor P>
COGMILL_HD inline std::int64_t first_column(const BlockPart& part) {
  constexpr std::int64_t kPixels = LanePixels<T, S>::kPixels;
  return P == Predictor::kNone ? part.col / kPixels * kPixels : 0;
}

template <class T>
COGMILL_HD inline const std::byte* row_of(const UnpackJob& job, const BlockPart& part,
                                          std::int64_t row) {
  return job.raw + part.offset +
         (part.row + row) * job.columns * job.samples * static_cast<std::int64_t>(sizeof(T));
}

}  // namespace cogmill::kernels::cuda
