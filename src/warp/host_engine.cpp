// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/host_engine.hpp"

#include "kernels/evaluate.hpp"
#include "kernels/masks.hpp"
#include "kernels/tile_pack.hpp"
#include "partition/tile_grid.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace cogmill::warp {
namespace {

using kernels::ConstPlane;
using kernels::Plane;
using partition::Window;

constexpr std::int64_t kRowsPerTask = 64;
constexpr std::int64_t kWarpedRowsPerTask = 16;

/// Runs `work(first, rows)` over strips of `most` rows.
template <class F>
void for_strips(std::int64_t height, std::int64_t most, const F& work) {
  tbb::parallel_for(std::int64_t{0}, partition::ceil_div(height, most), [&](std::int64_t strip) {
    const std::int64_t first = strip * most;
    work(first, std::min(most, height - first));
  });
}

template <class Byte>
kernels::BasicPlane<Byte> rows_of(const kernels::BasicPlane<Byte>& plane, std::int64_t first,
                                  std::int64_t rows) {
  return plane.crop(0, first, plane.width, rows);
}

kernels::ColourPlanes rows_of(const kernels::ColourPlanes& planes, std::int64_t first,
                              std::int64_t rows) {
  kernels::ColourPlanes part{{}, rows_of(planes.valid, first, rows)};
  for (std::size_t c = 0; c < part.rgb.size(); ++c)
    part.rgb[c] = rows_of(planes.rgb[c], first, rows);
  return part;
}

/// Calls work with the same rows of all planes, strip by strip.
template <class F, class... Planes>
void in_strips(const F& work, const Planes&... planes) {
  const std::int64_t height = std::max({planes.height...});  // they are all of one size
  for_strips(height, kRowsPerTask,
             [&](std::int64_t first, std::int64_t rows) { work(rows_of(planes, first, rows)...); });
}

void copy(const ConstPlane& from, const Plane& to) {
  if (from.type != to.type) return kernels::convert_plane(from, to);
  const auto bytes = static_cast<std::size_t>(to.width * kernels::size_bytes(to.type));
  for (std::int64_t row = 0; row < to.height; ++row) std::memcpy(to.row(row), from.row(row), bytes);
}

}  // namespace

std::span<const Plane> HostEngine::room(Room room, const Window& window,
                                        std::span<const kernels::DataType> types) {
  io::PixelBlock& block = rooms_[static_cast<std::size_t>(room)];
  block.reset(window, types);
  return block.all();
}

io::DecodeReport HostEngine::decode(io::Source& source, const io::Fetched& fetched,
                                    std::span<const Plane> planes) {
  return source.decode(fetched, planes);
}

Plane HostEngine::draw(Room room, const Window& window, const Draw& draw) {
  const Plane plane = PlaneEngine::room(room, window, kernels::DataType::kUInt8);
  for_strips(window.height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
    draw({window.col, window.row + first, window.width, rows}, rows_of(plane, first, rows));
  });
  return plane;
}

void HostEngine::fill(const Plane& plane, const std::byte* pixel) {
  in_strips([&](const Plane& rows) { kernels::fill(rows, pixel); }, plane);
}

void HostEngine::fill_invalid(const Plane& plane, const ConstPlane& valid, const std::byte* pixel) {
  in_strips(
      [&](const Plane& rows, const ConstPlane& ok) { kernels::fill_invalid(rows, ok, pixel); },
      plane, valid);
}

void HostEngine::convert(const ConstPlane& from, const Plane& to) { in_strips(copy, from, to); }

void HostEngine::invalidate_nodata(const ConstPlane& pixels, const kernels::Nodata& nodata,
                                   const Plane& valid) {
  in_strips(
      [&](const ConstPlane& p, const Plane& ok) { kernels::invalidate_nodata(p, nodata, ok); },
      pixels, valid);
}

void HostEngine::finish_nodata(const Plane& pixels, const ConstPlane& valid,
                               const std::optional<kernels::Nodata>& nodata) {
  in_strips([&](const Plane& p,
                const ConstPlane& ok) { moved_ += kernels::finish_nodata(p, ok, nodata); },
            pixels, valid);
}

void HostEngine::unite_valid(const ConstPlane& one, const Plane& into) {
  in_strips(kernels::unite_valid, one, into);
}

void HostEngine::hide_transparent(const ConstPlane& alpha, const Plane& valid) {
  in_strips(kernels::hide_transparent, alpha, valid);
}

void HostEngine::to_density(const ConstPlane& alpha, const Plane& density) {
  in_strips(kernels::to_density, alpha, density);
}

void HostEngine::convert_alpha(const ConstPlane& from, const Plane& to, double factor) {
  in_strips([&](const auto&... rows) { kernels::convert_alpha(rows..., factor); }, from, to);
}

void HostEngine::limit_to_alpha(const ConstPlane& alpha, const Plane& colour) {
  in_strips(kernels::limit_to_alpha, alpha, colour);
}

void HostEngine::validity_to_alpha(const ConstPlane& valid, const Plane& alpha) {
  in_strips(kernels::validity_to_alpha, valid, alpha);
}

void HostEngine::merge_layer(kernels::MergeMethod method, const ConstPlane& layer,
                             const ConstPlane& layer_valid, const Plane& into, const Plane& valid) {
  in_strips([&](const auto&... rows) { kernels::merge_layer(method, rows...); }, layer, layer_valid,
            into, valid);
}

void HostEngine::add_up(const ConstPlane& layer, const ConstPlane& layer_valid, const Plane& sum,
                        const Plane& count) {
  in_strips(kernels::add_up, layer, layer_valid, sum, count);
}

void HostEngine::divide_sums(const ConstPlane& sum, const ConstPlane& count, const Plane& into,
                             const Plane& valid) {
  in_strips(kernels::divide_sums, sum, count, into, valid);
}

kernels::PixelBounds HostEngine::find_gaps(std::span<const Plane> valid) {
  return kernels::find_gaps(valid);
}

void HostEngine::warp(const kernels::WarpKernel& kernel,
                      const kernels::WarpSourceGeometry& geometry, std::int64_t col,
                      std::int64_t row, std::span<const kernels::WarpBand> bands) {
  const std::int64_t height = bands.front().target.height;
  for_strips(height, kWarpedRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
    std::vector<kernels::WarpBand> strip(bands.begin(), bands.end());
    for (kernels::WarpBand& band : strip) {
      band.target = rows_of(band.target, first, rows);
      band.target_valid = rows_of(band.target_valid, first, rows);
    }
    kernels::warp_block(kernel, geometry, *map_, col, row + first, strip);
  });
}

void HostEngine::split_colours(const kernels::ColourTables& tables, const ConstPlane& numbers,
                               const ConstPlane& valid, const kernels::ColourPlanes& colours) {
  for_strips(numbers.height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
    kernels::split_colours(tables, rows_of(numbers, first, rows), rows_of(valid, first, rows),
                           rows_of(colours, first, rows));
  });
}

void HostEngine::join_colours(const kernels::ColourTables& tables,
                              const kernels::ColourPlanes& colours, const Plane& numbers,
                              const Plane& valid) {
  for_strips(numbers.height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
    kernels::join_colours(tables, rows_of(colours, first, rows), rows_of(numbers, first, rows),
                          rows_of(valid, first, rows));
  });
}

}  // namespace cogmill::warp
