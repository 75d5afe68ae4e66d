// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/copy_speed.hpp"

#include "kernels/cuda/check.hpp"
#include "kernels/cuda/device_buffer.hpp"
#include "src/gpu/handles.hpp"

#include <cuda_runtime_api.h>

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace cogmill::gpu {
namespace {

using kernels::cuda::check;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kBytes = std::size_t{64} << 20;
constexpr int kMostCopies = 6;
constexpr double kLongEnough = 0.06;  // [s] for one measurement

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// One direction: a buffer at each end, and a queue of its own.
class Direction {
 public:
  explicit Direction(cudaMemcpyKind kind) : kind_(kind) { device_.reserve(kBytes); }
  void start() const {
    const bool to_device = kind_ == cudaMemcpyHostToDevice;
    void* const to = to_device ? device_.data() : host_.get();
    const void* const from = to_device ? host_.get() : device_.data();
    check(cudaMemcpyAsync(to, from, kBytes, kind_, stream_.get()), "copy");
  }
  void wait() const { check(cudaStreamSynchronize(stream_.get()), "wait for a copy"); }

 private:
  cudaMemcpyKind kind_;
  OwnPinned host_ = take_pinned(kBytes);
  kernels::cuda::DeviceBuffer device_;
  OwnStream stream_ = make_stream();
};

/// Rate of one direction, or of both at once [GB/s]: of the best copy, for other work disturbs
/// some.
double measure(const Direction& first, const Direction* second) {
  double best = 0, spent = 0;
  for (int i = 0; i < kMostCopies && spent < kLongEnough; ++i) {
    const auto start = Clock::now();
    first.start();
    if (second != nullptr) second->start();
    first.wait();
    if (second != nullptr) second->wait();
    const double seconds = seconds_since(start);
    spent += seconds;
    const double bytes = static_cast<double>(kBytes) * (second == nullptr ? 1 : 2);
    if (seconds > 0) best = std::max(best, bytes / seconds / 1e9);
  }
  return best;
}

}  // namespace

CopySpeed measure_copy_speed(int ordinal) {
  CopySpeed speed;
  const auto start = Clock::now();
  check(cudaSetDevice(ordinal), "choose a GPU");
  check(cudaFree(nullptr), "start a GPU");  // or the first call that needs it would
  speed.start_seconds = seconds_since(start);
  const Direction down(cudaMemcpyHostToDevice), up(cudaMemcpyDeviceToHost);
  down.start();  // the first copy of each wakes the link up
  up.start();
  down.wait();
  up.wait();
  speed.to_device = measure(down, nullptr);
  speed.from_device = measure(up, nullptr);
  speed.both_ways = measure(down, &up);
  return speed;
}

}  // namespace cogmill::gpu
