// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/run_on.hpp"
#include "kernels/warp/band_view.hpp"
#include "kernels/warp/filter_axis.hpp"
#include "kernels/warp/tile_cutter.hpp"
#include "kernels/warp/window_sum.hpp"

#include <memory>
#include <vector>

namespace cogmill::kernels::warp {
namespace {

struct FilterScratch {
  double x[kSegment], y[kSegment];
  FilterAxis across, down;
  std::vector<double> weights_x, weights_y;
  double last_y = -1;  ///< where weights_y are of: rows of upright maps share them
  FilterPlace rows;
  std::vector<Results<double>> results;  ///< one for each band
};

/// @return false if no pixel is there
bool place(FilterScratch& s, double x, double y, SampleWindow& window) {
  if (!is_on_image(s.across.source, x) || !is_on_image(s.down.source, y)) return false;
  const FilterPlace columns = place_filter(s.across, x, s.weights_x.data());
  if (y != s.last_y) s.rows = place_filter(s.down, y, s.weights_y.data());
  s.last_y = y;
  window = {columns.first,      s.rows.first,       columns.count, s.rows.count,
            s.weights_x.data(), s.weights_y.data(), columns.sum,   s.rows.sum};
  return columns.count > 0 && s.rows.count > 0;
}

bool is_thin(const WarpBand& band, PlaneView<const std::uint8_t> valid, const SampleWindow& w) {
  if (band.source_density.data == nullptr) return false;
  const double weight = valid.data == nullptr
                            ? window_sum(AsItIs{}, band.source_density, w)
                            : masked_sum(AsItIs{}, band.source_density, valid, w).value;
  return weight < kLeastWeight;
}

template <class S>
bool filter(const Job& job, const WarpBand& band, const SampleWindow& w, double x, double y,
            double& value) {
  const Sampler<S> from = sampler_of<S>(job, band);
  if (is_whole(from.valid, w)) {
    const double weight = w.across_sum * w.down_sum;
    value = normal(window_sum(AsItIs{}, from.pixels, w), weight);
    return weight >= kLeastWeight && !is_thin(band, from.valid, w);
  }
  if (!has_centre(job, band, x, y)) return false;
  const MaskedSum sum = masked_sum(AsItIs{}, from.pixels, from.valid, w);
  value = normal(sum.value, sum.weight);
  const bool enough = are_enough(job.kernel.resampling, sum.valid, w.columns * w.rows);
  return sum.weight >= kLeastWeight && enough && !is_thin(band, from.valid, w);
}

template <class S>
void filter_strip(const Job& job, const Strip& strip, FilterScratch& s) {
  for (Results<double>& r : s.results) r.all = true;
  for (int i = 0; i < strip.count; ++i) {
    s.x[i] = within_turn(job.across, s.x[i]);
    SampleWindow window;
    const bool there = place(s, s.x[i], s.y[i], window);
    for (std::size_t b = 0; b < job.bands.size(); ++b) {
      Results<double>& r = s.results[b];
      r.value[i] = 0;
      const bool ok = there && filter<S>(job, job.bands[b], window, s.x[i], s.y[i], r.value[i]);
      r.valid[i] = ok ? 255 : 0;
      r.all = r.all && ok;
    }
  }
}

template <class S>
void run(const Job& tile, FilterScratch& s) {
  s.across.source = tile.across;
  s.down.source = tile.down;
  s.last_y = -1;
  for_each_strip(tile, [&](const Strip& strip) {
    const auto n = static_cast<std::size_t>(strip.count);
    row_positions(*tile.map, tile.col + strip.col, tile.row + strip.row, {s.x, n}, {s.y, n});
    filter_strip<S>(tile, strip, s);
    for (std::size_t b = 0; b < tile.bands.size(); ++b) {
      store_values(tile.bands[b], strip, s.results[b]);
      store_validity(tile.bands[b], strip, s.results[b].valid);
    }
  });
}

template <class S>
void run_tiles(const Job& job, InstructionSet set, DataType samples) {
  const auto s = std::make_unique<FilterScratch>();
  s->across = filter_axis(job.across, job.kernel.resampling, job.kernel.x_scale);
  s->down = filter_axis(job.down, job.kernel.resampling, job.kernel.y_scale);
  s->weights_x.resize(static_cast<std::size_t>(s->across.most()));
  s->weights_y.resize(static_cast<std::size_t>(s->down.most()));
  s->results.resize(job.bands.size());
  TileCutter(job, samples).for_each([&](const Job& tile) {
    run_on(set, [&] { run<S>(tile, *s); });
  });
}

}  // namespace

void warp_filters(const Job& job, InstructionSet set) {
  const DataType samples = sample_type(job.bands.front().source.type);
  if (samples == DataType::kFloat64)
    run_tiles<double>(job, set, samples);
  else
    run_tiles<float>(job, set, samples);
}

}  // namespace cogmill::kernels::warp
