// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/pixel_ops.hpp"

#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

namespace cogmill::kernels {

/// Two to the number of value bits of an integer type: the first value above its maximum, exact
/// in every floating-point type where the maximum itself may not be.
template <class To, class From>
inline constexpr From kFirstTooLarge = static_cast<From>(std::uint64_t{1}
                                                         << (std::numeric_limits<To>::digits - 1)) *
                                       From(2);

/// @return v rounded half away from zero and saturated to the range of To
/// @pre v is not NaN
template <class To, class From>
COGMILL_HD inline To float_to_integer(From v) {
  using Limits = std::numeric_limits<To>;
  const From rounded = ops::round_half_away(v);
  if constexpr (Limits::digits <= std::numeric_limits<From>::digits) {  // both limits are exact
    constexpr From lowest = static_cast<From>(Limits::lowest());
    constexpr From highest = static_cast<From>(Limits::max());
    const From above = rounded < lowest ? lowest : rounded;
    const From inside = above > highest ? highest : above;
    if constexpr (sizeof(To) < sizeof(std::int32_t))
      return static_cast<To>(static_cast<std::int32_t>(inside));  // vectorises, the direct one not
    else
      return static_cast<To>(inside);
  } else {
    constexpr From upper = kFirstTooLarge<To, From>;
    constexpr From lowest = std::is_signed_v<To> ? -upper : From(0);
    if (rounded >= upper) return Limits::max();
    if (rounded < lowest) return Limits::lowest();
    return static_cast<To>(rounded);
  }
}

/// One pixel from one real type to another: integers saturate, floats are rounded half away from
/// zero, NaN becomes 0 in an integer.
template <class To, class From>
COGMILL_HD inline To convert_pixel(From v) {
  if constexpr (std::is_floating_point_v<To>) {
    return static_cast<To>(v);
  } else if constexpr (std::is_floating_point_v<From>) {
    return float_to_integer<To>(ops::is_nan(v) ? From(0) : v);
  } else {
    if (std::cmp_less(v, std::numeric_limits<To>::lowest()))
      return std::numeric_limits<To>::lowest();
    if (std::cmp_greater(v, std::numeric_limits<To>::max())) return std::numeric_limits<To>::max();
    return static_cast<To>(v);
  }
}

}  // namespace cogmill::kernels
