// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"
#include "kernels/overview.hpp"
#include "kernels/plane.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace cogmill::kernels::test {

template <class T>
constexpr DataType type_of() {
  constexpr int kBytes = sizeof(T);
  if constexpr (std::is_floating_point_v<T>)
    return kBytes == 4 ? DataType::kFloat32 : DataType::kFloat64;
  constexpr DataType kSigned[] = {DataType::kInt8, DataType::kInt16, DataType::kInt32,
                                  DataType::kInt64};
  constexpr DataType kUnsigned[] = {DataType::kUInt8, DataType::kUInt16, DataType::kUInt32,
                                    DataType::kUInt64};
  constexpr int kLog = kBytes == 1 ? 0 : (kBytes == 2 ? 1 : (kBytes == 4 ? 2 : 3));
  return std::is_signed_v<T> ? kSigned[kLog] : kUnsigned[kLog];
}

/// A small image with as many pixels in memory as it has, so that a sanitizer sees every step
/// outside.
template <class T>
struct Image {
  std::int64_t width = 0, height = 0;
  std::vector<T> pixels;

  Image(std::int64_t w, std::int64_t h, T value = T{})
      : width(w), height(h), pixels(static_cast<std::size_t>(w * h), value) {}
  Image(std::int64_t w, std::int64_t h, std::vector<T> values)
      : width(w), height(h), pixels(std::move(values)) {}

  T& at(std::int64_t c, std::int64_t r) { return pixels[static_cast<std::size_t>(r * width + c)]; }
  T at(std::int64_t c, std::int64_t r) const {
    return pixels[static_cast<std::size_t>(r * width + c)];
  }
  Plane plane() {
    return {reinterpret_cast<std::byte*>(pixels.data()), type_of<T>(), width, height, width};
  }
  ConstPlane plane() const {
    return {reinterpret_cast<const std::byte*>(pixels.data()), type_of<T>(), width, height, width};
  }
  Image crop(std::int64_t col, std::int64_t row, std::int64_t w, std::int64_t h) const {
    Image part(w, h);
    for (std::int64_t r = 0; r < h; ++r)
      for (std::int64_t c = 0; c < w; ++c) part.at(c, r) = at(col + c, row + r);
    return part;
  }
  friend bool operator==(const Image&, const Image&) = default;
};

inline std::int64_t half(std::int64_t size) { return std::max<std::int64_t>(1, size / 2); }

template <class T>
OverviewGeometry whole(const Image<T>& src) {
  return {src.width, src.height, half(src.width), half(src.height), 0, 0, 0, 0};
}

/// The next level of a whole image.
template <class T>
Image<T> reduced(Resampling resampling, const Image<T>& src, const Validity& validity = {}) {
  Image<T> dst(half(src.width), half(src.height));
  reduce_overview(resampling, whole(src), src.plane(), validity, dst.plane());
  return dst;
}
inline Image<std::uint8_t> reduced_mask(Resampling resampling, const Image<std::uint8_t>& src) {
  Image<std::uint8_t> dst(half(src.width), half(src.height));
  reduce_mask(resampling, whole(src), src.plane(), dst.plane());
  return dst;
}

inline std::uint32_t hash(std::int64_t col, std::int64_t row, std::uint32_t salt) {
  auto h = static_cast<std::uint32_t>(col) * 0x9E3779B1U ^
           static_cast<std::uint32_t>(row) * 0x85EBCA77U ^ salt * 0xC2B2AE3DU;
  h ^= h >> 15;
  h *= 0x2C1B3C6DU;
  h ^= h >> 12;
  return h ^ (h >> 16);
}

/// Noise with patches of 8 x 8 and single pixels for which `gap` is taken.
template <class T>
Image<T> noise(std::int64_t width, std::int64_t height, T gap) {
  Image<T> image(width, height);
  for (std::int64_t r = 0; r < height; ++r) {
    for (std::int64_t c = 0; c < width; ++c) {
      const bool is_gap = hash(c / 8, r / 8, 1) % 4 == 0 || hash(c, r, 2) % 13 == 0;
      const auto value = static_cast<T>(hash(c, r, 3) % 120);
      image.at(c, r) = is_gap ? gap : value;
      if constexpr (std::is_floating_point_v<T>)
        if (!is_gap) image.at(c, r) += T(1) / static_cast<T>(1 + hash(c, r, 4) % 97);
    }
  }
  return image;
}

}  // namespace cogmill::kernels::test
