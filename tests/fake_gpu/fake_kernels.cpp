// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// The functions of kernels/cuda with the loops of kernels/: what a device would compute, on the
// host and at once. With it the program's ways of using a device are tested without one.
#include "kernels/cuda/check.hpp"
#include "kernels/cuda/complex_parts.hpp"
#include "kernels/cuda/convert_plane.hpp"
#include "kernels/cuda/evaluate.hpp"
#include "kernels/cuda/masks.hpp"
#include "kernels/cuda/merge_layers.hpp"
#include "kernels/cuda/overview.hpp"
#include "kernels/cuda/pack_tiles.hpp"
#include "kernels/cuda/pick_pixels.hpp"
#include "kernels/cuda/remap_nodata.hpp"
#include "kernels/cuda/statistics.hpp"
#include "kernels/cuda/unpack_blocks.hpp"
#include "kernels/cuda/warp.hpp"
#include "kernels/masks.hpp"
#include "kernels/remap_nodata.hpp"
#include "kernels/tile_pack.hpp"
#include "kernels/warp/complex_bands.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>
#include <vector>

namespace cogmill::kernels::cuda {
namespace {

/// What objects of the real library keep on the device.
template <class Key, class Value>
class Kept {
 public:
  void put(Key key, Value value) {
    const std::scoped_lock lock(mutex_);
    values_.insert_or_assign(key, std::move(value));
  }
  Value get(Key key) {
    const std::scoped_lock lock(mutex_);
    return values_.at(key);
  }

 private:
  std::mutex mutex_;
  std::map<Key, Value> values_;
};
Kept<const DeviceMap*, CoordinateMap>& maps() {
  static Kept<const DeviceMap*, CoordinateMap> kept;
  return kept;
}
Kept<const TileStatistics*, std::vector<Statistics>>& measured() {
  static Kept<const TileStatistics*, std::vector<Statistics>> kept;
  return kept;
}

template <class AnyPlane>
AnyPlane tile_of(const AnyPlane& plane, const TileRun& run, std::int64_t i) {
  const TileWindow w = window_of(run, run.first + i, plane.width, plane.height);
  return plane.crop(w.col, w.row, w.width, w.height);
}

/// Predictors see the components of complex pixels.
PredictorShape shape_of(DataType type, std::int64_t columns, std::int64_t rows,
                        std::int64_t samples) {
  return {component_of(type), columns, rows, is_complex(type) ? 2 * samples : samples};
}

}  // namespace

void check(cudaError_t status, const char* doing) {
  if (status == cudaSuccess) return;
  const std::string text = std::string("cannot ") + doing + ": " + cudaGetErrorString(status);
  if (status == cudaErrorMemoryAllocation) throw OutOfMemory(text);
  throw CudaError(text);
}

void convert_plane(ConstPlane src, Plane dst, Stream /*stream*/) {
  kernels::convert_plane(src, dst);
}
void remap_nodata(ConstPlane src, const std::optional<Nodata>& from, Plane dst, const Nodata& to,
                  std::uint64_t* moved, Stream /*stream*/) {
  *moved += static_cast<std::uint64_t>(kernels::remap_nodata(src, from, dst, to));
}

DeviceProgram::DeviceProgram(const Program& program, Stream /*stream*/) : program_(program) {}
void evaluate_program(DeviceProgram& program, Precision precision,
                      std::span<const ProgramInput> inputs, std::span<const ProgramOutput> outputs,
                      std::uint64_t* moved, Stream /*stream*/) {
  *moved += static_cast<std::uint64_t>(
      kernels::evaluate_program(program.program_, precision, inputs, outputs));
}

void OverviewReducer::reduce(Resampling resampling, const OverviewGeometry& geometry,
                             ConstPlane src, const Validity& validity, Plane dst,
                             Stream /*stream*/) {
  kernels::reduce_overview(resampling, geometry, src, validity, dst);
}
void OverviewReducer::reduce_mask(Resampling resampling, const OverviewGeometry& geometry,
                                  ConstPlane mask, Plane dst, Stream /*stream*/) {
  kernels::reduce_mask(resampling, geometry, mask, dst);
}

void TilePacker::pack(std::span<const ConstPlane> planes, const TileRun& run, Predictor predictor,
                      std::byte* tiles, Stream /*stream*/) {
  const DataType type = planes.front().type;
  const auto samples = static_cast<std::int64_t>(planes.size());
  const auto row = static_cast<std::size_t>(run.tile_width * samples * size_bytes(type));
  const std::size_t bytes = row * static_cast<std::size_t>(run.tile_height);
  std::vector<std::byte> scratch(row);
  for (std::int64_t i = 0; i < run.count; ++i, tiles += bytes) {
    std::vector<ConstPlane> parts;
    for (const ConstPlane& plane : planes) parts.push_back(tile_of(plane, run, i));
    kernels::pack_tile(parts, run.tile_width, run.tile_height, {tiles, bytes});
    kernels::apply_predictor(predictor, shape_of(type, run.tile_width, run.tile_height, samples),
                             {tiles, bytes}, scratch);
  }
}
void TilePacker::find_constant(std::span<const ConstPlane> planes, const TileRun& run,
                               std::span<const std::byte* const> pixels, std::uint8_t* flags,
                               Stream /*stream*/) {
  for (std::int64_t i = 0; i < run.count; ++i)
    for (std::size_t p = 0; p < planes.size(); ++p)
      *flags++ = kernels::is_constant(tile_of(planes[p], run, i), pixels[p]) ? 1 : 0;
}
void pack_mask_bits(ConstPlane mask, const TileRun& run, std::byte* bits, Stream /*stream*/) {
  const auto bytes = static_cast<std::size_t>((run.tile_width + 7) / 8 * run.tile_height);
  for (std::int64_t i = 0; i < run.count; ++i, bits += bytes)
    kernels::pack_mask_bits(tile_of(mask, run, i), run.tile_width, run.tile_height, {bits, bytes});
}

void unpack_blocks(const std::byte* raw, const BlockPart* parts, std::int64_t count,
                   const BlockLayout& layout, std::span<const int> samples,
                   std::span<const Plane> planes, Stream /*stream*/) {
  const auto row =
      static_cast<std::size_t>(layout.columns * layout.samples * size_bytes(layout.type));
  std::vector<std::byte> block, scratch(row);
  for (std::int64_t i = 0; i < count; ++i) {
    const BlockPart& part = parts[i];
    const std::int64_t rows = part.row + part.height;
    block.assign(raw + part.offset, raw + part.offset + static_cast<std::int64_t>(row) * rows);
    const auto shape = shape_of(layout.type, layout.columns, rows, layout.samples);
    if (layout.swap) kernels::swap_bytes(block, size_bytes(shape.type));
    kernels::undo_predictor(layout.predictor, shape, block, scratch);
    std::vector<Plane> to;
    for (const Plane& plane : planes)
      to.push_back(plane.crop(part.to_col, part.to_row, part.width, part.height));
    kernels::unpack_tile(block, layout.columns, layout.samples, part.col, part.row, samples, to);
  }
}

void TileStatistics::measure(std::span<const ConstPlane> planes,
                             std::span<const std::optional<Nodata>> nodata, ConstPlane mask,
                             const TileRun& run, Stream /*stream*/) {
  std::vector<Statistics> all;
  for (std::int64_t i = 0; i < run.count; ++i)
    for (std::size_t p = 0; p < planes.size(); ++p)
      all.push_back(
          kernels::compute_statistics(tile_of(planes[p], run, i), nodata[p],
                                      mask.data == nullptr ? ConstPlane{} : tile_of(mask, run, i)));
  measured().put(this, std::move(all));
}
std::vector<Statistics> TileStatistics::read(Stream /*stream*/) { return measured().get(this); }

void DeviceMap::upload(const CoordinateMap& map, Stream /*stream*/) { maps().put(this, map); }

bool can_warp(const WarpKernel& kernel, std::span<const DataType> types) {
  return kernel.resampling == WarpResampling::kNearest || std::ranges::none_of(types, is_complex);
}
void warp_block(const WarpKernel& kernel, const WarpSourceGeometry& geometry, const DeviceMap& map,
                std::int64_t col, std::int64_t row, std::span<const WarpBand> bands,
                Stream /*stream*/) {
  kernels::warp_block(kernel, geometry, maps().get(&map), col, row, bands);
}

void fill(Plane plane, const std::byte* pixel, Stream /*stream*/) { kernels::fill(plane, pixel); }
void invalidate_nodata(ConstPlane pixels, const Nodata& nodata, Plane valid, Stream /*stream*/) {
  kernels::invalidate_nodata(pixels, nodata, valid);
}
void finish_nodata(Plane pixels, ConstPlane valid, const std::optional<Nodata>& nodata,
                   std::uint64_t* moved, Stream /*stream*/) {
  *moved += static_cast<std::uint64_t>(kernels::finish_nodata(pixels, valid, nodata));
}
void fill_invalid(Plane plane, ConstPlane valid, const std::byte* pixel, Stream /*stream*/) {
  kernels::fill_invalid(plane, valid, pixel);
}
void unite_valid(ConstPlane one, Plane into, Stream /*stream*/) { kernels::unite_valid(one, into); }
void hide_transparent(ConstPlane alpha, Plane valid, Stream /*stream*/) {
  kernels::hide_transparent(alpha, valid);
}
void to_density(ConstPlane alpha, Plane density, Stream /*stream*/) {
  kernels::to_density(alpha, density);
}
void limit_to_alpha(ConstPlane alpha, Plane colour, Stream /*stream*/) {
  kernels::limit_to_alpha(alpha, colour);
}
void convert_alpha(ConstPlane from, Plane to, double factor, Stream /*stream*/) {
  kernels::convert_alpha(from, to, factor);
}
void find_visible(ConstPlane alpha, Plane valid, Stream /*stream*/) {
  kernels::find_visible(alpha, valid);
}
void validity_to_alpha(ConstPlane valid, Plane alpha, Stream /*stream*/) {
  kernels::validity_to_alpha(valid, alpha);
}

void merge_layer(MergeMethod method, ConstPlane layer, ConstPlane layer_valid, Plane into,
                 Plane valid, Stream /*stream*/) {
  kernels::merge_layer(method, layer, layer_valid, into, valid);
}
void add_up(ConstPlane layer, ConstPlane layer_valid, Plane sum, Plane count, Stream /*stream*/) {
  kernels::add_up(layer, layer_valid, sum, count);
}
void divide_sums(ConstPlane sum, ConstPlane count, Plane into, Plane valid, Stream /*stream*/) {
  kernels::divide_sums(sum, count, into, valid);
}
PixelBounds GapFinder::find(std::span<const Plane> valid, Stream /*stream*/) {
  return kernels::find_gaps(valid);
}

void pick_pixels(const PickPart& part, ConstPlane from, Plane to, Stream /*stream*/) {
  kernels::pick_pixels(part, from, to);
}

void take_part(ConstPlane pixels, int part, Plane to, Stream /*stream*/) {
  kernels::warp::HostParts().take_part(pixels, part, to);
}
void put_part(ConstPlane from, ConstPlane valid, int part, Plane pixels, Stream /*stream*/) {
  kernels::warp::HostParts().put_part(from, valid, part, pixels);
}

}  // namespace cogmill::kernels::cuda
