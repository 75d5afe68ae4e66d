// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/masks.hpp"
#include "src/gpu/lane.hpp"
#include "src/pipeline/stages.hpp"

#include <atomic>
#include <cstdint>
#include <vector>

namespace cogmill::pipeline {

/// A chunk on its way through a device. What takes one enqueues work on the lane and returns early;
/// only pack_on_device waits for what it brings back.
struct DeviceChunk {
  const RankState& state;
  const RoundInput& input;
  Chunk& chunk;
  gpu::Lane& lane;
};

/// kernels::find_visible on a stream.
struct FindVisibleOn {
  gpu::Stream stream;
  void operator()(kernels::ConstPlane from, kernels::Plane to) const {
    kernels::cuda::find_visible(from, to, stream);
  }
};

/// Decodes, on this rank's cores, what the device does not decode or resample itself.
void decode_on_host(const RankState& state, const RoundInput& input, Chunk& chunk);

/// Brings the chunk's input planes to the device: lane.inputs, or its first level where nothing is
/// computed. Resamples inputs of other grids there.
void load_inputs(const DeviceChunk& at);
/// lane.inputs to the first of lane.levels.
void evaluate_on_device(const DeviceChunk& at);
void reduce_overviews_on_device(const DeviceChunk& at);

/// Fetches, decodes and computes the first of chunk.levels, on the host, a few rows at a time: for
/// a device that has no room for a chunk. What was fetched is not used.
/// @throws report::RuntimeError if there is no room for a row
void make_level_in_strips(const DeviceChunk& at);
/// Statistics of the full-resolution tiles, if they are wanted.
void measure_on_device(const DeviceChunk& at);
/// pick_picture() from the levels on the device.
void pick_picture_on_device(const DeviceChunk& at);
/// Takes the memory that pack_on_device() will need: behind it nothing can be tried again.
void reserve_packing(const DeviceChunk& at);
/// Packs the tiles of all levels on the device and brings them here: chunk.packed.
void pack_on_device(const DeviceChunk& at, const TileEncoder& encoder);

/// Compresses them on this rank's cores. A device that compresses takes its place.
void encode_packed(const RankState& state, TileEncoder& encoder, Chunk& chunk);

}  // namespace cogmill::pipeline
