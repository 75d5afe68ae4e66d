// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/predictor.hpp"

#include "kernels/unaligned.hpp"

#include <array>
#include <concepts>
#include <cstring>
#include <stdexcept>

namespace cogmill::kernels {
namespace {

/// to[i] = from[i] - from[i - step]; the buffers do not overlap.
template <class T>
void subtract_neighbours(const std::byte* __restrict from, std::byte* __restrict to,
                         std::int64_t count, std::int64_t step) {
  std::memcpy(to, from, static_cast<std::size_t>(step) * sizeof(T));
  for (std::int64_t i = step; i < count; ++i)
    store(to, i, static_cast<T>(load<T>(from, i) - load<T>(from, i - step)));
}

/// to[i] = from[i] + to[i - Step]: `Step` running sums that stay in registers.
/// `from` may be `to`.
template <class T, std::size_t Step>
void add_neighbours_fixed(const std::byte* from, std::byte* to, std::int64_t count) {
  std::array<T, Step> sums = {};
  for (std::int64_t i = 0; i < count;)
    for (T& sum : sums) {
      sum = static_cast<T>(sum + load<T>(from, i));
      store(to, i++, sum);
    }
}

/// @pre count is a multiple of step
template <class T>
void add_neighbours(const std::byte* from, std::byte* to, std::int64_t count, std::int64_t step) {
  switch (step) {
    case 1:
      return add_neighbours_fixed<T, 1>(from, to, count);
    case 2:
      return add_neighbours_fixed<T, 2>(from, to, count);
    case 3:
      return add_neighbours_fixed<T, 3>(from, to, count);
    case 4:
      return add_neighbours_fixed<T, 4>(from, to, count);
    default:
      std::memmove(to, from, static_cast<std::size_t>(step) * sizeof(T));
      for (std::int64_t i = step; i < count; ++i)
        store(to, i, static_cast<T>(load<T>(from, i) + load<T>(to, i - step)));
  }
}

/// Sorts the bytes of `count` elements into planes, most significant first.
template <class T>
void split_bytes(const std::byte* __restrict from, std::byte* __restrict to, std::int64_t count) {
  for (std::size_t plane = 0; plane < sizeof(T); ++plane) {
    const auto shift = 8 * (sizeof(T) - 1 - plane);
    std::byte* __restrict out = to + static_cast<std::int64_t>(plane) * count;
    for (std::int64_t i = 0; i < count; ++i)
      out[i] = static_cast<std::byte>(load<T>(from, i) >> shift);
  }
}

template <class T>
void join_bytes(const std::byte* __restrict from, std::byte* __restrict to, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    T value = 0;
    for (std::size_t plane = 0; plane < sizeof(T); ++plane)
      value = static_cast<T>(
          value << 8 | std::to_integer<T>(from[static_cast<std::int64_t>(plane) * count + i]));
    store(to, i, value);
  }
}

/// What one row needs to know.
struct Row {
  std::int64_t count;  ///< elements
  std::int64_t step;   ///< samples
  std::byte* scratch;
};

struct Apply {
  template <class T>
  static void horizontal(std::byte* row, const Row& r) {
    std::memcpy(r.scratch, row, static_cast<std::size_t>(r.count) * sizeof(T));
    subtract_neighbours<T>(r.scratch, row, r.count, r.step);
  }
  template <class T>
  static void floating_point(std::byte* row, const Row& r) {
    split_bytes<T>(row, r.scratch, r.count);
    subtract_neighbours<std::uint8_t>(r.scratch, row,
                                      r.count * static_cast<std::int64_t>(sizeof(T)), r.step);
  }
};

struct Undo {
  template <class T>
  static void horizontal(std::byte* row, const Row& r) {
    add_neighbours<T>(row, row, r.count, r.step);
  }
  template <class T>
  static void floating_point(std::byte* row, const Row& r) {
    add_neighbours<std::uint8_t>(row, r.scratch, r.count * static_cast<std::int64_t>(sizeof(T)),
                                 r.step);
    join_bytes<T>(r.scratch, row, r.count);
  }
};

/// Runs one direction of one predictor over all rows.
template <class Direction>
void run(Predictor predictor, const PredictorShape& shape, std::span<std::byte> tile,
         std::span<std::byte> scratch) {
  if (predictor == Predictor::kNone || tile.empty()) return;
  const Row row = {shape.columns * shape.samples, shape.samples, scratch.data()};
  const auto row_bytes = row.count * size_bytes(shape.type);
  if (static_cast<std::int64_t>(tile.size()) != shape.rows * row_bytes ||
      static_cast<std::int64_t>(scratch.size()) < row_bytes)
    throw std::invalid_argument("the buffers of a predictor do not fit its shape");
  const bool floating = predictor == Predictor::kFloatingPoint;
  if (is_complex(shape.type) || (floating && !is_floating(shape.type)))
    throw std::invalid_argument("this predictor cannot work on this pixel type");
  visit_pixel_size(size_bytes(shape.type), [&]<class T>(T) {
    if constexpr (std::unsigned_integral<T>)
      for (std::int64_t r = 0; r < shape.rows; ++r)
        floating ? Direction::template floating_point<T>(tile.data() + r * row_bytes, row)
                 : Direction::template horizontal<T>(tile.data() + r * row_bytes, row);
  });
}

template <class T>
void reverse_bytes(std::span<std::byte> data) {
  const auto count = static_cast<std::int64_t>(data.size() / sizeof(T));
  for (std::int64_t i = 0; i < count; ++i) {
    const T value = load<T>(data.data(), i);
    T reversed = 0;
    for (std::size_t b = 0; b < sizeof(T); ++b)
      reversed = static_cast<T>(reversed << 8 | ((value >> (8 * b)) & 0xFF));
    store(data.data(), i, reversed);
  }
}

}  // namespace

void apply_predictor(Predictor predictor, const PredictorShape& shape, std::span<std::byte> tile,
                     std::span<std::byte> scratch) {
  run<Apply>(predictor, shape, tile, scratch);
}

void undo_predictor(Predictor predictor, const PredictorShape& shape, std::span<std::byte> tile,
                    std::span<std::byte> scratch) {
  run<Undo>(predictor, shape, tile, scratch);
}

void swap_bytes(std::span<std::byte> data, std::int64_t element_bytes) {
  switch (element_bytes) {
    case 1:
      return;
    case 2:
      return reverse_bytes<std::uint16_t>(data);
    case 4:
      return reverse_bytes<std::uint32_t>(data);
    case 8:
      return reverse_bytes<std::uint64_t>(data);
    default:
      throw std::invalid_argument("elements have 1, 2, 4 or 8 bytes");
  }
}

}  // namespace cogmill::kernels
