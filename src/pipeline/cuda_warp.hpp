// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/pipeline/cuda_stages.hpp"

#include <cstddef>

namespace cogmill::pipeline {

/// @return whether the device brings this input to the output's grid itself. Mosaics, cutlines and
/// complex pixels come from the host.
bool device_resamples(io::Source& source, const plan::InputUse& use);

/// Decodes the pieces of input `i` here and resamples them into its planes on the device.
/// @pre device_resamples()
void resample_on_device(const DeviceChunk& at, std::size_t i, const gpu::DeviceBlock& into);

}  // namespace cogmill::pipeline
