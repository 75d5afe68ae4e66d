// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/tile_pack.hpp"

#include "kernels/unaligned.hpp"

#include <array>
#include <cstring>

namespace cogmill::kernels {
namespace {

std::size_t as_size(std::int64_t n) { return static_cast<std::size_t>(n); }

/// Interleaves N rows; N is fixed so that the loop becomes vector shuffles.
template <class T, std::size_t N>
void interleave_fixed(std::span<const ConstPlane> planes, std::int64_t row, std::int64_t width,
                      std::byte* __restrict to) {
  std::array<const std::byte*, N> from;
  for (std::size_t p = 0; p < N; ++p) from[p] = planes[p].row(row);
  constexpr auto kStep = static_cast<std::int64_t>(N);
  for (std::int64_t i = 0; i < width; ++i)
    for (std::int64_t p = 0; p < kStep; ++p) store(to, i * kStep + p, load<T>(from[as_size(p)], i));
}

template <class T>
void interleave_any(std::span<const ConstPlane> planes, std::int64_t row, std::int64_t width,
                    std::byte* __restrict to) {
  const auto n = static_cast<std::int64_t>(planes.size());
  for (std::int64_t p = 0; p < n; ++p) {
    const std::byte* from = planes[as_size(p)].row(row);
    for (std::int64_t i = 0; i < width; ++i) store(to, i * n + p, load<T>(from, i));
  }
}

template <class T>
void interleave(std::span<const ConstPlane> planes, std::int64_t row, std::int64_t width,
                std::byte* to) {
  switch (planes.size()) {
    case 1:
      std::memcpy(to, planes[0].row(row), as_size(width) * sizeof(T));
      return;
    case 2:
      return interleave_fixed<T, 2>(planes, row, width, to);
    case 3:
      return interleave_fixed<T, 3>(planes, row, width, to);
    case 4:
      return interleave_fixed<T, 4>(planes, row, width, to);
    default:
      return interleave_any<T>(planes, row, width, to);
  }
}

/// to[i] = element i * N of `from`; N = 0: `step` instead.
template <class T, std::int64_t N>
void gather(const std::byte* __restrict from, std::int64_t step, std::int64_t width,
            std::byte* __restrict to) {
  const std::int64_t fixed_step = N == 0 ? step : N;
  for (std::int64_t i = 0; i < width; ++i) store(to, i, load<T>(from, i * fixed_step));
}

template <class T>
void take_sample(const std::byte* from, std::int64_t samples, std::int64_t width, std::byte* to) {
  switch (samples) {
    case 1:
      std::memcpy(to, from, as_size(width) * sizeof(T));
      return;
    case 2:
      return gather<T, 2>(from, samples, width, to);
    case 3:
      return gather<T, 3>(from, samples, width, to);
    case 4:
      return gather<T, 4>(from, samples, width, to);
    default:
      return gather<T, 0>(from, samples, width, to);
  }
}

/// The eight bits that say which bytes are not zero, the first byte in the most significant one.
std::byte nonzero_bits(std::uint64_t bytes) {
  constexpr std::uint64_t kLow7 = 0x7F7F7F7F7F7F7F7F;
  const std::uint64_t flags = (((bytes & kLow7) + kLow7) | bytes) & ~kLow7;
  return static_cast<std::byte>(((flags >> 7) * 0x8040201008040201) >> 56);
}

/// Eight mask bytes for every value of eight bits.
constexpr auto kMaskBytes = [] {
  std::array<std::uint64_t, 256> table = {};
  for (std::uint64_t bits = 0; bits < 256; ++bits)
    for (unsigned i = 0; i < 8; ++i)
      if ((bits >> (7 - i) & 1) != 0) table[bits] |= std::uint64_t{0xFF} << (8 * i);
  return table;
}();

}  // namespace

void pack_tile(std::span<const ConstPlane> planes, std::int64_t tile_width,
               std::int64_t tile_height, std::span<std::byte> tile) {
  const auto width = planes[0].width;
  const auto height = planes[0].height;
  const auto pixel_bytes =
      size_bytes(planes[0].type) * static_cast<std::int64_t>(planes.size());  // all samples
  const auto row_bytes = tile_width * pixel_bytes;
  const auto repeat = [&](const std::byte* pixel, std::byte* row, std::int64_t first) {
    for (std::int64_t c = first; c < tile_width; ++c)
      std::memcpy(row + c * pixel_bytes, pixel, as_size(pixel_bytes));
  };
  visit_pixel_size(size_bytes(planes[0].type), [&]<class T>(T) {
    for (std::int64_t r = 0; r < height; ++r) {
      std::byte* row = tile.data() + r * row_bytes;
      interleave<T>(planes, r, width, row);
      repeat(row + (width - 1) * pixel_bytes, row, width);
    }
  });
  if (height == tile_height) return;
  std::byte* const below = tile.data() + height * row_bytes;
  repeat(below - row_bytes + (width - 1) * pixel_bytes, below, 0);
  for (std::int64_t r = height + 1; r < tile_height; ++r)
    std::memcpy(tile.data() + r * row_bytes, below, as_size(row_bytes));
}

void unpack_tile(std::span<const std::byte> tile, std::int64_t tile_width,
                 std::int64_t tile_samples, std::int64_t col0, std::int64_t row0,
                 std::span<const int> samples, std::span<const Plane> planes) {
  if (planes.empty()) return;
  const auto bytes = size_bytes(planes[0].type);
  visit_pixel_size(bytes, [&]<class T>(T) {
    for (std::int64_t r = 0; r < planes[0].height; ++r) {
      const auto first = ((row0 + r) * tile_width + col0) * tile_samples;
      for (std::size_t p = 0; p < planes.size(); ++p)
        take_sample<T>(tile.data() + (first + samples[p]) * bytes, tile_samples, planes[p].width,
                       planes[p].row(r));
    }
  });
}

void pack_mask_bits(ConstPlane mask, std::int64_t tile_width, std::int64_t tile_height,
                    std::span<std::byte> bits) {
  const auto row_bytes = (tile_width + 7) / 8;
  for (std::int64_t r = 0; r < mask.height; ++r) {
    const std::byte* from = mask.row(r);
    std::byte* to = bits.data() + r * row_bytes;
    std::int64_t c = 0;
    for (; c + 8 <= mask.width; c += 8) *to++ = nonzero_bits(load<std::uint64_t>(from + c));
    if (c < mask.width) {
      std::uint64_t rest = 0;
      std::memcpy(&rest, from + c, as_size(mask.width - c));
      *to++ = nonzero_bits(rest);
    }
    const auto end = bits.data() + (r + 1) * row_bytes;
    std::memset(to, 0, as_size(end - to));
  }
  if (tile_height > mask.height)
    std::memset(bits.data() + mask.height * row_bytes, 0,
                as_size((tile_height - mask.height) * row_bytes));
}

void unpack_mask_bits(std::span<const std::byte> bits, std::int64_t tile_width, std::int64_t col0,
                      std::int64_t row0, Plane mask) {
  const auto row_bytes = (tile_width + 7) / 8;
  for (std::int64_t r = 0; r < mask.height; ++r) {
    const std::byte* from = bits.data() + (row0 + r) * row_bytes;
    std::byte* to = mask.row(r);
    std::int64_t c = 0;
    if (col0 % 8 == 0)
      for (; c + 8 <= mask.width; c += 8)
        store(to + c, 0, kMaskBytes[std::to_integer<std::size_t>(from[(col0 + c) / 8])]);
    for (; c < mask.width; ++c) {
      const auto byte = std::to_integer<unsigned>(from[(col0 + c) / 8]);
      to[c] = (byte >> (7 - (col0 + c) % 8) & 1) != 0 ? std::byte{255} : std::byte{0};
    }
  }
}

bool is_constant(ConstPlane plane, const std::byte* pixel) {
  const auto bytes = as_size(size_bytes(plane.type));
  const auto rest = as_size(plane.width - 1) * bytes;
  for (std::int64_t r = 0; r < plane.height && plane.width > 0; ++r) {
    const std::byte* row = plane.row(r);
    if (std::memcmp(row, pixel, bytes) != 0) return false;
    // A row that equals itself shifted by one pixel repeats its first pixel.
    if (std::memcmp(row, row + bytes, rest) != 0) return false;
  }
  return true;
}

void fill(Plane plane, const std::byte* pixel) {
  if (plane.width <= 0 || plane.height <= 0) return;
  visit_pixel_size(size_bytes(plane.type), [&]<class T>(T) {
    const T value = load<T>(pixel);
    for (std::int64_t r = 0; r < plane.height; ++r)
      for (std::int64_t c = 0; c < plane.width; ++c) store(plane.row(r), c, value);
  });
}

}  // namespace cogmill::kernels
