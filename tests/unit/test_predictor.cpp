// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/codec.hpp"
#include "kernels/predictor.hpp"
#include "tests/unit/raw_tiff.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <stdexcept>

namespace cogmill::tests {
namespace {

using kernels::DataType;
using kernels::Predictor;
using kernels::PredictorShape;
using Bytes = std::vector<std::byte>;

constexpr DataType kRealTypes[] = {
    DataType::kUInt8, DataType::kInt8,   DataType::kUInt16, DataType::kInt16,   DataType::kUInt32,
    DataType::kInt32, DataType::kUInt64, DataType::kInt64,  DataType::kFloat32, DataType::kFloat64};

Bytes random_bytes(std::size_t size) {
  std::mt19937 random(5);
  Bytes bytes(size);
  for (auto& byte : bytes) byte = static_cast<std::byte>(random());
  return bytes;
}

std::size_t row_bytes(const PredictorShape& shape) {
  return static_cast<std::size_t>(shape.columns * shape.samples * size_bytes(shape.type));
}
Bytes applied(Predictor predictor, const PredictorShape& shape, Bytes tile) {
  Bytes scratch(row_bytes(shape));
  apply_predictor(predictor, shape, tile, scratch);
  return tile;
}
Bytes undone(Predictor predictor, const PredictorShape& shape, Bytes tile) {
  Bytes scratch(row_bytes(shape));
  undo_predictor(predictor, shape, tile, scratch);
  return tile;
}

std::string text(Predictor predictor, const PredictorShape& shape) {
  return std::string(name_of(shape.type)) + " " + std::to_string(shape.columns) + "x" +
         std::to_string(shape.rows) + "x" + std::to_string(shape.samples) + " predictor " +
         std::to_string(static_cast<int>(predictor));
}

TEST(Predictor, RoundTripsEveryTypeStrideAndSize) {
  for (const Predictor predictor : {Predictor::kHorizontal, Predictor::kFloatingPoint})
    for (const DataType type : kRealTypes)
      for (std::int64_t samples = 1; samples <= 8; ++samples)
        for (const std::int64_t columns : {1, 2, 7, 64, 101}) {
          if (predictor == Predictor::kFloatingPoint && !is_floating(type)) continue;
          const PredictorShape shape = {type, columns, 3, samples};
          const Bytes tile = random_bytes(3 * row_bytes(shape));
          const Bytes filtered = applied(predictor, shape, tile);
          EXPECT_TRUE(columns == 1 || filtered != tile) << text(predictor, shape);
          ASSERT_EQ(undone(predictor, shape, filtered), tile) << text(predictor, shape);
        }
}

TEST(Predictor, WorksAtAnyAlignment) {
  const PredictorShape shape = {DataType::kFloat64, 33, 2, 3};
  const Bytes tile = random_bytes(2 * row_bytes(shape));
  for (const Predictor predictor : {Predictor::kHorizontal, Predictor::kFloatingPoint}) {
    Bytes moved(tile.size() + 1), scratch(row_bytes(shape) + 1);
    std::copy(tile.begin(), tile.end(), moved.begin() + 1);
    apply_predictor(predictor, shape, std::span(moved).subspan(1), std::span(scratch).subspan(1));
    EXPECT_EQ(Bytes(moved.begin() + 1, moved.end()), applied(predictor, shape, tile));
  }
}

TEST(Predictor, DifferencesWrapAround) {
  const PredictorShape shape = {DataType::kUInt8, 4, 1, 1};
  const Bytes tile = {std::byte{5}, std::byte{3}, std::byte{255}, std::byte{0}};
  const Bytes expected = {std::byte{5}, std::byte{254}, std::byte{252}, std::byte{1}};
  EXPECT_EQ(applied(Predictor::kHorizontal, shape, tile), expected);
}

TEST(Predictor, NoneChangesNothing) {
  const PredictorShape shape = {DataType::kUInt16, 8, 2, 1};
  const Bytes tile = random_bytes(32);
  EXPECT_EQ(applied(Predictor::kNone, shape, tile), tile);
}

TEST(Predictor, RefusesWhatDoesNotFit) {
  Bytes tile(64), scratch(64);
  EXPECT_THROW(
      apply_predictor(Predictor::kFloatingPoint, {DataType::kUInt16, 8, 4, 1}, tile, scratch),
      std::invalid_argument);
  EXPECT_THROW(apply_predictor(Predictor::kHorizontal, {DataType::kUInt16, 8, 5, 1}, tile, scratch),
               std::invalid_argument);
  EXPECT_THROW(undo_predictor(Predictor::kHorizontal, {DataType::kUInt16, 8, 4, 1}, tile,
                              std::span(scratch).first(15)),
               std::invalid_argument);
}

/// A tile of libtiff's with this predictor; LZW because it copies the filtered bytes faithfully
/// and needs both sides of our code only for the predictor.
RawTiff tiff_of(Predictor predictor, const PredictorShape& shape) {
  RawTiff tiff;
  tiff.compression = COMPRESSION_LZW;
  tiff.predictor = static_cast<std::uint16_t>(predictor);
  tiff.bits = static_cast<std::uint16_t>(8 * size_bytes(shape.type));
  tiff.samples = static_cast<std::uint16_t>(shape.samples);
  tiff.size = static_cast<std::uint32_t>(shape.columns);
  tiff.format = is_floating(shape.type) ? SAMPLEFORMAT_IEEEFP : SAMPLEFORMAT_UINT;
  return tiff;
}

TEST(Predictor, AgreesWithLibtiff) {
  for (const Predictor predictor : {Predictor::kHorizontal, Predictor::kFloatingPoint})
    for (const DataType type : kRealTypes)
      for (std::int64_t samples = 1; samples <= 8; ++samples) {
        if (predictor == Predictor::kFloatingPoint && !is_floating(type)) continue;
        const PredictorShape shape = {type, 16, 16, samples};
        const RawTiff tiff = tiff_of(predictor, shape);
        const Bytes tile = random_bytes(tiff.bytes());
        // What libtiff filtered and packed, unpacked and unfiltered by us.
        Bytes theirs(tile.size());
        kernels::Decoder(kernels::Codec::kLzw).decode(tiff.compress(tile), theirs);
        ASSERT_EQ(theirs, applied(predictor, shape, tile)) << text(predictor, shape);
        ASSERT_EQ(undone(predictor, shape, theirs), tile) << text(predictor, shape);
      }
}

TEST(SwapBytes, ReversesEveryElement) {
  Bytes data = {std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4},
                std::byte{5}, std::byte{6}, std::byte{7}, std::byte{8}};
  const auto swapped = [&](std::int64_t element_bytes) {
    Bytes copy = data;
    kernels::swap_bytes(copy, element_bytes);
    std::string digits;
    for (const std::byte b : copy) digits += static_cast<char>('0' + std::to_integer<int>(b));
    return digits;
  };
  EXPECT_EQ(swapped(1), "12345678");
  EXPECT_EQ(swapped(2), "21436587");
  EXPECT_EQ(swapped(4), "43218765");
  EXPECT_EQ(swapped(8), "87654321");
  EXPECT_THROW(kernels::swap_bytes(data, 3), std::invalid_argument);
}

}  // namespace
}  // namespace cogmill::tests
