// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/convert_pixel.hpp"
#include "kernels/data_type.hpp"
#include "kernels/host_device.hpp"
#include "kernels/warp/warp_store.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

/// Storing one value in a plane of any real type. Host and device.
namespace cogmill::kernels::warp {

/// @return the pixel type whose C++ type is T
template <class T>
constexpr DataType data_type_of() {
  if constexpr (std::is_floating_point_v<T>)
    return sizeof(T) == 4 ? DataType::kFloat32 : DataType::kFloat64;
  else if constexpr (sizeof(T) == 1)
    return std::is_signed_v<T> ? DataType::kInt8 : DataType::kUInt8;
  else if constexpr (sizeof(T) == 2)
    return std::is_signed_v<T> ? DataType::kInt16 : DataType::kUInt16;
  else if constexpr (sizeof(T) == 4)
    return std::is_signed_v<T> ? DataType::kInt32 : DataType::kUInt32;
  else
    return std::is_signed_v<T> ? DataType::kInt64 : DataType::kUInt64;
}

/// Calls f(T{}) for a real type; does nothing for others.
template <class F>
COGMILL_HD inline void with_real_type(DataType type, const F& f) {
  switch (type) {
    case DataType::kUInt8:
      return f(std::uint8_t{});
    case DataType::kInt8:
      return f(std::int8_t{});
    case DataType::kUInt16:
      return f(std::uint16_t{});
    case DataType::kInt16:
      return f(std::int16_t{});
    case DataType::kUInt32:
      return f(std::uint32_t{});
    case DataType::kInt32:
      return f(std::int32_t{});
    case DataType::kUInt64:
      return f(std::uint64_t{});
    case DataType::kInt64:
      return f(std::int64_t{});
    case DataType::kFloat32:
      return f(float{});
    case DataType::kFloat64:
      return f(double{});
    default:
      return;
  }
}

/// A computed value, rounded; or one that was picked, as it is.
template <class W>
struct StoreAs {
  std::byte* plane;
  std::int64_t index;
  W value;

  template <class Target>
  COGMILL_HD void operator()(Target) const {
    reinterpret_cast<Target*>(plane)[index] = to_pixel<Target>(value);
  }
};

/// @tparam T the source's type, the usual target's
template <class T, class W>
COGMILL_HD inline void store_pixel(std::byte* plane, std::int64_t index, DataType type, W value) {
  const StoreAs<W> as = {plane, index, value};
  if (type == data_type_of<T>())
    as(T{});
  else
    with_real_type(type, as);
}

}  // namespace cogmill::kernels::warp
