// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/evaluate.hpp"
#include "kernels/masks.hpp"
#include "kernels/remap_nodata.hpp"
#include "src/pipeline/byte_plane.hpp"
#include "src/pipeline/stages.hpp"
#include "src/report/interrupt.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <cstddef>

namespace cogmill::pipeline {
namespace {

constexpr std::int64_t kRowsPerTask = 64;

/// The chunk's pixels as the sources number them.
partition::Window source_window(const RoundInput& input, const Chunk& chunk) {
  partition::Window w = chunk.blocks.front().pixels;
  w.col += input.region.col;
  w.row += input.region.row;
  return w;
}

kernels::ConstPlane rows_of(const kernels::ConstPlane& plane, std::int64_t begin,
                            std::int64_t end) {
  return plane.crop(0, begin, plane.width, end - begin);
}

/// Masks of the inputs that have one: 0 where there is no data. Alpha of other types says it in
/// Byte.
std::vector<kernels::ConstPlane> validity_masks(const RoundInput& input, Chunk& chunk,
                                                std::vector<io::PixelBlock>& converted) {
  std::vector<kernels::ConstPlane> masks(chunk.inputs.size());
  for (std::size_t i = 0; i < chunk.inputs.size(); ++i) {
    const auto& validity = input.operation.inputs[i].validity;
    if (!validity) continue;
    const kernels::Plane& plane = chunk.inputs[i].plane(static_cast<std::size_t>(*validity));
    masks[i] = as_byte(plane, chunk.inputs[i].window(), converted[i], kernels::find_visible);
  }
  return masks;
}

void run_program(const RankState& state, const RoundInput& input, Chunk& chunk) {
  const plan::Operation& operation = input.operation;
  std::vector<io::PixelBlock> converted(chunk.inputs.size());
  const auto masks = validity_masks(input, chunk, converted);
  const io::PixelBlock& out = chunk.levels.front();
  const std::int64_t height = out.window().height;
  const auto strips = partition::ceil_div(height, kRowsPerTask);
  std::atomic<std::int64_t> moved = 0;
  tbb::parallel_for(std::int64_t{0}, strips, [&](std::int64_t strip) {
    report::throw_if_interrupted();
    const std::int64_t begin = strip * kRowsPerTask;
    const std::int64_t end = std::min(height, begin + kRowsPerTask);
    std::vector<kernels::ProgramInput> inputs;
    for (const plan::ProgramLoad& load : operation.loads) {
      const auto i = static_cast<std::size_t>(load.input);
      kernels::ProgramInput in;
      in.plane = rows_of(chunk.inputs[i].plane(static_cast<std::size_t>(load.plane)), begin, end);
      in.nodata = load.nodata;
      if (masks[i].data != nullptr) in.mask = rows_of(masks[i], begin, end);
      inputs.push_back(in);
    }
    std::vector<kernels::ProgramOutput> outputs;
    for (std::size_t band = 0; band < out.planes(); ++band)
      outputs.push_back({out.plane(band).crop(0, begin, out.window().width, end - begin),
                         state.plan.image.nodata[band]});
    moved += kernels::evaluate_program(*operation.program, operation.precision, inputs, outputs);
  });
  chunk.result.report.warp.moved_pixels += moved;
}

/// Pixels without data get the output's nodata value. @param in the planes as they were read
void remap(const RankState& state, const plan::Operation& operation, const io::PixelBlock& in,
           Chunk& chunk) {
  const io::PixelBlock& out = chunk.levels.front();
  std::atomic<std::int64_t> moved = 0;
  tbb::parallel_for(std::size_t{0}, operation.nodata_changes.size(), [&](std::size_t band) {
    const auto& change = operation.nodata_changes[band];
    const auto& to = state.plan.image.nodata[band];
    if (change && to)
      moved += kernels::remap_nodata(in.plane(band), change->from, out.plane(band), *to);
  });
  chunk.result.report.warp.moved_pixels += moved;
}

void convert_types(const plan::OutputImage& image, Chunk& chunk) {
  const io::PixelBlock& in = chunk.inputs.front();
  const io::PixelBlock& out = chunk.levels.front();
  const std::int64_t height = out.window().height;
  const auto strips = static_cast<std::size_t>(partition::ceil_div(height, kRowsPerTask));
  tbb::parallel_for(std::size_t{0}, strips * out.planes(), [&](std::size_t task) {
    const std::int64_t begin = static_cast<std::int64_t>(task % strips) * kRowsPerTask;
    const std::int64_t end = std::min(height, begin + kRowsPerTask);
    const std::size_t plane = task / strips;
    const auto from = rows_of(in.plane(plane), begin, end);
    const auto to = out.plane(plane).crop(0, begin, out.window().width, end - begin);
    if (image.alpha == static_cast<int>(plane))
      kernels::convert_alpha(from, to, 1);
    else
      kernels::convert_plane(from, to);
  });
}

}  // namespace

void fetch(const RankState& state, const RoundInput& input, Chunk& chunk) {
  const report::Trace::Span span(state.trace, report::Stage::kFetch, chunk.number);
  chunk.fetched.clear();
  for (std::size_t i = 0; i < input.sources.size(); ++i) {
    const auto& bands = input.operation.inputs[i].bands;
    chunk.fetched.push_back(input.sources[i]->fetch(source_window(input, chunk), bands));
    if (input.full_resolution) chunk.result.report.bytes_read += chunk.fetched.back()->bytes_read();
  }
}

std::vector<kernels::DataType> output_types(const plan::OutputImage& image) {
  std::vector<kernels::DataType> types(static_cast<std::size_t>(image.bands), image.type);
  if (image.mask) types.push_back(kernels::DataType::kUInt8);
  return types;
}

void count_decoded(const RoundInput& input, std::size_t i, const io::DecodeReport& report,
                   Chunk& chunk) {
  WorkReport& total = chunk.result.report;
  const std::string& file = input.names[i];
  for (const std::string& block : report.corrupt)
    total.corrupt.push_back(file.empty() ? block : file + ": " + block);
  if (!input.full_resolution) return;
  total.bytes_decoded += report.bytes;
  total.bytes_read += report.bytes_read;
  total.warp.add(report.warp);
}

void decode(const RankState& state, const RoundInput& input, Chunk& chunk) {
  const report::Trace::Span span(state.trace, report::Stage::kDecode, chunk.number);
  const bool copy = plan::is_plain_copy(input.operation, state.plan.image);
  chunk.levels.resize(chunk.blocks.size());
  chunk.inputs.resize(copy ? 0 : input.sources.size());
  for (std::size_t i = 0; i < input.sources.size(); ++i) {
    io::PixelBlock& into = copy ? chunk.levels.front() : chunk.inputs[i];
    into.reset(chunk.blocks.front().pixels, input.operation.inputs[i].types);
    const auto report = input.sources[i]->decode(*chunk.fetched[i], into.all());
    count_decoded(input, i, report, chunk);
  }
  chunk.fetched.clear();
}

void evaluate(const RankState& state, const RoundInput& input, Chunk& chunk) {
  const plan::Operation& operation = input.operation;
  const report::Trace::Span span(state.trace, report::Stage::kEvaluate, chunk.number);
  if (plan::is_plain_copy(operation, state.plan.image)) {
    remap(state, operation, chunk.levels.front(), chunk);
    return;
  }
  chunk.levels.front().reset(chunk.blocks.front().pixels, output_types(state.plan.image));
  if (operation.program) {
    run_program(state, input, chunk);
  } else {
    convert_types(state.plan.image, chunk);
    remap(state, operation, chunk.inputs.front(), chunk);
  }
}

}  // namespace cogmill::pipeline
