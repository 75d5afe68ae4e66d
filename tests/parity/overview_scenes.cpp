// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/parity/overview_scenes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace cogmill::parity {
namespace {

using kernels::Resampling;

std::uint32_t hash(std::int64_t col, std::int64_t row, std::uint32_t salt) {
  auto h = static_cast<std::uint32_t>(col) * 0x9E3779B1U ^
           static_cast<std::uint32_t>(row) * 0x85EBCA77U ^ salt * 0xC2B2AE3DU;
  h ^= h >> 15;
  h *= 0x2C1B3C6DU;
  h ^= h >> 12;
  h *= 0x297A2D39U;
  return h ^ (h >> 15);
}

/// Patches, single pixels and the whole upper left are invalid.
bool is_gap(std::int64_t col, std::int64_t row, const Level& level) {
  if (col < level.width / 3 && row < level.height / 3) return true;
  return hash(col / 8, row / 8, 1) % 5 == 0 || hash(col, row, 2) % 11 == 0;
}

/// Few classes for mode, noise for the others. With `close`, integers keep near the nodata values
/// below, so that means hit them.
template <class T>
T value_at(std::int64_t col, std::int64_t row, Resampling resampling, bool close) {
  const std::uint32_t h = hash(col, row, 3);
  if (resampling == Resampling::kMode) return static_cast<T>(10 + 20 * (h % 4));
  if constexpr (std::is_same_v<T, float>) {
    return static_cast<float>(h) * 1e-6F - 2000.0F;
  } else if constexpr (std::is_same_v<T, double>) {
    return static_cast<double>(h % 32768) / 8.0 - 2000.0;
  } else if constexpr (sizeof(T) <= 2) {
    if (close) return static_cast<T>(h % 100);
    return static_cast<T>(h);
  } else {
    return static_cast<T>(std::is_signed_v<T> ? static_cast<std::int64_t>(h % 4001) - 2000
                                              : static_cast<std::int64_t>(h % 4001));
  }
}

/// Half away from zero, within the values that 32 bits hold.
template <class To, class From>
To rounded(From value) {
  if constexpr (std::is_floating_point_v<To> || std::is_integral_v<From>) {
    return static_cast<To>(value);
  } else {
    constexpr double kLow = std::is_signed_v<To> ? std::numeric_limits<std::int32_t>::min() : 0;
    constexpr double kHigh = std::numeric_limits<std::int32_t>::max();
    return static_cast<To>(std::clamp(std::round(static_cast<double>(value)), kLow, kHigh));
  }
}

}  // namespace

std::optional<kernels::Nodata> nodata_for(kernels::DataType type, Gaps gaps) {
  if (gaps == Gaps::kNone || gaps == Gaps::kMask) return std::nullopt;
  if (gaps == Gaps::kNanNodata) return kernels::Nodata(std::numeric_limits<double>::quiet_NaN());
  if (kernels::is_floating(type)) return kernels::Nodata(-9999.0);
  return kernels::Nodata(kernels::size_bytes(type) <= 2 ? 51.0 : 9999.0);
}

Level make_base(kernels::DataType type, Size size, kernels::Resampling resampling, Gaps gaps,
                const std::optional<kernels::Nodata>& nodata) {
  Level level(type, size.first, size.second);
  if (gaps == Gaps::kMask) level.mask.assign(static_cast<std::size_t>(size.first * size.second), 0);
  kernels::visit_real_type(type, [&](auto pixel) {
    using T = decltype(pixel);
    const auto plane = level.plane().as<T>();
    for (std::int64_t r = 0; r < size.second; ++r) {
      for (std::int64_t c = 0; c < size.first; ++c) {
        const bool gap = gaps != Gaps::kNone && is_gap(c, r, level);
        plane.row(r)[c] = value_at<T>(c, r, resampling, nodata.has_value());
        if (gap && nodata) plane.row(r)[c] = *nodata->as<T>();
        if (!level.mask.empty() && !gap)
          level.mask[static_cast<std::size_t>(r * size.first + c)] = 255;
      }
    }
  });
  return level;
}

Level converted(const Level& src, kernels::DataType type) {
  Level dst(type, src.width, src.height);
  dst.mask = src.mask;
  kernels::visit_real_type(src.type, [&](auto from) {
    kernels::visit_real_type(type, [&](auto to) {
      using From = decltype(from);
      using To = decltype(to);
      const From* in = src.plane().as<From>().data;
      To* out = dst.plane().template as<To>().data;
      for (std::int64_t i = 0; i < src.width * src.height; ++i) {
        out[i] = rounded<To>(in[i]);
      }
    });
  });
  return dst;
}

void replace(Level& level, double from, double to) {
  kernels::visit_real_type(level.type, [&](auto pixel) {
    using T = decltype(pixel);
    T* data = level.plane().as<T>().data;
    const auto old = static_cast<T>(from);
    for (std::int64_t i = 0; i < level.width * level.height; ++i)
      if (data[i] == old || (old != old && data[i] != data[i])) data[i] = static_cast<T>(to);
  });
}

}  // namespace cogmill::parity
