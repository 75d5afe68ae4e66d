// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/pipeline/backend.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace cogmill::pipeline {

/// Host memory that a device takes beside its chunks, at most: pinned slots, and the driver's own
/// [bytes].
inline constexpr std::int64_t kDeviceHostBytes = std::int64_t{256} << 20;

/// Decodes and compresses on this rank's cores, and does what is between on its device, several
/// chunks at a time. The device starts in the background: unless choice.insist, chunks are computed
/// on the cores until it is there, where that gives the same bits, and all of them if it never is.
/// @param gpu_memory limit [bytes]; nothing: what is free   @param threads of this rank
/// @throws (its compute) report::RuntimeError if choice.insist and the device cannot be used
std::unique_ptr<Backend> make_cuda_backend(const BackendChoice& choice,
                                           std::optional<std::int64_t> gpu_memory, int threads);

}  // namespace cogmill::pipeline
