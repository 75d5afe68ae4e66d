// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/pack_tiles.hpp"
#include "tests/gpu/device_memory.hpp"
#include "tests/support/tile_cases.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace cogmill::kernels {
namespace {

using testing_support::DeviceBytes;
using testing_support::moved;
using testing_support::TileCase;

/// The planes of a case on the device.
struct DevicePlanes {
  explicit DevicePlanes(const TileCase& tiles) {
    for (const auto& plane : tiles.memory) {
      memory.push_back(std::make_unique<DeviceBytes>(plane.bytes()));
      planes.push_back(moved(plane.plane(), memory.back()->data()));
    }
  }
  std::vector<std::unique_ptr<DeviceBytes>> memory;
  std::vector<ConstPlane> planes;
};

void expect_same_tiles(const TileCase& tiles, cuda::TilePacker& packer) {
  const auto expected = tiles.packed();
  const DevicePlanes device(tiles);
  const DeviceBytes out(std::vector<std::byte>(expected.size()));
  packer.pack(device.planes, tiles.run, tiles.predictor, out.data(), nullptr);
  ASSERT_EQ(out.read(), expected) << name_of(tiles.type) << ", predictor " << int(tiles.predictor)
                                  << ", bands " << tiles.samples();
  ASSERT_TRUE(out.guards_intact());
}

TEST(GpuPackTiles, tiles_as_on_the_cpu) {
  std::mt19937 random(61);
  cuda::TilePacker packer;
  for (int round = 0; round < 400; ++round) {
    expect_same_tiles(testing_support::random_tiles(random, round), packer);
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(GpuPackTiles, large_tiles_and_many_bands) {
  std::mt19937 random(62);
  cuda::TilePacker packer;
  for (const std::size_t bands : {1U, 3U, 4U, 70U})
    for (const Predictor predictor : {Predictor::kHorizontal, Predictor::kFloatingPoint}) {
      TileCase tiles{DataType::kFloat32, predictor, {256, 256, 3, 1, 4}, {}};
      for (std::size_t b = 0; b < bands; ++b) {
        tiles.memory.emplace_back(tiles.type, 700, 300, 701);
        testing_support::fill_with_bits(random, tiles.memory.back().bytes());
      }
      expect_same_tiles(tiles, packer);
    }
}

TEST(GpuPackTiles, constant_tiles_as_on_the_cpu) {
  std::mt19937 random(63);
  cuda::TilePacker packer;
  for (int round = 0; round < 200; ++round) {
    TileCase tiles = testing_support::random_tiles(random, round);
    const auto bytes = static_cast<std::size_t>(size_bytes(tiles.type));
    std::vector<const std::byte*> pixels;
    for (auto& plane : tiles.memory) {
      auto& all = plane.bytes();
      for (std::size_t i = bytes; i < all.size(); ++i) all[i] = all[i - bytes];
      if (random() % 2 == 0) all[random() % all.size()] ^= std::byte{1};
      pixels.push_back(all.data() + bytes);
    }
    std::vector<std::byte> expected;
    for (std::int64_t t = 0; t < tiles.run.count; ++t) {
      const auto cropped = tiles.tile(tiles.run.first + t);
      for (std::size_t p = 0; p < cropped.size(); ++p)
        expected.push_back(static_cast<std::byte>(is_constant(cropped[p], pixels[p])));
    }
    const DevicePlanes device(tiles);
    const DeviceBytes flags(std::vector<std::byte>(expected.size()));
    packer.find_constant(device.planes, tiles.run, pixels,
                         reinterpret_cast<std::uint8_t*>(flags.data()), nullptr);
    ASSERT_EQ(flags.read(), expected) << "round " << round;
    ASSERT_TRUE(flags.guards_intact());
  }
}

TEST(GpuPackTiles, masks_as_on_the_cpu) {
  std::mt19937 random(64);
  for (const std::int64_t width : {1, 8, 41, 300}) {
    const std::int64_t across = (width + 15) / 16;
    const cuda::TileRun run = {16, 5, across, 1, across * 3 - 1};
    const auto mask = testing_support::random_mask(random, width, 13, width + 2);
    std::vector<std::byte> expected(static_cast<std::size_t>(run.count) * 10);
    for (std::int64_t t = 0; t < run.count; ++t) {
      const auto w = cuda::window_of(run, run.first + t, width, 13);
      pack_mask_bits(mask.plane().crop(w.col, w.row, w.width, w.height), 16, 5,
                     std::span(expected).subspan(static_cast<std::size_t>(t) * 10, 10));
    }
    const DeviceBytes in(mask.bytes()), out(std::vector<std::byte>(expected.size()));
    cuda::pack_mask_bits(moved(mask.plane(), in.data()), run, out.data(), nullptr);
    EXPECT_EQ(out.read(), expected) << width;
    EXPECT_TRUE(out.guards_intact());
  }
}

}  // namespace
}  // namespace cogmill::kernels
