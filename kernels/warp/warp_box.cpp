// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/run_on.hpp"
#include "kernels/warp/band_view.hpp"
#include "kernels/warp/box_axis.hpp"
#include "kernels/warp/tile_cutter.hpp"
#include "kernels/warp/window_pick.hpp"
#include "kernels/warp/window_sum.hpp"

#include <cmath>
#include <memory>
#include <vector>

namespace cogmill::kernels::warp {
namespace {

/// Boxes of one strip and the weights of one pixel.
struct BoxScratch {
  double x0[kSegment], y0[kSegment], x1[kSegment], y1[kSegment];
  BoxAxis across, down;
  std::vector<double> weights_x, weights_y;
};

double* room_for(std::vector<double>& weights, std::int64_t count) {
  if (static_cast<std::int64_t>(weights.size()) < count)
    weights.resize(static_cast<std::size_t>(2 * count));
  return weights.data();
}

/// @return false if the box of pixel i covers nothing
bool place(BoxScratch& s, int i, SampleWindow& window) {
  const BoxPlace columns = place_box(s.across, s.x0[i], s.x1[i]);
  const BoxPlace rows = place_box(s.down, s.y0[i], s.y1[i]);
  if (columns.count == 0 || rows.count == 0) return false;
  double* const wx = room_for(s.weights_x, columns.count);
  double* const wy = room_for(s.weights_y, rows.count);
  window = {columns.first, rows.first, columns.count, rows.count, wx, wy, 0, 0};
  window.across_sum = box_weights(columns, wx);
  window.down_sum = box_weights(rows, wy);
  return true;
}

/// Average and rms.
template <class T>
class Mean {
 public:
  using Value = double;

  Mean(const Job& job, const WarpBand& band)
      : from_(sampler_of<T>(job, band)), method_(job.kernel.resampling) {}

  bool operator()(const SampleWindow& w, double& value) const {
    const MaskedSum sum =
        method_ == WarpResampling::kRms ? total(Squared{}, w) : total(AsItIs{}, w);
    if (!(sum.weight > 0)) return false;
    value = sum.value / sum.weight;
    if (method_ == WarpResampling::kRms) value = std::sqrt(value);
    return true;
  }
  static void store(const WarpBand& band, const Strip& strip, const Results<double>& results) {
    store_values(band, strip, results);
  }

 private:
  template <class F>
  MaskedSum total(F f, const SampleWindow& w) const {
    if (is_whole(from_.valid, w))
      return {window_sum(f, from_.pixels, w), w.across_sum * w.down_sum, 1};
    return masked_sum(f, from_.pixels, from_.valid, w);
  }

  Sampler<T> from_;
  WarpResampling method_;
};

/// The methods that take one of the samples.
template <class T>
class Pick {
 public:
  using Value = T;

  Pick(const Job& job, const WarpBand& band)
      : from_(sampler_of<T>(job, band)), method_(job.kernel.resampling) {}

  bool operator()(const SampleWindow& w, T& value) {
    values_.clear();
    for (std::int64_t r = w.row; r < w.row + w.rows; ++r) add(r, w);
    if (values_.empty()) return false;
    value = pick_of<T>(method_, values_, counter_);
    return true;
  }
  static void store(const WarpBand& band, const Strip& strip, const Results<T>& results) {
    if (band.target.type == band.source.type)
      store_row(results.value, results.valid, results.all, strip.count,
                band.target.as<T>().row(strip.row) + strip.col);
    else
      store_values(band, strip, results);
  }

 private:
  void add(std::int64_t r, const SampleWindow& w) {
    const T* const row = from_.pixels.row(r);
    if (from_.valid.data == nullptr) {
      values_.insert(values_.end(), row + w.col, row + w.col + w.columns);
      return;
    }
    const std::uint8_t* const valid = from_.valid.row(r);
    for (std::int64_t c = w.col; c < w.col + w.columns; ++c)
      if (valid[c] != 0) values_.push_back(row[c]);
  }

  Sampler<T> from_;
  WarpResampling method_;
  std::vector<T> values_;
  ModeCounter<T> counter_;
};

template <class Method>
void run(const Job& job) {
  using Value = typename Method::Value;
  const auto s = std::make_unique<BoxScratch>();
  s->across = box_axis(job.across, job.kernel.x_scale);
  s->down = box_axis(job.down, job.kernel.y_scale);
  std::vector<Method> methods;
  for (const WarpBand& band : job.bands) methods.emplace_back(job, band);
  std::vector<Results<Value>> results(job.bands.size());
  for_each_strip(job, [&](const Strip& strip) {
    const auto n = static_cast<std::size_t>(strip.count);
    row_boxes(*job.map, job.col + strip.col, job.row + strip.row, {s->x0, n}, {s->y0, n},
              {s->x1, n}, {s->y1, n});
    for (auto& r : results) r.all = true;
    for (int i = 0; i < strip.count; ++i) {
      SampleWindow window;
      const bool there = place(*s, i, window);
      for (std::size_t b = 0; b < results.size(); ++b) {
        Results<Value>& r = results[b];
        r.value[i] = {};
        const bool ok = there && methods[b](window, r.value[i]);
        r.valid[i] = ok ? 255 : 0;
        r.all = r.all && ok;
      }
    }
    for (std::size_t b = 0; b < results.size(); ++b) {
      Method::store(job.bands[b], strip, results[b]);
      store_validity(job.bands[b], strip, results[b].valid);
    }
  });
}

template <class S>
void run_tiles(const Job& job, InstructionSet set, DataType samples) {
  TileCutter(job, samples).for_each([&](const Job& tile) {
    run_on(set, [&] { run<Mean<S>>(tile); });
  });
}

bool is_mean(WarpResampling r) {
  return r == WarpResampling::kAverage || r == WarpResampling::kRms;
}

}  // namespace

void warp_boxes(const Job& job, InstructionSet set) {
  const DataType source = job.bands.front().source.type, samples = sample_type(source);
  if (!is_mean(job.kernel.resampling))
    visit_real_type(source, [&]<class T>(T) { run<Pick<T>>(job); });
  else if (samples == DataType::kFloat64)
    run_tiles<double>(job, set, samples);
  else
    run_tiles<float>(job, set, samples);
}

}  // namespace cogmill::kernels::warp
