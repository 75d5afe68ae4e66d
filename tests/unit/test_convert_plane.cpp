// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/data_type.hpp"
#include "kernels/evaluate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

namespace cogmill::kernels {
namespace {

constexpr std::array kRealTypes = {
    DataType::kUInt8, DataType::kInt8,   DataType::kUInt16, DataType::kInt16,   DataType::kUInt32,
    DataType::kInt32, DataType::kUInt64, DataType::kInt64,  DataType::kFloat32, DataType::kFloat64};

template <class T>
constexpr DataType type_of() {
  for (const DataType type : kRealTypes)
    if (visit_real_type(type, []<class P>(P) { return std::is_same_v<P, T>; })) return type;
  return DataType::kCFloat64;
}

template <class T>
ConstPlane view(const std::vector<T>& pixels) {
  const auto n = static_cast<std::int64_t>(pixels.size());
  return {reinterpret_cast<const std::byte*>(pixels.data()), type_of<T>(), n, 1, n};
}

template <class To, class From>
std::vector<To> convert(const std::vector<From>& pixels) {
  std::vector<To> out(pixels.size());
  const auto n = static_cast<std::int64_t>(pixels.size());
  convert_plane(view(pixels), {reinterpret_cast<std::byte*>(out.data()), type_of<To>(), n, 1, n});
  return out;
}

/// Every value where something can go wrong in the type.
template <class T>
std::vector<T> awkward() {
  using Limits = std::numeric_limits<T>;
  std::vector<T> values = {T(0), T(1), T(2), T(100), T(127), Limits::lowest(), Limits::max()};
  if constexpr (std::is_floating_point_v<T>) {
    for (const T v : {T(0.5),
                      T(1.5),
                      T(2.5),
                      T(0.49999997),
                      T(254.5),
                      T(255.4),
                      T(255.5),
                      T(32767.5),
                      T(65535.5),
                      T(1e10),
                      T(1e19),
                      T(1.8446744073709552e19),
                      T(9.2233720368547758e18),
                      T(4294967295.0),
                      T(2147483647.0),
                      T(8388609.0),
                      T(4503599627370497.5),
                      Limits::min(),
                      Limits::denorm_min(),
                      Limits::infinity()}) {
      values.push_back(v);
      values.push_back(-v);
    }
    values.push_back(Limits::quiet_NaN());
    for (const T v : {T(255), T(32767), T(2147483648.0), T(9223372036854775808.0)})
      for (const T side : {T(0), Limits::infinity()}) values.push_back(std::nextafter(v, side));
  } else {
    values.push_back(static_cast<T>(Limits::max() - 1));
    values.push_back(static_cast<T>(Limits::lowest() + 1));
    if constexpr (std::is_signed_v<T>) values.push_back(T(-1));
    for (const int bits : {8, 15, 16, 24, 31, 32, 53, 63})
      if (bits < Limits::digits) {
        values.push_back(static_cast<T>(T(1) << bits));
        values.push_back(static_cast<T>((T(1) << bits) + 1));
        values.push_back(static_cast<T>((T(1) << bits) - 1));
      }
  }
  return values;
}

/// The rule in long double, which holds every 64-bit integer and every double exactly.
template <class To, class From>
To expected(From v) {
  static_assert(std::numeric_limits<long double>::digits >= 64);
  if constexpr (std::is_floating_point_v<To>) {
    return static_cast<To>(v);
  } else {
    const auto exact = static_cast<long double>(v);
    if (std::isnan(exact)) return To(0);
    const long double rounded = std::round(exact);
    if (rounded <= static_cast<long double>(std::numeric_limits<To>::lowest()))
      return std::numeric_limits<To>::lowest();
    if (rounded >= static_cast<long double>(std::numeric_limits<To>::max()))
      return std::numeric_limits<To>::max();
    return static_cast<To>(rounded);
  }
}

TEST(ConvertPlane, EveryPairOfTypesIsExact) {
  for (const DataType from_type : kRealTypes)
    for (const DataType to_type : kRealTypes)
      visit_real_type(from_type, [&]<class From>(From) {
        visit_real_type(to_type, [&]<class To>(To) {
          const std::vector<From> values = awkward<From>();
          const std::vector<To> out = convert<To>(values);
          for (std::size_t i = 0; i < values.size(); ++i) {
            const To want = expected<To>(values[i]);
            if (want != want) {
              EXPECT_NE(out[i], out[i]);
              continue;
            }
            EXPECT_EQ(out[i], want) << name_of(from_type) << " to " << name_of(to_type) << " of "
                                    << static_cast<long double>(values[i]);
          }
        });
      });
}

TEST(ConvertPlane, RoundsHalfAwayFromZero) {
  EXPECT_EQ(convert<std::int16_t>(std::vector<float>{0.5F, -0.5F, 1.5F, 2.5F, -2.5F, 0.49999997F}),
            (std::vector<std::int16_t>{1, -1, 2, 3, -3, 0}));
  EXPECT_EQ(convert<std::uint8_t>(std::vector<double>{-0.5, -0.4, 254.5, 255.5, 1e300, NAN}),
            (std::vector<std::uint8_t>{0, 0, 255, 255, 255, 0}));
}

TEST(ConvertPlane, SixtyFourBitIntegersKeepTheirDigits) {
  const std::uint64_t big = 0xfffffffffffffffeU;
  EXPECT_EQ(convert<std::int64_t>(std::vector<std::uint64_t>{big, 1U}),
            (std::vector<std::int64_t>{INT64_MAX, 1}));
  EXPECT_EQ(convert<std::uint64_t>(std::vector<std::int64_t>{INT64_MAX, -1}),
            (std::vector<std::uint64_t>{static_cast<std::uint64_t>(INT64_MAX), 0U}));
  EXPECT_EQ(convert<std::uint64_t>(std::vector<std::uint64_t>{big}),
            (std::vector<std::uint64_t>{big}));
}

TEST(ConvertPlane, RowsWithGapsStayApart) {
  const std::int64_t width = 7, height = 5, from_stride = 11, to_stride = 13;
  for (const DataType to_type : {DataType::kUInt16, DataType::kInt32}) {
    std::vector<std::uint16_t> from(static_cast<std::size_t>(from_stride * height), 9);
    for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<std::uint16_t>(i);
    visit_real_type(to_type, [&]<class To>(To) {
      std::vector<To> to(static_cast<std::size_t>(to_stride * height), To(77));
      convert_plane({reinterpret_cast<const std::byte*>(from.data()), DataType::kUInt16, width,
                     height, from_stride},
                    {reinterpret_cast<std::byte*>(to.data()), to_type, width, height, to_stride});
      for (std::int64_t r = 0; r < height; ++r)
        for (std::int64_t c = 0; c < to_stride; ++c)
          EXPECT_EQ(to[static_cast<std::size_t>(r * to_stride + c)],
                    c < width ? static_cast<To>(r * from_stride + c) : To(77));
    });
  }
}

TEST(ConvertPlane, EmptyAndSinglePixels) {
  EXPECT_TRUE((convert<float, std::uint8_t>({}).empty()));
  EXPECT_EQ((convert<float, std::uint8_t>({200})), (std::vector<float>{200}));
}

TEST(ConvertPlane, DifferentSizesAreABug) {
  std::vector<float> a(4), b(3);
  EXPECT_THROW(
      convert_plane(view(a), {reinterpret_cast<std::byte*>(b.data()), DataType::kFloat32, 3, 1, 3}),
      std::invalid_argument);
}

}  // namespace
}  // namespace cogmill::kernels
