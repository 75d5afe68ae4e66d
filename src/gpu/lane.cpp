// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/lane.hpp"

#include "kernels/cuda/check.hpp"

#include <cuda_runtime_api.h>

#include <utility>

namespace cogmill::gpu {

namespace {

constexpr std::size_t kLeastSlotBytes = std::size_t{1} << 20;

}  // namespace

Lane::Lane(Device& device, const LaneShape& shape)
    : stream(make_stream()),
      ring(shape.slots, shape.slot_bytes),
      staging(device.memory()),
      warp(device.memory()),
      memory(device.memory()) {}

void Lane::resize(std::vector<DeviceBlock>& blocks, std::size_t count, DeviceMemory& memory) {
  while (blocks.size() < count) blocks.emplace_back(memory);
}

void Lane::finish() {
  kernels::cuda::check(cudaStreamSynchronize(stream.get()), "finish a chunk on the GPU");
}

LanePool::Lease::~Lease() {
  if (lane_) pool_->give_back(std::move(lane_));
}

LanePool::Lease LanePool::borrow() {
  device_.use();
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [this] { return !idle_.empty() || made_ < most_; });
  if (!idle_.empty()) {
    Lease lease(*this, std::move(idle_.back()));
    idle_.pop_back();
    return lease;
  }
  ++made_;
  const LaneShape shape = shape_;
  lock.unlock();
  try {
    return {*this, std::make_unique<Lane>(device_, shape)};
  } catch (...) {
    lock.lock();
    --made_;
    returned_.notify_one();
    throw;
  }
}

bool LanePool::shrink(Lease lease) {
  const std::unique_ptr<Lane> gone = std::move(lease.lane_);  // its memory is free behind the lock
  const std::scoped_lock lock(mutex_);
  --made_;
  if (most_ > 1) {
    --most_;
  } else if (shape_.slot_bytes / 2 >= kLeastSlotBytes) {
    shape_.slot_bytes /= 2;
  } else {
    return false;
  }
  returned_.notify_all();
  return true;
}

void LanePool::give_back(std::unique_ptr<Lane> lane) noexcept {
  WorkSeconds timed = {};
  try {
    lane->finish();
    timed = lane->clock.read();
  } catch (...) {  // a chunk that failed is reported by who computed it
  }
  const std::scoped_lock lock(mutex_);
  for (std::size_t i = 0; i < kWorkCount; ++i) seconds_[i] += timed[i];
  idle_.push_back(std::move(lane));
  returned_.notify_one();
}

std::size_t LanePool::most() const {
  const std::scoped_lock lock(mutex_);
  return most_;
}

std::size_t LanePool::slot_bytes() const {
  const std::scoped_lock lock(mutex_);
  return shape_.slot_bytes;
}

WorkSeconds LanePool::seconds() const {
  const std::scoped_lock lock(mutex_);
  return seconds_;
}

}  // namespace cogmill::gpu
