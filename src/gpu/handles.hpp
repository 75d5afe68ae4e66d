// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/stream.hpp"

#include <cstddef>
#include <memory>

struct CUevent_st;

namespace cogmill::gpu {

using kernels::cuda::Stream;

struct DestroyStream {
  void operator()(CUstream_st* stream) const;
};
struct DestroyEvent {
  void operator()(CUevent_st* event) const;
};
using OwnStream = std::unique_ptr<CUstream_st, DestroyStream>;
using OwnEvent = std::unique_ptr<CUevent_st, DestroyEvent>;

struct FreePinned {
  void operator()(std::byte* memory) const;
};
using OwnPinned = std::unique_ptr<std::byte, FreePinned>;

/// Page-locked memory of the host.   @throws kernels::cuda::OutOfMemory
OwnPinned take_pinned(std::size_t bytes);

/// A queue that does not wait for the default one.   @throws kernels::cuda::CudaError
OwnStream make_stream();
/// A mark in a stream, without a time. Waiting for it lets the processor sleep.
OwnEvent make_event();
/// A mark in a stream that knows when the stream came to it, for milliseconds_between.
OwnEvent make_timed_event();

void record(const OwnEvent& event, Stream stream);
/// Waits until the stream that recorded it has come so far. @throws CudaError of its kernels
void wait(const OwnEvent& event);
/// @return milliseconds between two timed events that are over
double milliseconds_between(const OwnEvent& begin, const OwnEvent& end);

}  // namespace cogmill::gpu
