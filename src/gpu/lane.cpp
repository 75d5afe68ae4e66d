// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/lane.hpp"

#include "kernels/cuda/check.hpp"

#include <cuda_runtime_api.h>

#include <utility>

namespace cogmill::gpu {
namespace {

constexpr std::chrono::seconds kEpoch{20};

}  // namespace

Lane::Lane(Device& device, const LaneShape& shape)
    : stream(make_stream()),
      ring(shape.slots, shape.slot_bytes),
      made_for(shape.slot_bytes),
      staging(device.memory()),
      warp(device.memory()),
      memory(device.memory()) {}

void Lane::resize(std::vector<DeviceBlock>& blocks, std::size_t count, DeviceMemory& memory) {
  while (blocks.size() < count) blocks.emplace_back(memory);
}

void Lane::finish() {
  kernels::cuda::check(cudaStreamSynchronize(stream.get()), "finish a chunk on the GPU");
}

void Lane::release_planes() {
  finish();
  staging.release();
  for (auto* blocks : {&inputs, &levels, &converted, &warp.rooms, &warp.parts})
    for (DeviceBlock& block : *blocks) block.release();
}

LanePool::Lease::~Lease() {
  if (lane_) pool_->give_back(std::move(lane_));
}

LanePool::Lease LanePool::borrow() {
  device_.use();
  const std::size_t slot_bytes = budget_.enter();
  try {
    auto lane = take_idle(slot_bytes);
    if (!lane) lane = std::make_unique<Lane>(device_, LaneShape{slots_, slot_bytes});
    lane->epoch = join_epoch(*lane);
    return {*this, std::move(lane)};
  } catch (...) {
    budget_.leave();
    throw;
  }
}

/// One that was made before slots were halved is too large.
std::unique_ptr<Lane> LanePool::take_idle(std::size_t slot_bytes) {
  std::vector<std::unique_ptr<Lane>> too_large;  // freed behind the lock
  const std::scoped_lock lock(mutex_);
  while (!idle_.empty()) {
    auto lane = std::move(idle_.back());
    idle_.pop_back();
    if (lane->made_for == slot_bytes) return lane;
    too_large.push_back(std::move(lane));
  }
  return nullptr;
}

bool LanePool::shrink(Lease lease) {
  lease.lane_.reset();
  {
    const std::scoped_lock lock(mutex_);
    idle_.clear();  // what others have left takes memory too
  }
  return budget_.leave_and_shrink();
}

void LanePool::give_back(std::unique_ptr<Lane> lane) noexcept {
  try {
    lane->finish();
    const auto timed = lane->clock.read(lane->epoch->since);
    leave_epoch(std::move(lane->epoch), timed);
  } catch (...) {  // a chunk that failed is reported by who computed it
  }
  {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(lane));
  }
  budget_.leave();
}

std::shared_ptr<WorkEpoch> LanePool::join_epoch(const Lane& lane) {
  const auto now = std::chrono::steady_clock::now();
  const std::scoped_lock lock(mutex_);
  if (epoch_ && now - epoch_->started < kEpoch) return epoch_;
  auto next = std::make_shared<WorkEpoch>(WorkEpoch{now, make_timed_event(), {}});
  record(next->since, lane.stream.get());
  wait(next->since);  // before other streams count from it
  if (epoch_ && epoch_.use_count() == 1) totals_ += epoch_->log.totals();
  epoch_ = std::move(next);
  return epoch_;
}

/// The last one to leave an epoch that is over adds it up.
void LanePool::leave_epoch(std::shared_ptr<WorkEpoch> epoch, const std::vector<TimedWork>& timed) {
  const std::scoped_lock lock(mutex_);
  epoch->log.add(timed);
  if (epoch != epoch_ && epoch.use_count() == 1) totals_ += epoch->log.totals();
}

WorkTotals LanePool::totals() const {
  const std::scoped_lock lock(mutex_);
  WorkTotals totals = totals_;
  if (epoch_) totals += epoch_->log.totals();
  return totals;
}

}  // namespace cogmill::gpu
