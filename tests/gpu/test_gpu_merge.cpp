// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/complex_parts.hpp"
#include "kernels/cuda/merge_layers.hpp"
#include "kernels/warp/complex_bands.hpp"
#include "tests/gpu/plane_twin.hpp"

#include <array>

namespace cogmill::kernels {
namespace {

using testing_support::kHeight;
using testing_support::kStride;
using testing_support::kWidth;
using testing_support::random_mask;
using testing_support::small_numbers;
using testing_support::Twin;
using testing_support::types;

const MergeMethod kOfOne[] = {MergeMethod::kLast, MergeMethod::kFirst, MergeMethod::kMin,
                              MergeMethod::kMax};

std::vector<std::byte> zeros(DataType type) {
  return std::vector<std::byte>(static_cast<std::size_t>(kStride * kHeight * size_bytes(type)));
}

}  // namespace

TEST(GpuMerge, LayerByLayer) {
  for (const MergeMethod method : kOfOne)
    for (const DataType type : types()) {
      if (is_complex(type) && !takes_one(method)) continue;
      const Twin into(type, small_numbers(type, 1)), valid(DataType::kUInt8, random_mask(2));
      for (unsigned seed = 3; seed < 7; seed += 2) {
        const Twin layer(type, small_numbers(type, seed)),
            data(DataType::kUInt8, random_mask(seed + 1));
        merge_layer(method, layer.plane, data.plane, into.plane, valid.plane);
        cuda::merge_layer(method, layer.there, data.there, into.there, valid.there, nullptr);
      }
      into.expect_same(std::string(name_of(type)));
      valid.expect_same(std::string(name_of(type)));
    }
}

TEST(GpuMerge, Means) {
  for (int t = 0; t < static_cast<int>(DataType::kCInt16); ++t) {
    const auto type = static_cast<DataType>(t);
    const Twin sum(DataType::kFloat64, zeros(DataType::kFloat64)),
        count(DataType::kUInt32, zeros(DataType::kUInt32)), into(type, small_numbers(type, 1)),
        valid(DataType::kUInt8, random_mask(2));
    for (unsigned seed = 3; seed < 9; seed += 2) {
      const Twin layer(type, small_numbers(type, seed)),
          data(DataType::kUInt8, random_mask(seed + 1));
      add_up(layer.plane, data.plane, sum.plane, count.plane);
      cuda::add_up(layer.there, data.there, sum.there, count.there, nullptr);
    }
    sum.expect_same(std::string(name_of(type)));
    count.expect_same(std::string(name_of(type)));
    divide_sums(sum.plane, count.plane, into.plane, valid.plane);
    cuda::divide_sums(sum.there, count.there, into.there, valid.there, nullptr);
    into.expect_same(std::string(name_of(type)));
    valid.expect_same(std::string(name_of(type)));
  }
}

TEST(GpuMerge, Gaps) {
  cuda::GapFinder finder;
  std::mt19937 random(5);
  for (int holes = 0; holes < 40; ++holes) {
    std::vector<std::byte> a(kStride * kHeight, std::byte{255}), b = a;
    for (int i = 0; i < holes % 7; ++i) (i % 2 == 0 ? a : b)[random() % a.size()] = std::byte{0};
    const Twin one(DataType::kUInt8, a), other(DataType::kUInt8, b);
    EXPECT_EQ(finder.find(std::array{one.there, other.there}, nullptr),
              find_gaps(std::array{one.plane, other.plane}));
  }
}

TEST(GpuMerge, PartsOfComplexPixels) {
  warp::HostParts host;
  for (const DataType type :
       {DataType::kCInt16, DataType::kCInt32, DataType::kCFloat32, DataType::kCFloat64})
    for (const int part : {0, 1}) {
      const DataType real = component_of(type);
      const Twin pixels(type, small_numbers(type, 1)), taken(real, zeros(real)),
          valid(DataType::kUInt8, random_mask(2)), into(type, small_numbers(type, 3));
      host.take_part(pixels.plane, part, taken.plane);
      cuda::take_part(pixels.there, part, taken.there, nullptr);
      taken.expect_same(std::string(name_of(type)));
      host.put_part(taken.plane, valid.plane, part, into.plane);
      cuda::put_part(taken.there, valid.there, part, into.there, nullptr);
      into.expect_same(std::string(name_of(type)));
    }
}

}  // namespace cogmill::kernels
