// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"
#include "kernels/host_device.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

namespace cogmill::kernels {

/// A borrowed rectangle of pixels of one band, row-major. `stride` counts elements between rows.
template <class T>
struct PlaneView {
  T* data = nullptr;
  std::int64_t width = 0;   ///< [px]
  std::int64_t height = 0;  ///< [px]
  std::int64_t stride = 0;  ///< [elements], >= width

  COGMILL_HD T* row(std::int64_t r) const { return data + r * stride; }
};

/// A borrowed rectangle of pixels whose type is known only at run time. `Byte` is `std::byte` or
/// `const std::byte`.
template <class Byte>
struct BasicPlane {
  Byte* data = nullptr;
  DataType type = DataType::kUInt8;
  std::int64_t width = 0;   ///< [px]
  std::int64_t height = 0;  ///< [px]
  std::int64_t stride = 0;  ///< [elements], >= width

  Byte* row(std::int64_t r) const { return data + r * stride * size_bytes(type); }
  Byte* at(std::int64_t col, std::int64_t r) const { return row(r) + col * size_bytes(type); }

  /// @pre the window lies inside the plane
  BasicPlane crop(std::int64_t col, std::int64_t r, std::int64_t w, std::int64_t h) const {
    return {at(col, r), type, w, h, stride};
  }
  /// @pre `sizeof(T) == size_bytes(type)`
  template <class T>
  auto as() const {
    using Element = std::conditional_t<std::is_const_v<Byte>, const T, T>;
    return PlaneView<Element>{reinterpret_cast<Element*>(data), width, height, stride};
  }
  operator BasicPlane<const std::byte>() const { return {data, type, width, height, stride}; }
};
using Plane = BasicPlane<std::byte>;
using ConstPlane = BasicPlane<const std::byte>;

/// All pixels of a plane as bytes.   @pre its rows have no gaps
inline std::span<std::byte> bytes_of(const Plane& plane) {
  return {plane.data,
          static_cast<std::size_t>(plane.width * plane.height * size_bytes(plane.type))};
}

}  // namespace cogmill::kernels
