// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/gpu/lane.hpp"

#include <cstddef>
#include <span>

namespace cogmill::gpu {

/// Copies host memory to the device through the lane's page-locked slots, with oneTBB tasks. The
/// source may change as soon as this returns; the copy is enqueued on the lane's stream.
void upload(std::span<const std::byte> from, std::byte* to, Lane& lane);

/// Enqueues the copy of the ring's newest slot, or of its beginning, to the device.
void send_slot(std::span<const std::byte> slot, std::byte* to, Lane& lane);

}  // namespace cogmill::gpu
