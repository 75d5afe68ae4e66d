// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/cuda/backend.hpp"

#include "kernels/cuda/errors.hpp"
#include "src/gpu/lane.hpp"
#include "src/pipeline/choose_backend.hpp"
#include "src/pipeline/cuda/exact.hpp"
#include "src/pipeline/cuda/stages.hpp"
#include "src/report/error.hpp"
#include "src/report/interrupt.hpp"
#include "src/report/log.hpp"
#include "src/report/sizes.hpp"

#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>
#include <string>
#include <utility>

namespace cogmill::pipeline {
namespace {

using kernels::cuda::CudaError;
using kernels::cuda::OutOfMemory;

/// Enough that some copy while others compute; a chunk is there for milliseconds.
std::size_t useful_lanes(int threads) {
  return static_cast<std::size_t>(std::clamp(2 + threads / 8, 2, 4));
}

/// A device with its lanes, or why there is none.
struct Started {
  BackendChoice choice;
  std::unique_ptr<gpu::Device> device;
  std::unique_ptr<gpu::LanePool> lanes;
};

std::shared_ptr<Started> start(BackendChoice choice, std::optional<std::int64_t> limit,
                               std::size_t lanes) {
  auto started = std::make_shared<Started>();
  const bool insist = choice.insist;
  if (choice.assumed) choice = look_for_device(0);
  choice.insist = insist;
  started->choice = choice;
  if (!choice.cuda) return started;
  try {
    started->device = std::make_unique<gpu::Device>(choice.device, limit, choice.sharers);
    started->lanes = std::make_unique<gpu::LanePool>(*started->device, lanes, gpu::LaneShape{});
  } catch (const CudaError& e) {
    started->choice.cuda = false;
    started->choice.notable = true;
    started->choice.why_cpu = choice.device.name + " " + choice.device.uuid +
                              " cannot be used: " + e.what() + " (see cogmill doctor)";
  }
  return started;
}

/// The device has too little memory for one chunk.
class NoRoom : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class CudaBackend final : public Backend {
 public:
  CudaBackend(const BackendChoice& choice, std::optional<std::int64_t> limit, int threads)
      : insist_(choice.insist),
        started_(std::async(std::launch::async, start, choice, limit, useful_lanes(threads))),
        cores_(make_cpu_backend({})) {}

  void compute(const RankState& state, const RoundInput& input, TileEncoder& encoder,
               Chunk& chunk) override {
    const bool wait = insist_ || !device_is_exact(input.operation, state.plan.image);
    if (!wait && !is_ready()) return compute_on_cores(state, input, encoder, chunk);
    Started& started = *started_.get();
    if (!started.choice.cuda && insist_)
      throw report::RuntimeError("--backend cuda: " + started.choice.why_cpu +
                                 "; use --backend auto or cpu");
    if (!started.choice.cuda) return compute_on_cores(state, input, encoder, chunk);
    if (has_room_) {
      try {
        return compute_on_device(started, state, input, encoder, chunk);
      } catch (const NoRoom& e) {
        if (has_room_.exchange(false)) report::log_warning(e.what());
        chunk.result.report = {};
        fetch(state, input, chunk);  // what was fetched may be used up
      }
    }
    compute_without_room(started, state, input, encoder, chunk);
  }

  BackendChoice choice() const override { return started_.get()->choice; }
  DeviceReport report() const override { return released_.valid() ? report_ : report_now(); }

  void release() override {
    report_ = report_now();
    released_ = std::async(std::launch::async, [started = started_.get()] {
      if (!started->device) return;
      started->device->use();  // a thread begins with the first device, which may not be this one
      started->lanes.reset();
      started->device->shut_down();
    });
  }

 private:
  DeviceReport report_now() const {
    const Started& started = *started_.get();
    DeviceReport report;
    report.chunks = chunks_;
    report.host_chunks = host_chunks_;
    if (!started.choice.cuda) return report;
    const gpu::WorkTotals totals = started.lanes->totals();
    const auto of = [&](gpu::Work work) { return totals[static_cast<std::size_t>(work)]; };
    report.memory_limit = started.device->memory().limit();
    report.peak_memory = started.device->memory().peak();
    report.to_device = of(gpu::Work::kToDevice);
    report.compute_seconds = of(gpu::Work::kCompute).seconds;
    report.from_device = of(gpu::Work::kFromDevice);
    return report;
  }
  bool is_ready() const {
    return started_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }
  void compute_on_cores(const RankState& state, const RoundInput& input, TileEncoder& encoder,
                        Chunk& chunk) {
    ++host_chunks_;
    cores_->compute(state, input, encoder, chunk);
  }

  void compute_on_device(Started& started, const RankState& state, const RoundInput& input,
                         TileEncoder& encoder, Chunk& chunk) {
    decode_on_host(state, input, chunk);
    // Whoever holds a lane must not take up another chunk while it waits for its tasks: that chunk
    // could wait for this lane.
    tbb::this_task_arena::isolate([&] {
      const gpu::LanePool::Lease lane = make_levels(started, state, input, chunk);
      const DeviceChunk at{state, input, chunk, *lane};
      measure_on_device(at);
      pick_picture_on_device(at);
      pack_on_device(at, encoder);
      chunk.result.report.warp.moved_pixels += lane->warp.take_moved(lane->stream.get());
    });
    ++chunks_;
    encode_packed(state, encoder, chunk);
  }

  /// All levels of the chunk on a lane, with fewer lanes and smaller batches if memory is short.
  static gpu::LanePool::Lease make_levels(Started& started, const RankState& state,
                                          const RoundInput& input, Chunk& chunk) {
    for (;;) {
      report::throw_if_interrupted();
      gpu::LanePool::Lease lane = started.lanes->borrow();
      const DeviceChunk at{state, input, chunk, *lane};
      const WorkReport before = chunk.result.report;
      try {
        load_inputs(at);
        evaluate_on_device(at);
        reduce_overviews_on_device(at);
        reserve_packing(at);
        return lane;
      } catch (const OutOfMemory& e) {
        static_cast<void>(lane->warp.take_moved(lane->stream.get()));  // they are made again
        chunk.result.report = before;
        if (!started.lanes->shrink(std::move(lane))) throw NoRoom(describe(started, e));
        report::log_warning(
            "the GPU's memory is short: going on with " +
            std::to_string(started.lanes->budget().most()) + " chunks at once, in batches of " +
            report::format_size(static_cast<std::int64_t>(started.lanes->budget().slot_bytes())));
      }
    }
  }

  static std::string describe(const Started& started, const OutOfMemory& e) {
    return "not even one chunk fits into " + report::format_size(started.device->memory().limit()) +
           " of " + started.device->info().name + " (" + e.what() +
           "): it computes what only it does, a few rows at a time, and the cores the rest; give "
           "more with --gpu-memory, or use a smaller BLOCKSIZE or fewer bands";
  }

  /// Only what the cores would not compute to the same bits goes to the device, a few rows at once.
  void compute_without_room(Started& started, const RankState& state, const RoundInput& input,
                            TileEncoder& encoder, Chunk& chunk) {
    if (!input.full_resolution || device_is_exact(input.operation, state.plan.image))
      return compute_on_cores(state, input, encoder, chunk);
    tbb::this_task_arena::isolate([&] {
      const gpu::LanePool::Lease lane = started.lanes->borrow();
      make_level_in_strips({state, input, chunk, *lane});
    });
    reduce_overviews(state, chunk);
    pick_picture(state, chunk);
    encode(state, encoder, chunk);
  }

  bool insist_;
  std::atomic<bool> has_room_ = true;
  std::shared_future<std::shared_ptr<Started>> started_;
  std::unique_ptr<Backend> cores_;
  std::atomic<std::int64_t> chunks_ = 0, host_chunks_ = 0;
  DeviceReport report_;
  std::future<void> released_;
};

}  // namespace

std::unique_ptr<Backend> make_cuda_backend(const BackendChoice& choice,
                                           std::optional<std::int64_t> gpu_memory, int threads) {
  return std::make_unique<CudaBackend>(choice, gpu_memory, threads);
}

}  // namespace cogmill::pipeline
