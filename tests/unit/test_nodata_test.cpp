// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/nodata_test.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>

namespace cogmill::kernels {
namespace {

template <class T>
constexpr T kNan = std::numeric_limits<T>::quiet_NaN();
template <class T>
constexpr T kInf = std::numeric_limits<T>::infinity();
template <class T>
constexpr T kMost = std::numeric_limits<T>::max();

TEST(NodataTest, IntegersMatchTheValueAlone) {
  const auto test = NodataTest<std::int64_t>::around((std::int64_t{1} << 62) + 1);
  EXPECT_TRUE(test((std::int64_t{1} << 62) + 1));
  EXPECT_FALSE(test(std::int64_t{1} << 62));
  EXPECT_TRUE(NodataTest<std::uint8_t>::around(255)(255));
  EXPECT_FALSE(NodataTest<std::uint8_t>::around(255)(254));
  EXPECT_TRUE(NodataTest<std::int16_t>::around(-32768)(-32768));
}

template <class T>
class NodataTestOfFloats : public testing::Test {};
using Floats = testing::Types<float, double>;
TYPED_TEST_SUITE(NodataTestOfFloats, Floats);

TYPED_TEST(NodataTestOfFloats, NanNeverIsData) {
  using T = TypeParam;
  for (const T nodata : {T(0), T(-9999), kNan<T>, kInf<T>, -kMost<T>}) {
    EXPECT_TRUE(NodataTest<T>::around(nodata)(kNan<T>)) << nodata;
    EXPECT_FALSE(NodataTest<T>::around(nodata).matches(kNan<T>)) << nodata;
  }
  for (const T pixel : {T(0), T(1), kInf<T>, -kInf<T>, kMost<T>})
    EXPECT_FALSE(NodataTest<T>::around(kNan<T>)(pixel)) << pixel;
}

TYPED_TEST(NodataTestOfFloats, MatchesAsGdalWithinFourEpsilon) {
  using T = TypeParam;
  constexpr T kEps = std::numeric_limits<T>::epsilon();
  for (const T nodata : {T(-9999), T(0.1), T(1e-30), T(-123456.789), T(3e30)}) {
    const auto test = NodataTest<T>::around(nodata);
    EXPECT_TRUE(test(nodata));
    EXPECT_TRUE(test(nodata * (1 + 3 * kEps)) && test(nodata * (1 - 3 * kEps))) << nodata;
    EXPECT_FALSE(test(nodata * (1 + 6 * kEps)) || test(nodata * (1 - 6 * kEps))) << nodata;
    EXPECT_FALSE(test(-nodata));
  }
}

TYPED_TEST(NodataTestOfFloats, ZeroIsBothZerosAndNothingElse) {
  using T = TypeParam;
  const auto test = NodataTest<T>::around(T(0));
  EXPECT_TRUE(test(T(0)) && test(T(-0.0)));
  EXPECT_FALSE(test(std::numeric_limits<T>::denorm_min()));
  EXPECT_FALSE(test(-std::numeric_limits<T>::denorm_min()));
}

TYPED_TEST(NodataTestOfFloats, InfinityMatchesItselfAndTheLargestDouble) {
  using T = TypeParam;
  constexpr bool kDouble = std::is_same_v<T, double>;  // "-1.79769313486232e+308" is read as -inf
  EXPECT_TRUE(NodataTest<T>::around(kInf<T>)(kInf<T>));
  EXPECT_EQ(NodataTest<T>::around(kInf<T>)(kMost<T>), kDouble);
  EXPECT_EQ(NodataTest<T>::around(-kInf<T>)(-kMost<T>), kDouble);
  EXPECT_FALSE(NodataTest<T>::around(kInf<T>)(kMost<T> * T(0.98)));
  EXPECT_FALSE(NodataTest<T>::around(kInf<T>)(-kInf<T>));
  EXPECT_TRUE(NodataTest<T>::around(-kInf<T>)(-kInf<T>));
}

TYPED_TEST(NodataTestOfFloats, TheLargestNumberIsMatchedByWhatStandsForIt) {
  using T = TypeParam;
  const T most = kMost<T>;
  for (const T part : {T(1), T(0.9999), T(0.9975)}) {
    EXPECT_TRUE(NodataTest<T>::around(-most * part)(-most));
    EXPECT_TRUE(NodataTest<T>::around(most * part)(most));
    EXPECT_FALSE(NodataTest<T>::around(-most * part)(-most * T(0.98)));
    EXPECT_FALSE(NodataTest<T>::around(-most * part)(most));
    EXPECT_FALSE(NodataTest<T>::around(most * part)(kInf<T>));
  }
}

TEST(NodataTest, DoublesKnowTheLargestFloatToo) {
  const double most = kMost<float>;
  const auto test = NodataTest<double>::around(-3.40282e38);
  EXPECT_TRUE(test(-most) && test(-3.4e38));
  EXPECT_FALSE(test(-3.3e38) || test(-3.5e38) || test(-1e40));
}

TYPED_TEST(NodataTestOfFloats, OutsideIsTheNearestDataButOne) {
  using T = TypeParam;
  for (const T nodata : {T(0), T(-9999), T(7.5), kMost<T>, -kMost<T>, kInf<T>, -kInf<T>}) {
    const auto test = NodataTest<T>::around(nodata);
    const T beside = test.outside();
    EXPECT_FALSE(test(beside)) << nodata;
    EXPECT_TRUE(beside - beside == 0) << "finite, for " << nodata;
    if (nodata != 0) {
      EXPECT_TRUE(test(std::nextafter(beside, nodata))) << nodata;
    }
  }
}

}  // namespace
}  // namespace cogmill::kernels
