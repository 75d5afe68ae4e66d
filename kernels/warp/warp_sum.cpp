// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/warp/band_view.hpp"
#include "kernels/warp/quad_cover.hpp"
#include "kernels/warp/tile_cutter.hpp"

#include <array>
#include <memory>
#include <span>
#include <vector>

namespace cogmill::kernels::warp {
namespace {

/// Corners of one strip, and the cover of one row of samples.
struct SumScratch {
  double x[4][kSegment], y[4][kSegment];
  BoxAxis across, down;
  std::vector<double> cover;
  std::vector<Results<double>> results;  ///< one for each band
  std::vector<double> weight;            ///< of one pixel, by band
};

/// Adds a row of samples by their cover to pixel i of every band.
template <class S>
void add_row(const Job& job, const QuadPlace& place, double row, int i, SumScratch& s) {
  const auto r = static_cast<std::int64_t>(block_index(job.down, row));
  if (r < static_cast<std::int64_t>(job.down.begin) || r >= static_cast<std::int64_t>(job.down.end))
    return;
  for (std::size_t b = 0; b < job.bands.size(); ++b) {
    const Sampler<S> from = sampler_of<S>(job, job.bands[b]);
    const S* const pixel = from.pixels.row(r);
    const std::uint8_t* const valid = from.valid.data == nullptr ? nullptr : from.valid.row(r);
    const double first = block_index(job.across, place.col_begin);
    for (std::int64_t k = 0; k < place.columns(); ++k) {
      const double col = column_of(job.across, place, first, k);
      const double part = s.cover[static_cast<std::size_t>(k)];
      if (part == 0 || col < job.across.begin || col >= job.across.end) continue;
      const auto c = static_cast<std::int64_t>(col);
      if (valid != nullptr && valid[c] == 0) continue;
      s.results[b].value[i] += part * static_cast<double>(pixel[c]);
      s.weight[b] += part;
    }
  }
}

template <class S>
void sum_pixel(const Job& job, int i, SumScratch& s) {
  for (std::size_t b = 0; b < job.bands.size(); ++b) s.results[b].value[i] = s.weight[b] = 0;
  Quad quad;
  for (int k = 0; k < 4; ++k) {
    quad.x[k] = s.x[k][i];
    quad.y[k] = s.y[k][i];
  }
  for (int part = 0; part < quad_parts(s.across); ++part) {
    Quad placed = quad;
    const QuadPlace place = place_quad(s.across, s.down, part, placed);
    const auto room = static_cast<std::size_t>(place.columns() + 1);
    if (s.cover.size() < room) s.cover.resize(2 * room);
    for (double row = place.row_begin; row < place.row_end; ++row) {
      cover_row(placed, place, row, s.cover.data());
      add_row<S>(job, place, row, i, s);
    }
  }
  for (std::size_t b = 0; b < job.bands.size(); ++b) {
    const bool ok = s.weight[b] > 0;
    s.results[b].valid[i] = ok ? 255 : 0;
    s.results[b].all = s.results[b].all && ok;
  }
}

template <class S>
void run(const Job& tile, SumScratch& s) {
  s.across = box_axis(tile.across, tile.kernel.x_scale);
  s.down = box_axis(tile.down, tile.kernel.y_scale);
  for_each_strip(tile, [&](const Strip& strip) {
    const auto n = static_cast<std::size_t>(strip.count);
    std::array<std::span<double>, 4> x, y;
    for (std::size_t k = 0; k < 4; ++k) {
      x[k] = {s.x[k], n};
      y[k] = {s.y[k], n};
    }
    row_quads(*tile.map, tile.col + strip.col, tile.row + strip.row, x, y);
    for (Results<double>& r : s.results) r.all = true;
    for (int i = 0; i < strip.count; ++i) sum_pixel<S>(tile, i, s);
    for (std::size_t b = 0; b < tile.bands.size(); ++b) {
      store_values(tile.bands[b], strip, s.results[b]);
      store_validity(tile.bands[b], strip, s.results[b].valid);
    }
  });
}

template <class S>
void run_tiles(const Job& job, DataType samples) {
  const auto s = std::make_unique<SumScratch>();
  s->results.resize(job.bands.size());
  s->weight.resize(job.bands.size());
  TileCutter(job, samples).for_each([&](const Job& tile) { run<S>(tile, *s); });
}

}  // namespace

void warp_sums(const Job& job) {
  const DataType samples = sample_type(job.bands.front().source.type);
  if (samples == DataType::kFloat64)
    run_tiles<double>(job, samples);
  else
    run_tiles<float>(job, samples);
}

}  // namespace cogmill::kernels::warp
