// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/bytewise.hpp"
#include "kernels/cuda/tile_run.hpp"
#include "kernels/cuda/vector_access.hpp"
#include "kernels/predictor.hpp"

#include <cstddef>
#include <cstdint>

/// What one thread does to pack tiles: it reads a few pixels of every plane, and those before them,
/// and writes their differences. No CUDA in it: a test runs it on the host.
namespace cogmill::kernels::cuda {

/// One band, in a table that may be long.
struct PackPlane {
  const std::byte* data = nullptr;
  std::int64_t stride = 0;  ///< [px]
};

struct PackJob {
  const PackPlane* planes = nullptr;
  std::int64_t width = 0, height = 0;  ///< of the planes
  TileRun run = {};
  unsigned components = 1;  ///< of a pixel of one plane: 2 where it is complex
  unsigned samples = 1;     ///< components of all planes
  std::byte* tiles = nullptr;
};

/// Samples below this have code of their own.
inline constexpr unsigned kMostFixedSamples = 4;

/// Elements of T that a thread writes where the number of samples is not fixed.
template <class T, Predictor P>
inline constexpr unsigned kLooseElements = P == Predictor::kFloatingPoint ? 16 : 16 / sizeof(T);

/// Pixels a thread packs: whole accesses of 16 bytes, read or written.
template <class T, unsigned Samples, Predictor P>
inline constexpr unsigned kPackPixels = P == Predictor::kFloatingPoint ? 16 / Samples
                                                                       : 16 / sizeof(T);

/// The row of a tile as it is read: padding repeats the last pixel, as kernels::pack_tile has it.
struct PackRow {
  TileWindow window;
  std::int64_t columns;  ///< that are no padding
  std::int64_t source_row;
  std::byte* out;
};

template <class T>
COGMILL_HD inline PackRow pack_row(const PackJob& job, std::int64_t tile, std::int64_t row) {
  const TileWindow window = window_of(job.run, job.run.first + tile, job.width, job.height);
  const bool is_padding = row >= window.height;
  const std::int64_t inside = is_padding ? window.height - 1 : row;
  const std::int64_t row_bytes =
      job.run.tile_width * job.samples * static_cast<std::int64_t>(sizeof(T));
  return {window, is_padding ? 0 : window.width, window.row + inside,
          job.tiles + (tile * job.run.tile_height + row) * row_bytes};
}

/// The first component `sample` of the tile's row; the next pixel's is `components` further.
template <class T>
COGMILL_HD inline const T* samples_of(const PackJob& job, const PackRow& row, unsigned sample) {
  const PackPlane plane = job.planes[sample / job.components];
  return reinterpret_cast<const T*>(plane.data) +
         (row.source_row * plane.stride + row.window.col) * job.components +
         sample % job.components;
}

template <class T>
COGMILL_HD inline T pixel_at(const PackJob& job, const PackRow& row, const T* samples,
                             std::int64_t x) {
  return samples[(x < row.columns ? x : row.window.width - 1) * job.components];
}

/// What the first pixel of a row is compared with. Under the floating-point predictor every plane
/// of bytes goes on from the end of the one before it, which is the last pixel one byte lower.
template <class T, Predictor P>
COGMILL_HD inline T before_row(const PackJob& job, const PackRow& row, const T* samples) {
  if constexpr (P == Predictor::kFloatingPoint)
    return static_cast<T>(pixel_at(job, row, samples, job.run.tile_width - 1) >> 8);
  else
    return T{0};
}

template <class T, Predictor P>
COGMILL_HD inline T difference(T value, T before) {
  if constexpr (P == Predictor::kHorizontal)
    return static_cast<T>(value - before);
  else if constexpr (P == Predictor::kFloatingPoint)
    return subtract_bytes(value, before);
  else
    return value;
}

/// Writes N elements of a row from element `at` on.
template <class T, Predictor P, unsigned N>
COGMILL_HD inline void write_elements(const PackJob& job, const PackRow& row, std::int64_t at,
                                      const T (&elements)[N]) {
  if constexpr (P == Predictor::kFloatingPoint) {
    const std::int64_t count = job.run.tile_width * job.samples;
    for (unsigned plane = 0; plane < sizeof(T); ++plane) {
      Words<N> bytes;
      for (unsigned i = 0; i < N; ++i)
        bytes.template put<std::uint8_t>(i, byte_of(elements[i], plane));
      bytes.store(row.out + plane * count + at);
    }
  } else {
    Words<N * sizeof(T)> words;
    for (unsigned i = 0; i < N; ++i) words.put(i, elements[i]);
    words.store(row.out + at * static_cast<std::int64_t>(sizeof(T)));
  }
}

/// Packs kPackPixels pixels of a row, from number `group` of them on.
template <class T, unsigned Samples, Predictor P>
COGMILL_HD inline void pack_pixels(const PackJob& job, const PackRow& row, std::int64_t group) {
  constexpr unsigned kPixels = kPackPixels<T, Samples, P>;
  const std::int64_t x = group * kPixels;
  const bool whole = job.components == 1 && x + kPixels <= row.columns;
  T elements[kPixels * Samples];
  for (unsigned s = 0; s < Samples; ++s) {
    const T* samples = samples_of<T>(job, row, s);
    T values[kPixels];
    if (whole)
      load_run(samples + x, kPixels, values);
    else
      for (unsigned i = 0; i < kPixels; ++i) values[i] = pixel_at(job, row, samples, x + i);
    T before{};
    if constexpr (P != Predictor::kNone)
      before = x == 0 ? before_row<T, P>(job, row, samples) : pixel_at(job, row, samples, x - 1);
    for (unsigned i = 0; i < kPixels; ++i) {
      elements[i * Samples + s] = difference<T, P>(values[i], before);
      before = values[i];
    }
  }
  write_elements<T, P>(job, row, x * Samples, elements);
}

/// Packs kLooseElements of a row, wherever they lie, of any number of samples a pixel.
template <class T, Predictor P>
COGMILL_HD inline void pack_elements(const PackJob& job, const PackRow& row, std::int64_t group) {
  constexpr unsigned kElements = kLooseElements<T, P>;
  const std::int64_t at = group * kElements;
  std::int64_t x = at / job.samples;
  auto sample = static_cast<unsigned>(at - x * job.samples);
  T elements[kElements];
  for (unsigned i = 0; i < kElements; ++i) {
    const T* samples = samples_of<T>(job, row, sample);
    const T value = pixel_at(job, row, samples, x);
    T before{};
    if constexpr (P != Predictor::kNone)
      before = x == 0 ? before_row<T, P>(job, row, samples) : pixel_at(job, row, samples, x - 1);
    elements[i] = difference<T, P>(value, before);
    if (++sample == job.samples) {
      sample = 0;
      ++x;
    }
  }
  write_elements<T, P>(job, row, at, elements);
}

/// How many calls of pack_group a row of a tile needs.
template <class T, unsigned Samples, Predictor P>
COGMILL_HD inline std::int64_t groups_of_row(const PackJob& job) {
  if constexpr (Samples > 0)
    return job.run.tile_width / kPackPixels<T, Samples, P>;
  else
    return job.run.tile_width * job.samples / kLooseElements<T, P>;
}

/// @param Samples of the job, or 0 for any number   @param tile counted from the run's first
template <class T, unsigned Samples, Predictor P>
COGMILL_HD inline void pack_group(const PackJob& job, std::int64_t tile, std::int64_t row,
                                  std::int64_t group) {
  const PackRow at = pack_row<T>(job, tile, row);
  if constexpr (Samples > 0)
    pack_pixels<T, Samples, P>(job, at, group);
  else
    pack_elements<T, P>(job, at, group);
}

/// Calls f.operator()<T, Samples, P>() with what fits the job: the one place of this choice.
template <Predictor P, class T, class F>
void visit_samples(unsigned samples, F&& f) {
  if (samples == 1) return f.template operator()<T, 1, P>();
  if (samples == 2) return f.template operator()<T, 2, P>();
  if (samples == 4) return f.template operator()<T, 4, P>();
  if constexpr (P != Predictor::kFloatingPoint)  // 16 bytes are no whole pixels of 3
    if (samples == 3) return f.template operator()<T, 3, P>();
  return f.template operator()<T, 0, P>();
}

/// @param bytes of a component
template <class F>
void visit_pack(Predictor predictor, std::int64_t bytes, unsigned samples, F&& f) {
  visit_pixel_size(bytes, [&]<class T>(T) {
    if constexpr (sizeof(T) <= 8) {
      if (predictor == Predictor::kNone) return visit_samples<Predictor::kNone, T>(samples, f);
      if (predictor == Predictor::kHorizontal)
        return visit_samples<Predictor::kHorizontal, T>(samples, f);
      if constexpr (sizeof(T) >= 4) return visit_samples<Predictor::kFloatingPoint, T>(samples, f);
    }
  });
}

/// The eight mask pixels of one byte.   @param byte of the tile's row
COGMILL_HD inline std::uint8_t mask_bits(const std::uint8_t* mask, std::int64_t stride,
                                         const TileWindow& window, std::int64_t row,
                                         std::int64_t byte) {
  if (row >= window.height) return 0;
  const std::uint8_t* pixels = mask + (window.row + row) * stride + window.col;
  unsigned bits = 0;
  for (unsigned i = 0; i < 8; ++i) {
    const std::int64_t x = byte * 8 + i;
    bits = bits << 1 | (x < window.width && pixels[x] != 0 ? 1U : 0U);
  }
  return static_cast<std::uint8_t>(bits);
}

/// A pixel's bytes; those of short ones in the first word.
struct PixelPattern {
  std::uint64_t words[2] = {};
};

/// Elements that are compared at once.
template <class T>
inline constexpr unsigned kCompared = 16 / sizeof(T);

/// @param Parts of a pixel: 2 of 16 bytes, else 1
/// @return whether one of kCompared elements of the window's row differs, from `at` on
template <class T, unsigned Parts>
COGMILL_HD inline bool differs(const PackPlane& plane, const PixelPattern& pattern,
                               const TileWindow& window, std::int64_t row, std::int64_t at) {
  constexpr unsigned kCount = kCompared<T>;
  const std::int64_t first = ((window.row + row) * plane.stride + window.col) * Parts + at;
  const std::int64_t left = window.width * Parts - at;
  const unsigned n = left < std::int64_t{kCount} ? static_cast<unsigned>(left) : kCount;
  T values[kCount];
  load_run(reinterpret_cast<const T*>(plane.data) + first, n, values);
  bool any = false;
  for (unsigned i = 0; i < kCount; ++i)
    any = any || (i < n && values[i] != static_cast<T>(pattern.words[i % Parts]));
  return any;
}

/// Calls f.operator()<T, Parts>() for pixels of so many bytes.
template <class F>
void visit_parts(std::int64_t pixel_bytes, F&& f) {
  if (pixel_bytes == 16) return f.template operator()<std::uint64_t, 2>();
  visit_pixel_size(pixel_bytes, [&]<class T>(T) {
    if constexpr (sizeof(T) <= 8) f.template operator()<T, 1>();
  });
}

}  // namespace cogmill::kernels::cuda
