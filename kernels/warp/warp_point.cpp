// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/run_on.hpp"
#include "kernels/warp/band_view.hpp"
#include "kernels/warp/point_loops.hpp"
#include "kernels/warp/tile_cutter.hpp"

#include <algorithm>
#include <memory>

namespace cogmill::kernels::warp {
namespace {

/// Pixels of a strip with a sample that one mask makes invalid; bands often share their mask.
struct Holes {
  const void* mask = nullptr;  ///< of which the marks are
  bool any = false;
  std::uint32_t hole[kSegment];
};

/// Scratch of one strip: what all bands share, then one band's.
template <class W>
struct PointScratch {
  PointStrip<W> at;
  CubicWeights<W> weights;
  std::int64_t offset[kSegment];
  Holes holes;
  Results<W> results;
};

/// A density that rings below nothing makes a pixel invalid: GDAL weighs it with the kernel.
template <class W>
void drop_thin(const WarpBand& band, PointScratch<W>& s) {
  constexpr W kThin = W(1e-10);
  offsets_of(s.at, band.source_density.stride, s.offset);
  W density[kSegment];
  cubic_row(band.source_density, s.at.count, s.weights, s.offset, density);
  for (int i = 0; i < s.at.count; ++i)
    if (s.at.state[static_cast<std::size_t>(i)] == kInside && s.holes.hole[i] == 0 &&
        density[i] < kThin) {
      s.results.valid[i] = 0;
      s.results.all = false;
    }
}

template <class S, class W>
class PointBand {
 public:
  PointBand(const Job& job, const WarpBand& band, PointScratch<W>& scratch)
      : job_(job), band_(band), from_(sampler_of<S>(job, band)), s_(scratch) {}

  void run(const Strip& strip) {
    const bool cubic = job_.kernel.resampling == WarpResampling::kCubic;
    find_holes_of_mask(cubic ? 4 : 2);
    if (s_.at.any_inside) {
      offsets_of(s_.at, from_.pixels.stride, s_.offset);
      if (cubic)
        cubic_row(from_.pixels, s_.at.count, s_.weights, s_.offset, s_.results.value);
      else
        bilinear_row(from_.pixels, s_.at, s_.offset, s_.results.value);
    }
    finish(cubic);
    if (cubic && s_.at.any_inside && band_.source_density.data != nullptr) drop_thin(band_, s_);
    store_values(band_, strip, s_.results);
    store_validity(band_, strip, s_.results.valid);
  }

 private:
  void find_holes_of_mask(int samples) {
    if (from_.valid.data == nullptr || !s_.at.any_inside) {
      s_.holes.any = false;
      s_.holes.mask = nullptr;
      std::fill_n(s_.holes.hole, s_.at.count, 0U);
    } else if (s_.holes.mask != from_.valid.data) {
      offsets_of(s_.at, from_.valid.stride, s_.offset);
      s_.holes.any = find_holes(from_.valid, samples, s_.at.count, s_.offset, s_.holes.hole);
      s_.holes.mask = from_.valid.data;
    }
  }

  /// Computes the pixels that the loops could not, one by one.
  void finish(bool cubic) {
    Results<W>& r = s_.results;
    const int n = s_.at.count;
    for (int i = 0; i < n; ++i)
      r.valid[i] = s_.at.state[static_cast<std::size_t>(i)] == kNone ? 0 : 255;
    r.all = s_.at.all_on_image;
    if (s_.at.all_inside && !s_.holes.any) return;
    for (int i = 0; i < n; ++i) {
      const auto state = s_.at.state[static_cast<std::size_t>(i)];
      if (state == kNone || (state == kInside && s_.holes.hole[i] == 0)) continue;
      if (compute(i, cubic)) continue;
      r.valid[i] = 0;
      r.all = false;
    }
  }

  bool compute(int i, bool cubic) {
    const double x = s_.at.x[static_cast<std::size_t>(i)], y = s_.at.y[static_cast<std::size_t>(i)];
    if (!has_centre(job_, band_, x, y)) return false;
    W& value = s_.results.value[i];
    return cubic ? cubic_at(from_, x, y, value) : bilinear_at(from_, x, y, value);
  }

  const Job& job_;
  const WarpBand& band_;
  const Sampler<S> from_;
  PointScratch<W>& s_;
};

template <class S, class W>
void run(const Job& tile, PointScratch<W>& scratch) {
  const bool cubic = tile.kernel.resampling == WarpResampling::kCubic;
  const Taps taps = cubic ? Taps{1, 4} : Taps{0, 2};
  for_each_strip(tile, [&](const Strip& strip) {
    place_strip(tile, strip, taps, scratch.at);
    if (cubic) scratch.weights.set(scratch.at);
    scratch.holes.mask = nullptr;
    for (const WarpBand& band : tile.bands) PointBand<S, W>(tile, band, scratch).run(strip);
  });
}

template <class S, class W>
void run_tiles(const Job& job, InstructionSet set, DataType samples) {
  const auto scratch = std::make_unique<PointScratch<W>>();
  TileCutter(job, samples).for_each([&](const Job& tile) {
    run_on(set, [&] { run<S>(tile, *scratch); });
  });
}

}  // namespace

void warp_points(const Job& job, InstructionSet set) {
  const DataType source = job.bands.front().source.type, samples = sample_type(source);
  if (samples == DataType::kFloat64)
    run_tiles<double, double>(job, set, samples);
  else if (source == DataType::kFloat32)
    run_tiles<float, double>(job, set, samples);
  else
    run_tiles<float, float>(job, set, samples);
}

}  // namespace cogmill::kernels::warp
