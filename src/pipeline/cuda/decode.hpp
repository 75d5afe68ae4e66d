// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/pipeline/cuda/stages.hpp"

#include <cstddef>

namespace cogmill::pipeline {

/// Decompresses the blocks of input `i` with this rank's cores, if a device can make its pixels of
/// them.   @return false if it cannot: decode() has to
bool decompress_blocks(const RoundInput& input, Chunk& chunk, std::size_t i);

/// Sends the blocks to the device and makes pixels of them. A device that decompresses takes the
/// place of these two functions.
void unpack_on_device(const DeviceChunk& at, const RawInput& raw, const gpu::DeviceBlock& into);

}  // namespace cogmill::pipeline
