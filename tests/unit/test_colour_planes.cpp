// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/colour_planes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cogmill::kernels {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr Colour kRed{200, 0, 0, 255}, kBlue{0, 0, 200, 255}, kPurple{101, 0, 99, 255},
    kClear{100, 0, 100, 0};

template <class T>
Plane row_of(std::vector<T>& pixels, DataType type) {
  const auto width = static_cast<std::int64_t>(pixels.size());
  return {reinterpret_cast<std::byte*>(pixels.data()), type, width, 1, width};
}

ColourTables tables(const std::vector<Colour>& table, std::int64_t read_nodata = -1,
                    std::int64_t stored_nodata = -1) {
  const std::array<std::int64_t, 2> left_out{read_nodata, stored_nodata};
  return {ColourEntries(table, std::span(left_out).first(1)), ColourEntries(table, left_out)};
}

/// One row of colours.
struct Colours {
  std::array<Bytes, 3> rgb;
  Bytes valid;

  explicit Colours(std::size_t n) : rgb{Bytes(n), Bytes(n), Bytes(n)}, valid(n) {}
  ColourPlanes planes() {
    return {{row_of(rgb[0], DataType::kUInt8), row_of(rgb[1], DataType::kUInt8),
             row_of(rgb[2], DataType::kUInt8)},
            row_of(valid, DataType::kUInt8)};
  }
};

template <class T>
std::vector<T> join(const ColourTables& of, Colours colours, std::vector<T> numbers, Bytes& valid,
                    DataType type) {
  join_colours(of, colours.planes(), row_of(numbers, type), row_of(valid, DataType::kUInt8));
  return numbers;
}

TEST(SplitColours, OnlyEntriesThatAreColours) {
  std::vector<float> numbers{0, 1, 2, 3, 4, -1, 0.5F};
  Bytes valid{255, 255, 255, 255, 255, 255, 255};
  Colours colours(numbers.size());
  split_colours(tables({kRed, kBlue, kClear, kPurple}, 1), row_of(numbers, DataType::kFloat32),
                row_of(valid, DataType::kUInt8), colours.planes());
  EXPECT_EQ(colours.valid, (Bytes{255, 0, 0, 255, 0, 0, 0}));
  EXPECT_EQ(colours.rgb[0], (Bytes{200, 0, 0, 101, 0, 0, 0}));
  EXPECT_EQ(colours.rgb[2], (Bytes{0, 0, 0, 99, 0, 0, 0}));
}

TEST(SplitColours, WhereThereIsData) {
  Bytes numbers{0, 0}, valid{0, 1};
  Colours colours(2);
  const auto of = tables({kRed});
  split_colours(of, row_of(numbers, DataType::kUInt8), row_of(valid, DataType::kUInt8),
                colours.planes());
  EXPECT_EQ(colours.valid, (Bytes{0, 255}));
  split_colours(of, row_of(numbers, DataType::kUInt8), {}, colours.planes());
  EXPECT_EQ(colours.valid, (Bytes{255, 255}));
}

TEST(JoinColours, TheNearestEntry) {
  Colours colours(2);
  colours.rgb = {Bytes{100, 190}, Bytes{0, 5}, Bytes{100, 9}};
  colours.valid = {255, 255};
  Bytes valid{255, 0};
  EXPECT_EQ(join<std::uint16_t>(tables({kRed, kBlue, kClear, kPurple}), colours, {1, 7}, valid,
                                DataType::kUInt16),
            (std::vector<std::uint16_t>{3, 0}));
  EXPECT_EQ(valid, (Bytes{255, 255}));
}

TEST(JoinColours, NeverANodataValue) {
  Colours colours(1);
  colours.rgb = {Bytes{101}, Bytes{0}, Bytes{99}};
  colours.valid = {255};
  Bytes valid{255};
  EXPECT_EQ(join<std::uint8_t>(tables({kRed, kPurple, kBlue}, -1, 1), colours, {1}, valid,
                               DataType::kUInt8),
            (Bytes{0}));
}

TEST(JoinColours, OfSeveralTheOneThatIsThere) {
  Colours colours(2);
  colours.rgb = {Bytes{200, 200}, Bytes{0, 0}, Bytes{0, 0}};
  colours.valid = {255, 255};
  Bytes valid{255, 255};
  EXPECT_EQ(
      join<std::uint8_t>(tables({kBlue, kRed, kRed}), colours, {2, 0}, valid, DataType::kUInt8),
      (Bytes{2, 1}));
}

TEST(JoinColours, WithoutAColourNumbersStayThatAreNone) {
  Bytes valid{255, 255, 255, 0};
  EXPECT_EQ(
      join<std::uint8_t>(tables({kRed, kClear}), Colours(4), {0, 1, 9, 1}, valid, DataType::kUInt8),
      (Bytes{0, 1, 9, 1}));
  EXPECT_EQ(valid, (Bytes{0, 255, 255, 0}));
}

TEST(JoinColours, ATableWithoutColoursChangesNothing) {
  Colours colours(1);
  Bytes valid{255};
  EXPECT_EQ(join<std::uint8_t>(tables({kClear}), colours, {0}, valid, DataType::kUInt8),
            (Bytes{0}));
  EXPECT_EQ(valid, (Bytes{255}));
}

TEST(ColourEntries, OnlyNumbersThatAPixelCanBe) {
  const std::vector<Colour> table(300, kRed);
  EXPECT_EQ(entries_of_type<std::int8_t>(table).size(), 128U);
  EXPECT_EQ(entries_of_type<std::uint8_t>(table).size(), 256U);
  EXPECT_EQ(entries_of_type<float>(table).size(), 300U);
}

}  // namespace
}  // namespace cogmill::kernels
