// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/unpack_blocks.hpp"
#include "tests/gpu/device_memory.hpp"
#include "tests/support/block_cases.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace cogmill::kernels {
namespace {

using testing_support::BlockCase;
using testing_support::DeviceBytes;
using testing_support::moved;

void expect_same_planes(BlockCase& blocks) {
  const DeviceBytes raw(blocks.raw), parts(std::as_bytes(std::span(blocks.parts)));
  std::vector<std::unique_ptr<DeviceBytes>> memory;
  std::vector<Plane> planes;
  for (auto& plane : blocks.memory) {
    memory.push_back(std::make_unique<DeviceBytes>(plane.bytes()));
    planes.push_back(moved(plane.plane(), memory.back()->data()));
  }
  blocks.unpack();
  cuda::unpack_blocks(raw.data(), reinterpret_cast<const cuda::BlockPart*>(parts.data()),
                      static_cast<std::int64_t>(blocks.parts.size()), blocks.layout, blocks.samples,
                      planes, nullptr);
  for (std::size_t i = 0; i < memory.size(); ++i) {
    ASSERT_EQ(memory[i]->read(), blocks.memory[i].bytes())
        << name_of(blocks.layout.type) << ", predictor " << int(blocks.layout.predictor)
        << ", sample " << blocks.samples[i] << " of " << blocks.layout.samples << ", columns "
        << blocks.layout.columns << ", swap " << blocks.layout.swap;
    ASSERT_TRUE(memory[i]->guards_intact());
  }
  EXPECT_EQ(raw.read(), blocks.raw);
}

TEST(GpuUnpackBlocks, blocks_as_on_the_cpu) {
  std::mt19937 random(73);
  for (int round = 0; round < 600; ++round) {
    BlockCase blocks = testing_support::random_blocks(random, round, round % 10 == 0 ? 3000 : 300);
    expect_same_planes(blocks);
    ASSERT_FALSE(testing::Test::HasFatalFailure()) << "round " << round;
  }
}

}  // namespace
}  // namespace cogmill::kernels
