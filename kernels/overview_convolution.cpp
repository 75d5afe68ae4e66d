// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/overview_detail.hpp"

#include <algorithm>

namespace cogmill::kernels::overview {
namespace {

/// The source pixels of one destination pixel along one axis and their weights, as they are (for
/// sums with gaps) and scaled to a sum of 1.
struct Taps {
  std::int64_t begin = 0;  ///< global
  std::vector<double> raw, unit;

  std::int64_t count() const { return static_cast<std::int64_t>(raw.size()); }
};

Taps taps_of(bool cubic, const Axis& axis, std::int64_t dst) {
  const Range range = support(axis, cubic ? 2 : 1, dst);
  Taps taps;
  taps.begin = range.begin;
  double sum = 0;
  for (std::int64_t s = range.begin; s < range.end; ++s) {
    taps.raw.push_back(raw_weight(cubic, axis, dst, s));
    sum += taps.raw.back();
  }
  const double inverse = sum != 0 ? 1.0 / sum : 1.0;
  for (const double w : taps.raw) taps.unit.push_back(w * inverse);
  return taps;
}

/// Sum of products in GDAL's order: two sums, fed by two taps each in turn.
double dot(const double* v, const std::vector<double>& w) {
  double a = 0, b = 0;
  std::size_t k = 0;
  for (; k + 4 <= w.size(); k += 4) {
    a += v[k] * w[k];
    a += v[k + 1] * w[k + 1];
    b += v[k + 2] * w[k + 2];
    b += v[k + 3] * w[k + 3];
  }
  for (; k < w.size(); ++k) a += v[k] * w[k];
  return a + b;
}

/// dot() for a run of destination pixels with the same 4 * Quads taps, 2 apart. even and odd hold
/// the source pixels of each parity, from the first tap of the first pixel on.
template <int Quads>
void dot_run(const double* even, const double* odd, const double* w, std::int64_t count,
             double* out) {
  for (std::int64_t i = 0; i < count; ++i) {
    double a = 0, b = 0;
    for (int q = 0; q < Quads; ++q) {
      a += even[i + 2 * q] * w[4 * q];
      a += odd[i + 2 * q] * w[4 * q + 1];
      b += even[i + 2 * q + 1] * w[4 * q + 2];
      b += odd[i + 2 * q + 1] * w[4 * q + 3];
    }
    out[i] = a + b;
  }
}

/// A source row after the horizontal pass.
struct FilteredRow {
  std::int64_t row = -1;  ///< which one, global
  std::vector<double> value;
  std::vector<std::uint8_t> ok;
  bool all_ok = true;
};

/// Filters rows along the columns. Local to a block; positions are block-local but in Taps.
class HorizontalPass {
 public:
  HorizontalPass(bool cubic, const OverviewGeometry& g, std::int64_t src_width,
                 std::int64_t dst_width)
      : cubic_(cubic), src_col_(g.src_col), pixels_(static_cast<std::size_t>(src_width)) {
    for (std::int64_t i = 0; i < dst_width; ++i)
      taps_.push_back(taps_of(cubic, columns_of(g), g.dst_col + i));
    if (columns_of(g).halves()) find_run();
    even_.resize(static_cast<std::size_t>(run_end_ - run_begin_ + taps_in_run() / 2 - 1));
    odd_.resize(even_.size());
  }

  /// @param ok flags of the row's valid pixels, or nullptr
  template <class T>
  void operator()(const T* row, const std::uint8_t* ok, FilteredRow& out) {
    const bool all = ok == nullptr || count_invalid(ok) == 0;
    convert(row, all ? nullptr : ok);
    out.value.resize(taps_.size());
    out.ok.assign(taps_.size(), 1);
    out.all_ok = true;
    if (all) return filter_full(out);
    for (std::size_t i = 0; i < taps_.size(); ++i) filter_with_gaps(i, ok, out);
  }

 private:
  std::int64_t taps_in_run() const { return cubic_ ? 8 : 4; }

  /// Destination pixels away from the image's edges have the same taps where sizes halve.
  void find_run() {
    const auto full = [&](const Taps& t) { return t.count() == taps_in_run(); };
    const auto first = std::find_if(taps_.begin(), taps_.end(), full);
    const auto last = std::find_if_not(first, taps_.end(), full);
    run_begin_ = first - taps_.begin();
    run_end_ = last - taps_.begin();
  }

  template <class T>
  void convert(const T* row, const std::uint8_t* ok) {
    const std::size_t n = pixels_.size();
    if (ok == nullptr) {
      for (std::size_t i = 0; i < n; ++i) pixels_[i] = static_cast<double>(row[i]);
      return;
    }
    // 0 in the gaps, because NaN times a weight of 0 is NaN.
    for (std::size_t i = 0; i < n; ++i) pixels_[i] = ok[i] != 0 ? static_cast<double>(row[i]) : 0.0;
  }

  /// Fills invalid_: how many invalid pixels stand before each.   @return how many in all
  std::int64_t count_invalid(const std::uint8_t* ok) {
    const std::size_t n = pixels_.size();
    std::int64_t valid = 0;
    for (std::size_t i = 0; i < n; ++i) valid += ok[i];
    const std::int64_t missing = static_cast<std::int64_t>(n) - valid;
    if (missing == 0) return 0;
    invalid_.resize(n + 1);
    invalid_[0] = 0;
    for (std::size_t i = 0; i < n; ++i) invalid_[i + 1] = invalid_[i] + (ok[i] == 0 ? 1 : 0);
    return missing;
  }

  const double* first_pixel(std::size_t i) const {
    return pixels_.data() + (taps_[i].begin - src_col_);
  }

  void filter_full(FilteredRow& out) {
    const std::int64_t n = static_cast<std::int64_t>(taps_.size());
    const auto one = [&](std::int64_t i) {
      const auto k = static_cast<std::size_t>(i);
      out.value[k] = dot(first_pixel(k), taps_[k].unit);
    };
    for (std::int64_t i = 0; i < run_begin_; ++i) one(i);
    if (run_begin_ < run_end_) filter_run(out.value.data() + run_begin_);
    for (std::int64_t i = run_end_; i < n; ++i) one(i);
  }

  void filter_run(double* out) {
    const auto k = static_cast<std::size_t>(run_begin_);
    const double* p = first_pixel(k);
    for (std::size_t j = 0; j < even_.size(); ++j) {
      even_[j] = p[2 * j];
      odd_[j] = p[2 * j + 1];
    }
    const std::int64_t count = run_end_ - run_begin_;
    const double* w = taps_[k].unit.data();
    if (cubic_)
      dot_run<2>(even_.data(), odd_.data(), w, count, out);
    else
      dot_run<1>(even_.data(), odd_.data(), w, count, out);
  }

  void filter_with_gaps(std::size_t i, const std::uint8_t* row_ok, FilteredRow& out) const {
    const Taps& taps = taps_[i];
    const auto begin = static_cast<std::size_t>(taps.begin - src_col_);
    const std::size_t n = taps.raw.size();
    const std::int64_t missing = invalid_[begin + n] - invalid_[begin];
    if (missing == 0) {
      out.value[i] = dot(first_pixel(i), taps.unit);
      return;
    }
    const std::uint8_t* ok = row_ok + begin;
    double sum = 0, weight = 0;
    LongestRun run;
    for (std::size_t k = 0; k < n; ++k) {
      run.add(ok[k] != 0);
      const double w = ok[k] != 0 ? taps.raw[k] : 0.0;
      sum += pixels_[begin + k] * w;
      weight += w;
    }
    const bool valid = weight > 0 && (!cubic_ || run.enough(taps.count()));
    out.value[i] = valid ? sum / weight : 0.0;
    out.ok[i] = static_cast<std::uint8_t>(valid);
    out.all_ok = out.all_ok && valid;
  }

  bool cubic_;
  std::int64_t src_col_;
  std::vector<Taps> taps_;
  std::int64_t run_begin_ = 0, run_end_ = 0;  ///< destination pixels with the same full taps
  std::vector<double> pixels_, even_, odd_;
  std::vector<std::int64_t> invalid_;
};

/// Combines filtered rows into one destination row.
class VerticalPass {
 public:
  explicit VerticalPass(bool cubic, std::size_t width) : cubic_(cubic), sums(width), ok(width) {}

  void operator()(const Taps& taps, const std::vector<const FilteredRow*>& rows) {
    const auto full = [](const FilteredRow* row) { return row->all_ok; };
    std::fill(ok.begin(), ok.end(), std::uint8_t{1});
    if (std::all_of(rows.begin(), rows.end(), full)) return combine_full(taps, rows);
    for (std::size_t i = 0; i < sums.size(); ++i) combine_with_gaps(i, taps, rows);
  }

 private:
  /// Four rows at a time; each sum still runs from the first row to the last.
  void combine_full(const Taps& taps, const std::vector<const FilteredRow*>& rows) {
    std::fill(sums.begin(), sums.end(), 0.0);
    const std::size_t n = sums.size();
    double* out = sums.data();
    std::size_t k = 0;
    for (; k + 4 <= rows.size(); k += 4) {
      const double *a = rows[k]->value.data(), *b = rows[k + 1]->value.data(),
                   *c = rows[k + 2]->value.data(), *d = rows[k + 3]->value.data();
      const double wa = taps.unit[k], wb = taps.unit[k + 1], wc = taps.unit[k + 2],
                   wd = taps.unit[k + 3];
      for (std::size_t i = 0; i < n; ++i)
        out[i] = out[i] + a[i] * wa + b[i] * wb + c[i] * wc + d[i] * wd;
    }
    for (; k < rows.size(); ++k) {
      const double* a = rows[k]->value.data();
      const double wa = taps.unit[k];
      for (std::size_t i = 0; i < n; ++i) out[i] += a[i] * wa;
    }
  }

  void combine_with_gaps(std::size_t i, const Taps& taps,
                         const std::vector<const FilteredRow*>& rows) {
    double unit = 0, sum = 0, weight = 0;
    LongestRun run;
    bool all = true;
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const bool valid = rows[k]->ok[i] != 0;
      all = all && valid;
      run.add(valid);
      unit += rows[k]->value[i] * taps.unit[k];
      sum += valid ? rows[k]->value[i] * taps.raw[k] : 0.0;
      weight += valid ? taps.raw[k] : 0.0;
    }
    // Another block may have had combine_full here: where all are valid, this is its sum.
    sums[i] = all ? unit : sum / weight;
    ok[i] = static_cast<std::uint8_t>(weight > 0 && (!cubic_ || run.enough(taps.count())));
  }

  bool cubic_;

 public:
  std::vector<double> sums;      ///< of each destination column
  std::vector<std::uint8_t> ok;  ///< whether it is valid
};

/// Turns sums into pixels.
template <class T>
void store(const VerticalPass& pass, const ValidRows<T>& valid, std::int64_t width, T* out) {
  const Hole<T> hole = valid.hole();
  for (std::int64_t c = 0; c < width; ++c) {
    const auto i = static_cast<std::size_t>(c);
    out[i] = filtered_pixel(pass.sums[i], pass.ok[i] != 0, hole);
  }
}

/// Filters source rows once each, when the destination row that needs them comes.
template <class T>
void reduce(bool cubic, const OverviewGeometry& g, PlaneView<const T> src, const Validity& validity,
            PlaneView<T> dst) {
  ValidRows<T> valid(src, validity);
  HorizontalPass horizontal(cubic, g, src.width, dst.width);
  VerticalPass vertical(cubic, static_cast<std::size_t>(dst.width));
  std::vector<FilteredRow> ring;
  std::vector<const FilteredRow*> rows;
  for (std::int64_t r = 0; r < dst.height; ++r) {
    const Taps taps = taps_of(cubic, rows_of(g), g.dst_row + r);
    if (ring.size() < taps.raw.size()) ring.assign(taps.raw.size(), {});
    rows.clear();
    for (std::int64_t y = taps.begin; y < taps.begin + taps.count(); ++y) {
      FilteredRow& row = ring[static_cast<std::size_t>(y) % ring.size()];
      if (row.row != y) {
        const std::int64_t local = y - g.src_row;
        horizontal(src.row(local), valid.active() ? valid(local) : nullptr, row);
        row.row = y;
      }
      rows.push_back(&row);
    }
    vertical(taps, rows);
    store(vertical, valid, dst.width, dst.row(r));
  }
}

/// Columns of a block that are reduced together, so that the filtered rows stay in the cache.
constexpr std::int64_t kStrip = 1024;

}  // namespace

void reduce_convolution(Resampling resampling, const OverviewGeometry& geometry, ConstPlane src,
                        const Validity& validity, Plane dst) {
  const int radius = kernel_radius(resampling);
  for (std::int64_t c = 0; c < dst.width; c += kStrip) {
    const std::int64_t width = std::min(kStrip, dst.width - c);
    OverviewGeometry g = geometry;
    g.dst_col += c;
    g.src_col = support(columns_of(g), radius, g.dst_col).begin;
    const std::int64_t end = support(columns_of(g), radius, g.dst_col + width - 1).end;
    const std::int64_t skip = g.src_col - geometry.src_col;
    const ConstPlane in = src.crop(skip, 0, end - g.src_col, src.height);
    Validity used = validity;
    if (used.mask.data != nullptr) used.mask = used.mask.crop(skip, 0, in.width, used.mask.height);
    const Plane out = dst.crop(c, 0, width, dst.height);
    visit_real_type(src.type, [&](auto pixel) {
      using T = decltype(pixel);
      reduce<T>(resampling == Resampling::kCubic, g, in.as<T>(), used, out.as<T>());
    });
  }
}

}  // namespace cogmill::kernels::overview
