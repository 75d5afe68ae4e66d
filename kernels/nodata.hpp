// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace cogmill::kernels {

/// The value that marks a pixel without data. 64-bit integers keep their own alternative, because a
/// double cannot hold them.
class Nodata {
 public:
  explicit Nodata(double value) : value_(value) {}
  explicit Nodata(std::int64_t value) : value_(value) {}
  explicit Nodata(std::uint64_t value) : value_(value) {}

  /// @return the value as a pixel of type T, or nothing where no pixel of that type can equal it
  /// (-9999 in a Byte band, NaN in an integer band). For float bands the double is rounded to
  /// float, as GDAL does: -3.4028234663852886e38 matches a Float32 lowest().
  template <class T>
  std::optional<T> as() const {
    return std::visit([](auto v) { return convert<T>(v); }, value_);
  }
  double as_double() const {
    return std::visit([](auto v) { return static_cast<double>(v); }, value_);
  }
  /// Shortest text that reads back as the same value: "-9999", "nan", "0.1".
  std::string to_string() const;
  /// @return nothing if the text is no number ("nan", "inf" and "-inf" are).
  static std::optional<Nodata> parse(const std::string& text);

  friend bool operator==(const Nodata& a, const Nodata& b) {
    return a.value_ == b.value_ || (std::isnan(a.as_double()) && std::isnan(b.as_double()));
  }

 private:
  template <class T, class V>
  static std::optional<T> convert(V v) {
    if constexpr (std::is_floating_point_v<T>) {
      return static_cast<T>(v);
    } else if constexpr (std::is_integral_v<V>) {
      if (std::in_range<T>(v)) return static_cast<T>(v);
      return std::nullopt;
    } else {
      // 2^digits is exact in a double, max() of a 64-bit type is not.
      const double upper = std::ldexp(1.0, std::numeric_limits<T>::digits);
      const double lower = std::is_signed_v<T> ? -upper : 0.0;
      if (!(v >= lower && v < upper) || v != std::floor(v)) return std::nullopt;
      return static_cast<T>(v);
    }
  }
  std::variant<double, std::int64_t, std::uint64_t> value_;
};

}  // namespace cogmill::kernels
