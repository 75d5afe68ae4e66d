// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"

#include <bit>
#include <cstdint>
#include <type_traits>

/// Pixels as unsigned integers of the same order: as is_below, all NaN above the numbers; -0 is
/// below 0. Host and device.
namespace cogmill::kernels::warp {

template <class T>
using OrderKey = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;

/// Bits of a float's key. Negative NaN would be the lowest: keys begin behind them, and wrap.
template <class T>
struct FloatKey {
  using Bits = OrderKey<T>;
  static constexpr Bits kSign = Bits{1} << (8 * sizeof(T) - 1);
  static constexpr Bits kMantissa = (Bits{1} << (sizeof(T) == 8 ? 52 : 23)) - 1;
};

/// @return a key below 2 to the number of T's bits
template <class T>
COGMILL_HD inline OrderKey<T> key_of(T value) {
  if constexpr (std::is_floating_point_v<T>) {
    using Float = FloatKey<T>;
    const auto bits = std::bit_cast<OrderKey<T>>(value);
    return ((bits & Float::kSign) != 0 ? ~bits : bits | Float::kSign) - Float::kMantissa;
  } else {
    using Unsigned = std::make_unsigned_t<T>;
    constexpr auto kSign = static_cast<Unsigned>(
        std::is_signed_v<T> ? Unsigned{1} << (8 * sizeof(T) - 1) : Unsigned{0});
    return static_cast<Unsigned>(static_cast<Unsigned>(value) ^ kSign);
  }
}

template <class T>
COGMILL_HD inline T value_of_key(OrderKey<T> key) {
  if constexpr (std::is_floating_point_v<T>) {
    using Float = FloatKey<T>;
    const OrderKey<T> natural = key + Float::kMantissa;
    return std::bit_cast<T>((natural & Float::kSign) != 0 ? natural ^ Float::kSign : ~natural);
  } else {
    using Unsigned = std::make_unsigned_t<T>;
    constexpr auto kSign = static_cast<Unsigned>(
        std::is_signed_v<T> ? Unsigned{1} << (8 * sizeof(T) - 1) : Unsigned{0});
    return static_cast<T>(static_cast<Unsigned>(static_cast<Unsigned>(key) ^ kSign));
  }
}

/// A key of which equal samples have one: -0 is 0, and all NaN are one.
template <class T>
COGMILL_HD inline OrderKey<T> class_of(T value) {
  if constexpr (std::is_floating_point_v<T>) {
    if (value != value) return ~OrderKey<T>{0};
    return key_of(value == T{0} ? T{0} : value);
  } else {
    return key_of(value);
  }
}

}  // namespace cogmill::kernels::warp
