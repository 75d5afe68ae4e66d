// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/evaluate.hpp"
#include "kernels/cuda/overview.hpp"
#include "kernels/cuda/pack_tiles.hpp"
#include "kernels/cuda/statistics.hpp"
#include "src/gpu/device.hpp"
#include "src/gpu/device_memory.hpp"
#include "src/gpu/handles.hpp"
#include "src/gpu/lane_budget.hpp"
#include "src/gpu/lane_clock.hpp"
#include "src/gpu/pinned_ring.hpp"
#include "src/gpu/warp_work.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace cogmill::gpu {

/// How much a lane holds beside its planes.
struct LaneShape {
  std::size_t slots = 3;  ///< of page-locked memory: one fills while two are on their way
  std::size_t slot_bytes = std::size_t{8} << 20;  ///< what is copied at once; taking more is slow
};

/// A while in which all lanes count time from one event: what CUDA says of events loses precision
/// with the time between them.
struct WorkEpoch {
  std::chrono::steady_clock::time_point started;
  OwnEvent since;
  WorkLog log;
};

/// The way of one chunk through the device: a stream, and memory that only it uses. What is
/// enqueued on different lanes overlaps.
struct Lane {
  Lane(Device& device, const LaneShape& shape);

  OwnStream stream;
  PinnedRing ring;
  std::size_t made_for;  ///< bytes of its slots at first; large tiles may have made them grow
  DeviceBuffer staging;  ///< what goes from and to the ring's slots
  std::vector<DeviceBlock> inputs, levels;
  std::vector<DeviceBlock> converted;                   ///< masks of other types, as Byte
  std::optional<kernels::cuda::DeviceProgram> program;  ///< of the job, once it is needed
  kernels::cuda::OverviewReducer reducer;
  kernels::cuda::TilePacker packer;
  kernels::cuda::TileStatistics statistics;
  WarpWork warp;
  LaneClock clock;
  std::shared_ptr<WorkEpoch> epoch;  ///< of the lease
  DeviceMemory& memory;

  /// `count` blocks, those that are there among them.
  static void resize(std::vector<DeviceBlock>& blocks, std::size_t count, DeviceMemory& memory);
  /// Gives the memory of planes back, after waiting for what is enqueued.
  void release_planes();
  /// Waits until everything enqueued is done. @throws CudaError of its kernels
  void finish();
};

/// The lanes of a device, lent to one chunk at a time. Thread-safe.
class LanePool {
 public:
  /// Lanes are made when they are first needed.
  LanePool(Device& device, std::size_t most, const LaneShape& shape)
      : device_(device), slots_(shape.slots), budget_(most, shape.slot_bytes) {}

  /// A lane, given back when it goes away.
  class Lease {
   public:
    Lease(LanePool& pool, std::unique_ptr<Lane> lane) : pool_(&pool), lane_(std::move(lane)) {}
    ~Lease();
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    Lane& operator*() const { return *lane_; }
    Lane* operator->() const { return lane_.get(); }

   private:
    friend class LanePool;
    LanePool* pool_;
    std::unique_ptr<Lane> lane_;
  };

  /// Waits for a lane that is free. The calling thread then computes on the device.
  /// @throws kernels::cuda::OutOfMemory if there is no memory for a first one
  Lease borrow();

  /// For a chunk that found no memory: takes one lane away for good, so that others have more; of
  /// the last one halves the batches.   @return false if neither is possible
  bool shrink(Lease lease);

  const LaneBudget& budget() const { return budget_; }
  WorkTotals totals() const;  ///< of what all lanes have timed, of leases that are over

 private:
  std::unique_ptr<Lane> take_idle(std::size_t slot_bytes);
  std::shared_ptr<WorkEpoch> join_epoch(const Lane& lane);
  void leave_epoch(std::shared_ptr<WorkEpoch> epoch, const std::vector<TimedWork>& timed);
  void give_back(std::unique_ptr<Lane> lane) noexcept;

  Device& device_;
  std::size_t slots_;
  LaneBudget budget_;
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Lane>> idle_;
  std::shared_ptr<WorkEpoch> epoch_;  ///< of leases that begin now
  WorkTotals totals_ = {};            ///< of epochs that are over
};

}  // namespace cogmill::gpu
