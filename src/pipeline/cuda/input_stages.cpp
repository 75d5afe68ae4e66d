// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/convert_plane.hpp"
#include "kernels/cuda/evaluate.hpp"
#include "kernels/cuda/masks.hpp"
#include "kernels/cuda/remap_nodata.hpp"
#include "src/gpu/upload.hpp"
#include "src/pipeline/byte_plane.hpp"
#include "src/pipeline/cuda/decode.hpp"
#include "src/pipeline/cuda/device_engine.hpp"
#include "src/pipeline/cuda/stages.hpp"
#include "src/warp/warped_source.hpp"

#include <cstddef>
#include <vector>

namespace cogmill::pipeline {
namespace {

/// Masks of the inputs that have one: 0 where there is no data. Alpha of other types says it in
/// Byte.
std::vector<kernels::ConstPlane> validity_masks(const DeviceChunk& at) {
  gpu::Lane& lane = at.lane;
  const auto& uses = at.input.operation.inputs;
  std::vector<kernels::ConstPlane> masks(uses.size());
  gpu::Lane::resize(lane.converted, uses.size(), lane.memory);
  for (std::size_t i = 0; i < uses.size(); ++i) {
    if (!uses[i].validity) continue;
    const kernels::Plane& plane = lane.inputs[i].plane(static_cast<std::size_t>(*uses[i].validity));
    masks[i] = as_byte(plane, lane.inputs[i].window(), lane.converted[i],
                       FindVisibleOn{lane.stream.get()});
  }
  return masks;
}

void convert_types(const DeviceChunk& at, const gpu::DeviceBlock& in, const gpu::DeviceBlock& out) {
  const gpu::Stream stream = at.lane.stream.get();
  for (std::size_t plane = 0; plane < out.planes(); ++plane) {
    if (at.state.plan.image.alpha == static_cast<int>(plane))
      kernels::cuda::convert_alpha(in.plane(plane), out.plane(plane), 1, stream);
    else
      kernels::cuda::convert_plane(in.plane(plane), out.plane(plane), stream);
  }
}

/// Pixels without data get the output's nodata value.
void remap(const DeviceChunk& at, const gpu::DeviceBlock& in, const gpu::DeviceBlock& out) {
  const auto& changes = at.input.operation.nodata_changes;
  for (std::size_t band = 0; band < changes.size(); ++band) {
    const auto& to = at.state.plan.image.nodata[band];
    if (changes[band] && to)
      kernels::cuda::remap_nodata(in.plane(band), changes[band]->from, out.plane(band), *to,
                                  at.lane.warp.moved_counter(at.lane.stream.get()),
                                  at.lane.stream.get());
  }
}

bool device_resamples(io::Source& source, const io::Fetched& fetched) {
  const auto* warped = dynamic_cast<const warp::WarpedSource*>(&source);
  return warped != nullptr && warped->suits(fetched, DeviceEngine::can_warp);
}

/// Brings input `i`, which lies on another grid, into a block of the device.
void resample_on_device(const DeviceChunk& at, std::size_t i, const gpu::DeviceBlock& into) {
  DeviceEngine engine(at.lane, at.chunk.staging);
  const auto report =
      warp::decode_on(engine, *at.input.sources[i], *at.chunk.fetched[i], into.all());
  count_decoded(at.input, i, report, at.chunk);
}

/// Decodes an input into planes on the host.
void decode_planes(const RoundInput& input, Chunk& chunk, std::size_t i) {
  chunk.inputs[i].reset(chunk.blocks.front().pixels, input.operation.inputs[i].types);
  count_decoded(input, i, input.sources[i]->decode(*chunk.fetched[i], chunk.inputs[i].all()),
                chunk);
}

void run_program(const DeviceChunk& at) {
  const plan::Operation& operation = at.input.operation;
  const auto masks = validity_masks(at);
  std::vector<kernels::ProgramInput> inputs;
  for (const plan::ProgramLoad& load : operation.loads) {
    const auto i = static_cast<std::size_t>(load.input);
    inputs.push_back(
        {at.lane.inputs[i].plane(static_cast<std::size_t>(load.plane)), load.nodata, masks[i]});
  }
  const gpu::DeviceBlock& out = at.lane.levels.front();
  std::vector<kernels::ProgramOutput> outputs;
  for (std::size_t band = 0; band < out.planes(); ++band)
    outputs.push_back({out.plane(band), at.state.plan.image.nodata[band]});
  auto& program = at.lane.program;  // a job has one
  if (!program) program.emplace(*operation.program, at.lane.stream.get());
  kernels::cuda::evaluate_program(*program, operation.precision, inputs, outputs,
                                  at.lane.warp.moved_counter(at.lane.stream.get()),
                                  at.lane.stream.get());
}

}  // namespace

void decode_on_host(const RankState& state, const RoundInput& input, Chunk& chunk) {
  const report::Trace::Span span(state.trace, report::Stage::kDecode, chunk.number);
  chunk.levels.clear();  // of a chunk that the cores computed: the memory is wanted now
  chunk.inputs.resize(input.sources.size());
  chunk.raw.resize(input.sources.size());
  for (std::size_t i = 0; i < input.sources.size(); ++i) {
    if (device_resamples(*input.sources[i], *chunk.fetched[i])) continue;
    if (decompress_blocks(input, chunk, i))
      chunk.inputs[i] = {};
    else
      decode_planes(input, chunk, i);
    chunk.fetched[i].reset();
  }
}

void load_inputs(const DeviceChunk& at) {
  const report::Trace::Span span(at.state.trace, report::Stage::kDecode, at.chunk.number);
  const bool copy = plan::is_plain_copy(at.input.operation, at.state.plan.image);
  gpu::Lane& lane = at.lane;
  gpu::Lane::resize(lane.levels, at.chunk.blocks.size(), lane.memory);
  gpu::Lane::resize(lane.inputs, copy ? 0 : at.input.sources.size(), lane.memory);
  for (std::size_t i = 0; i < at.input.sources.size(); ++i) {
    gpu::DeviceBlock& into = copy ? lane.levels.front() : lane.inputs[i];
    into.reset(at.chunk.blocks.front().pixels, at.input.operation.inputs[i].types);
    if (at.chunk.fetched[i])
      resample_on_device(at, i, into);
    else if (at.chunk.raw[i].used)
      unpack_on_device(at, at.chunk.raw[i], into);
    else
      gpu::upload(at.chunk.inputs[i].bytes(), into.bytes().data(), lane);
  }
}

void evaluate_on_device(const DeviceChunk& at) {
  const plan::Operation& operation = at.input.operation;
  const report::Trace::Span span(at.state.trace, report::Stage::kEvaluate, at.chunk.number);
  gpu::DeviceBlock& out = at.lane.levels.front();
  if (plan::is_plain_copy(operation, at.state.plan.image)) return remap(at, out, out);
  out.reset(at.chunk.blocks.front().pixels, output_types(at.state.plan.image));
  at.lane.clock.time(gpu::Work::kCompute, at.lane.stream.get(), [&] {
    if (operation.program) return run_program(at);
    const gpu::DeviceBlock& in = at.lane.inputs.front();
    convert_types(at, in, out);
    remap(at, in, out);
  });
}

}  // namespace cogmill::pipeline
