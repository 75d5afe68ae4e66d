// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/handles.hpp"

#include "kernels/cuda/check.hpp"

#include <cuda_runtime_api.h>

namespace cogmill::gpu {
namespace {

using kernels::cuda::check;

OwnEvent make(unsigned flags) {
  cudaEvent_t event = nullptr;
  check(cudaEventCreateWithFlags(&event, flags), "make an event on the GPU");
  return OwnEvent(event);
}

}  // namespace

// A context that is already broken cannot be told so again: what fails here has failed before.
void DestroyStream::operator()(CUstream_st* stream) const { (void)cudaStreamDestroy(stream); }
void DestroyEvent::operator()(CUevent_st* event) const { (void)cudaEventDestroy(event); }

void FreePinned::operator()(std::byte* memory) const { (void)cudaFreeHost(memory); }

OwnPinned take_pinned(std::size_t bytes) {
  void* memory = nullptr;
  check(cudaHostAlloc(&memory, bytes, cudaHostAllocDefault), "take page-locked memory");
  return OwnPinned(static_cast<std::byte*>(memory));
}

OwnStream make_stream() {
  cudaStream_t stream = nullptr;
  check(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking), "make a stream on the GPU");
  return OwnStream(stream);
}

OwnEvent make_event() { return make(cudaEventDisableTiming | cudaEventBlockingSync); }
OwnEvent make_timed_event() { return make(cudaEventBlockingSync); }

void record(const OwnEvent& event, Stream stream) {
  check(cudaEventRecord(event.get(), stream), "mark a place in the GPU's work");
}

void wait(const OwnEvent& event) { check(cudaEventSynchronize(event.get()), "wait for the GPU"); }

double milliseconds_between(const OwnEvent& begin, const OwnEvent& end) {
  float milliseconds = 0;
  check(cudaEventElapsedTime(&milliseconds, begin.get(), end.get()), "time the GPU's work");
  return static_cast<double>(milliseconds);
}

}  // namespace cogmill::gpu
