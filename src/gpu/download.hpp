// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/gpu/lane.hpp"

#include <cstddef>
#include <span>

namespace cogmill::gpu {

/// Sends device memory to the ring's next slot; PinnedRing::wait_for() tells when it is there.
/// @pre it fits a slot
void download(std::span<const std::byte> from, Lane& lane);

/// Brings device memory of any size here, slot by slot. Waits for it.   @pre to.size() is as large
void download_all(std::span<const std::byte> from, std::span<std::byte> to, Lane& lane);

/// Waits for slot `back` of the ring (0: the newest) and copies its beginning, with oneTBB tasks.
void take_slot(std::size_t back, std::span<std::byte> to, Lane& lane);

}  // namespace cogmill::gpu
