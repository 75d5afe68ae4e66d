// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/convert_pixel.hpp"
#include "kernels/data_type.hpp"
#include "kernels/host_device.hpp"
#include "kernels/visit_type.hpp"
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
    visit_type_of_pixel(type, as);
}

}  // namespace cogmill::kernels::warp
