// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/evaluate.hpp"
#include "kernels/program_pixel.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace cogmill::kernels {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
const Program kCopy = {{{Op::kLoad, 0, 0}}, {}, 1, 1, {0}};

/// What numbers become in a band of type P with a nodata value.
template <class P>
std::vector<P> stored(const std::vector<double>& numbers, DataType type,
                      const std::optional<Nodata>& nodata, std::int64_t* moved = nullptr) {
  std::vector<P> pixels(numbers.size());
  const auto n = static_cast<std::int64_t>(numbers.size());
  const ProgramInput in{
      {reinterpret_cast<const std::byte*>(numbers.data()), DataType::kFloat64, n, 1, n}, {}};
  const ProgramOutput out{{reinterpret_cast<std::byte*>(pixels.data()), type, n, 1, n}, nodata};
  const std::int64_t count = evaluate_program(kCopy, Precision::kFloat64, {&in, 1}, {&out, 1});
  if (moved != nullptr) *moved = count;
  return pixels;
}

TEST(StoreRule, ResultsThatEqualNodataStepAside) {
  std::int64_t moved = 0;
  EXPECT_EQ(
      stored<std::uint8_t>({kNan, 200, 199.6, 300, 7}, DataType::kUInt8, Nodata(200.0), &moved),
      (std::vector<std::uint8_t>{200, 199, 199, 255, 7}));
  EXPECT_EQ(moved, 2);
  EXPECT_EQ(stored<std::uint8_t>({kNan, -5, 0}, DataType::kUInt8, Nodata(0.0), &moved),
            (std::vector<std::uint8_t>{0, 1, 1}));
  EXPECT_EQ(moved, 2);
}

TEST(StoreRule, WithoutANodataValueNothingMoves) {
  std::int64_t moved = 0;
  EXPECT_EQ(stored<std::int16_t>({kNan, 0, 5}, DataType::kInt16, {}, &moved),
            (std::vector<std::int16_t>{0, 0, 5}));
  EXPECT_EQ(moved, 0);
}

TEST(StoreRule, NumbersOfFloatsLeaveTheWholeRange) {
  std::int64_t moved = 0;
  const auto pixels =
      stored<float>({kNan, -9999, -9999.001, 1}, DataType::kFloat32, Nodata(-9999.0), &moved);
  EXPECT_EQ(moved, 2);
  const auto test = NodataTest<float>::around(-9999);
  EXPECT_TRUE(test(pixels[0]));
  for (std::size_t i = 1; i < pixels.size(); ++i) EXPECT_FALSE(test(pixels[i])) << i;
}

TEST(StoreRule, LoadsMatchRoundedTags) {
  const std::vector<float> in = {-std::numeric_limits<float>::max(), 3};
  std::vector<float> out(2);
  const ProgramInput from{
      {reinterpret_cast<const std::byte*>(in.data()), DataType::kFloat32, 2, 1, 2},
      Nodata(-3.40282e38)};
  const ProgramOutput to{{reinterpret_cast<std::byte*>(out.data()), DataType::kFloat32, 2, 1, 2},
                         {}};
  evaluate_program(kCopy, Precision::kFloat32, {&from, 1}, {&to, 1});
  EXPECT_NE(out[0], out[0]);
  EXPECT_EQ(out[1], 3);
}

}  // namespace
}  // namespace cogmill::kernels
