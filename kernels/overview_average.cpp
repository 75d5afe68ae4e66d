// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/overview_detail.hpp"

#include <algorithm>

namespace cogmill::kernels::overview {
namespace {

/// The footprints of all columns of a block, one array per member, positions local to the block.
struct Columns {
  std::vector<std::int64_t> begin, count;
  std::vector<double> first, last, total;
  /// Pixels of each footprint where all have as many and the next one begins 2 further; else 0.
  std::int64_t uniform = 0;

  Columns(const OverviewGeometry& g, std::int64_t width) {
    uniform = footprint(columns_of(g), g.dst_col).count();
    for (std::int64_t i = 0; i < width; ++i) {
      const Footprint f = footprint(columns_of(g), g.dst_col + i);
      begin.push_back(f.begin - g.src_col);
      count.push_back(f.count());
      first.push_back(f.first);
      last.push_back(f.last);
      total.push_back(f.total());
      if (f.count() != uniform || begin.back() != begin.front() + 2 * i) uniform = 0;
    }
  }
  std::size_t size() const { return begin.size(); }
};

/// Weighted sums under construction, one per destination column. The order of additions is GDAL's.
struct Sums {
  std::vector<double> value, weight;
  explicit Sums(std::size_t n) : value(n), weight(n) {}
  void clear() {
    std::fill(value.begin(), value.end(), 0.0);
    std::fill(weight.begin(), weight.end(), 0.0);
  }
};

/// Adds one source row whose pixels are all valid: Taps pixels per column, 2 apart.
template <int Taps, class T>
void add_uniform(const T* p, const Columns& c, double row_weight, double* sums) {
  for (std::size_t i = 0; i < c.size(); ++i) {
    double line = static_cast<double>(p[2 * i]) * c.first[i];
    if constexpr (Taps == 3) line += static_cast<double>(p[2 * i + 1]);
    line += static_cast<double>(p[2 * i + Taps - 1]) * c.last[i];
    sums[i] += line * row_weight;
  }
}

template <class T>
void add_row(const T* row, const Columns& c, double row_weight, double* sums) {
  if (c.uniform == 2) return add_uniform<2>(row + c.begin[0], c, row_weight, sums);
  if (c.uniform == 3) return add_uniform<3>(row + c.begin[0], c, row_weight, sums);
  for (std::size_t i = 0; i < c.size(); ++i) {
    const T* p = row + c.begin[i];
    const std::int64_t n = c.count[i];
    double line = static_cast<double>(p[0]) * c.first[i];
    for (std::int64_t k = 1; k + 1 < n; ++k) line += static_cast<double>(p[k]);
    if (n > 1) line += static_cast<double>(p[n - 1]) * c.last[i];
    sums[i] += line * row_weight;
  }
}

/// Adds one source row of which `ok` flags the valid pixels. A product with 0 would not do: an
/// invalid pixel may be NaN.
template <int Taps, class T>
void add_uniform_valid(const T* p, const std::uint8_t* ok, const Columns& c, double row_weight,
                       Sums& sums) {
  for (std::size_t i = 0; i < c.size(); ++i) {
    const std::size_t k = 2 * i;
    double line = ok[k] != 0 ? static_cast<double>(p[k]) * c.first[i] : 0.0;
    double weight = ok[k] != 0 ? c.first[i] : 0.0;
    if constexpr (Taps == 3) {
      line += ok[k + 1] != 0 ? static_cast<double>(p[k + 1]) : 0.0;
      weight += ok[k + 1] != 0 ? 1.0 : 0.0;
    }
    line += ok[k + Taps - 1] != 0 ? static_cast<double>(p[k + Taps - 1]) * c.last[i] : 0.0;
    weight += ok[k + Taps - 1] != 0 ? c.last[i] : 0.0;
    sums.value[i] += line * row_weight;
    sums.weight[i] += weight * row_weight;
  }
}

template <class T>
void add_valid_row(const T* row, const std::uint8_t* ok, const Columns& c, double row_weight,
                   Sums& sums) {
  const std::int64_t b = c.begin[0];
  if (c.uniform == 2) return add_uniform_valid<2>(row + b, ok + b, c, row_weight, sums);
  if (c.uniform == 3) return add_uniform_valid<3>(row + b, ok + b, c, row_weight, sums);
  for (std::size_t i = 0; i < c.size(); ++i) {
    double line = 0, weight = 0;
    for (std::int64_t k = 0; k < c.count[i]; ++k) {
      if (ok[c.begin[i] + k] == 0) continue;
      const double w = k == 0 ? c.first[i] : (k + 1 == c.count[i] ? c.last[i] : 1.0);
      line += static_cast<double>(row[c.begin[i] + k]) * w;
      weight += w;
    }
    sums.value[i] += line * row_weight;
    sums.weight[i] += weight * row_weight;
  }
}

/// Turns sums into pixels.
template <class T>
void divide(const Sums& sums, const ValidRows<T>& valid, std::int64_t width, T* out) {
  const Hole<T> hole = valid.hole();
  for (std::int64_t c = 0; c < width; ++c) {
    const auto i = static_cast<std::size_t>(c);
    out[i] = mean_pixel(sums.value[i], sums.weight[i], hole);
  }
}

template <class T>
void mean_of_squares(const T* a, const T* b, std::int64_t width, T* out) {
  for (std::int64_t i = 0; i < width; ++i) out[i] = mean_of_square(a + 2 * i, b + 2 * i);
}

template <class T>
void mean_of_valid_squares(const T* a, const T* b, const std::uint8_t* ok_a,
                           const std::uint8_t* ok_b, std::int64_t width, T invalid, T other,
                           T* out) {
  for (std::int64_t i = 0; i < width; ++i)
    out[i] = mean_of_valid_square(a + 2 * i, b + 2 * i, ok_a + 2 * i, ok_b + 2 * i, invalid, other);
}

template <class T>
void mean_of_squares(const T* a, const T* b, std::int64_t width, std::int64_t by_columns, T* out) {
  const std::int64_t split = std::clamp<std::int64_t>(by_columns, 0, width);
  for (std::int64_t i = 0; i < split; ++i) out[i] = mean_of_quarters<T, true>(a + 2 * i, b + 2 * i);
  for (std::int64_t i = split; i < width; ++i)
    out[i] = mean_of_quarters<T, false>(a + 2 * i, b + 2 * i);
}

/// The whole block where both axes halve and every pixel is valid.
template <class T>
void reduce_squares(const OverviewGeometry& g, PlaneView<const T> src, PlaneView<T> dst) {
  const std::int64_t col = 2 * g.dst_col - g.src_col;
  const std::int64_t by_columns = columns_by_pairs<T>(g);
  for (std::int64_t r = 0; r < dst.height; ++r) {
    const T* a = src.row(2 * (g.dst_row + r) - g.src_row) + col;
    if constexpr (kSmallUnsigned<T>)
      mean_of_squares(a, a + src.stride, dst.width, dst.row(r));
    else
      mean_of_squares(a, a + src.stride, dst.width, by_columns, dst.row(r));
  }
}

/// The whole block where both axes halve and some pixels are not valid.
template <class T>
void reduce_valid_squares(const OverviewGeometry& g, PlaneView<const T> src, ValidRows<T>& valid,
                          PlaneView<T> dst) {
  const std::int64_t col = 2 * g.dst_col - g.src_col;
  const T invalid = valid.hole().value;
  const T other = valid.hole().present ? valid.hole().other : invalid;
  std::vector<std::uint8_t> upper;
  for (std::int64_t r = 0; r < dst.height; ++r) {
    const std::int64_t row = 2 * (g.dst_row + r) - g.src_row;
    const std::uint8_t* flags = valid(row);
    upper.assign(flags, flags + src.width);
    mean_of_valid_squares(src.row(row) + col, src.row(row + 1) + col, upper.data() + col,
                          valid(row + 1) + col, dst.width, invalid, other, dst.row(r));
  }
}

/// Any sizes, any validity: sums of weighted pixels, in double.
template <class T>
void reduce_weighted(const OverviewGeometry& g, PlaneView<const T> src, ValidRows<T>& valid,
                     PlaneView<T> dst) {
  const Columns columns(g, dst.width);
  Sums sums(columns.size());
  for (std::int64_t r = 0; r < dst.height; ++r) {
    const Footprint rows = footprint(rows_of(g), g.dst_row + r);
    sums.clear();
    for (std::int64_t y = rows.begin; y < rows.end; ++y) {
      const T* row = src.row(y - g.src_row);
      if (valid.active())
        add_valid_row(row, valid(y - g.src_row), columns, rows.weight_of(y), sums);
      else
        add_row(row, columns, rows.weight_of(y), sums.value.data());
    }
    if (!valid.active())
      for (std::size_t i = 0; i < columns.size(); ++i)
        sums.weight[i] = columns.total[i] * rows.total();
    divide(sums, valid, dst.width, dst.row(r));
  }
}

template <class T>
void reduce(const OverviewGeometry& g, PlaneView<const T> src, const Validity& validity,
            PlaneView<T> dst) {
  ValidRows<T> valid(src, validity);
  const bool squares = columns_of(g).halves() && rows_of(g).halves();
  if (squares && !valid.active()) return reduce_squares(g, src, dst);
  if constexpr (kSmallUnsigned<T>) {
    if (squares) return reduce_valid_squares(g, src, valid, dst);
  }
  reduce_weighted(g, src, valid, dst);
}

}  // namespace

void reduce_average(const OverviewGeometry& g, ConstPlane src, const Validity& validity,
                    Plane dst) {
  visit_real_type(src.type, [&](auto pixel) {
    using T = decltype(pixel);
    reduce<T>(g, src.as<T>(), validity, dst.as<T>());
  });
}

}  // namespace cogmill::kernels::overview
