// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

struct CUstream_st;

namespace cogmill::kernels::cuda {

/// A queue of work of one device: cudaStream_t, without CUDA's headers. Calls that take one return
/// at once; what they were given has to live until the stream has come that far.
using Stream = CUstream_st*;

}  // namespace cogmill::kernels::cuda
