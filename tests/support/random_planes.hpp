// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "kernels/plane.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <span>
#include <vector>

namespace cogmill::testing_support {

/// A plane that owns its pixels.
class HostPlane {
 public:
  HostPlane(kernels::DataType type, std::int64_t width, std::int64_t height, std::int64_t stride,
            std::byte value = std::byte{0xCD})
      : bytes_(static_cast<std::size_t>(stride * height * kernels::size_bytes(type)), value),
        shape_{nullptr, type, width, height, stride} {}

  kernels::Plane plane() {
    kernels::Plane p = shape_;
    p.data = bytes_.data();
    return p;
  }
  kernels::ConstPlane plane() const {
    return {bytes_.data(), shape_.type, shape_.width, shape_.height, shape_.stride};
  }
  std::vector<std::byte>& bytes() { return bytes_; }
  const std::vector<std::byte>& bytes() const { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
  kernels::Plane shape_;
};

/// Any bits.
inline void fill_with_bits(std::mt19937& random, std::vector<std::byte>& bytes) {
  for (std::byte& b : bytes) b = static_cast<std::byte>(random() & 0xFF);
}

/// Few different numbers, so that there are ties, zeros and nodata; negative ones, fractions, NaN
/// and the type's limits among them where it has them.
template <class T>
T random_number(std::mt19937& random) {
  T value = static_cast<T>(random() % 12);
  if (std::is_signed_v<T> && random() % 4 == 0) value = static_cast<T>(-value);
  if constexpr (std::is_floating_point_v<T>) {
    if (random() % 2 == 0) value /= T(7);
    if (random() % 30 == 0) value = std::numeric_limits<T>::quiet_NaN();
  } else if (random() % 10 == 0) {
    value = random() % 2 == 0 ? std::numeric_limits<T>::max() : std::numeric_limits<T>::lowest();
  }
  return value;
}

inline HostPlane random_plane(std::mt19937& random, kernels::DataType type, std::int64_t width,
                              std::int64_t height, std::int64_t stride) {
  HostPlane made(type, width, height, stride);
  kernels::visit_real_type(type, [&]<class T>(T) {
    const auto view = made.plane().as<T>();
    for (std::int64_t r = 0; r < height; ++r)
      for (std::int64_t c = 0; c < width; ++c) view.row(r)[c] = random_number<T>(random);
  });
  return made;
}

/// Bytes of 0 and others.   @param gaps one in so many pixels is 0
inline HostPlane random_mask(std::mt19937& random, std::int64_t width, std::int64_t height,
                             std::int64_t stride, unsigned gaps = 4) {
  HostPlane made(kernels::DataType::kUInt8, width, height, stride);
  for (std::byte& b : made.bytes())
    b = random() % gaps == 0 ? std::byte{0}
                             : static_cast<std::byte>(random() % 3 == 0 ? 1 + random() % 255 : 255);
  return made;
}

/// A value some pixels have, none, or one no pixel has.
inline std::optional<kernels::Nodata> random_nodata(std::mt19937& random) {
  switch (random() % 5) {
    case 0:
      return kernels::Nodata(-9999.0);
    case 1:
      return kernels::Nodata(std::nan(""));
    case 2:
      return std::nullopt;
    default:
      return kernels::Nodata(static_cast<double>(random() % 4));
  }
}

}  // namespace cogmill::testing_support
