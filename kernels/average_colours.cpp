// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/average_colours.hpp"

#include "kernels/overview_detail.hpp"

#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

namespace cogmill::kernels {
namespace {

using overview::Footprint;

/// What lies under one pixel, under construction.
template <class T>
struct Mixture {
  bool any = false;   ///< a valid pixel
  bool none = false;  ///< a pixel that is NaN, which never is valid
  bool alike = true;  ///< all valid ones have one value
  T first{};          ///< of the valid ones
  double weight = 0;  ///< of those with a colour
  std::array<double, 3> sums{};

  void add(T pixel, double share, const ColourEntries& colours) {
    if constexpr (std::is_floating_point_v<T>) {
      if (std::isnan(pixel)) {
        none = true;
        return;
      }
    }
    alike = alike && (!any || pixel == first);
    if (!any) first = pixel;
    any = true;
    const std::int64_t entry = number_of(pixel);
    if (!colours.is_colour(entry)) return;
    weight += share;
    for (std::size_t c = 0; c < 3; ++c) sums[c] += share * colours[entry][c];
  }
  /// @param invalid what a pixel becomes that has nothing valid under it
  T result(NearestColour& colours, T invalid) const {
    if (!any) return none ? std::numeric_limits<T>::quiet_NaN() : invalid;
    if (alike || weight <= 0) return first;
    Rgb rgb{};
    for (std::size_t c = 0; c < 3; ++c) rgb[c] = static_cast<int>(std::lround(sums[c] / weight));
    return static_cast<T>(colours.find(rgb));
  }
};

/// The rows of a plane and which of their pixels are valid, several at a time.
template <class T>
class RowsUnder {
 public:
  RowsUnder(PlaneView<const T> src, const Validity& validity) : src_(src), valid_(src, validity) {}

  T invalid() const { return valid_.hole().value; }
  void take(const Footprint& rows, std::int64_t src_row) {
    rows_.clear();
    flags_.clear();
    for (std::int64_t r = rows.begin; r < rows.end; ++r) {
      rows_.push_back(src_.row(r - src_row));
      const std::uint8_t* flags = valid_(r - src_row);
      flags_.emplace_back(flags, flags + src_.width);
    }
  }
  std::size_t size() const { return rows_.size(); }
  T pixel(std::size_t row, std::int64_t col) const { return rows_[row][col]; }
  bool is_valid(std::size_t row, std::int64_t col) const {
    return flags_[row][static_cast<std::size_t>(col)] != 0;
  }

 private:
  PlaneView<const T> src_;
  overview::ValidRows<T> valid_;
  std::vector<const T*> rows_;
  std::vector<std::vector<std::uint8_t>> flags_;
};

template <class T>
void average(const OverviewGeometry& g, PlaneView<const T> src, const Validity& validity,
             std::span<const Colour> table, PlaneView<T> dst) {
  const auto nodata = validity.nodata ? validity.nodata->as<T>() : std::nullopt;
  const std::int64_t left_out = nodata ? number_of(*nodata) : -1;
  const ColourEntries colours(entries_of_type<T>(table), {&left_out, 1});
  NearestColour nearest(colours);
  RowsUnder<T> rows(src, validity);
  for (std::int64_t r = 0; r < dst.height; ++r) {
    const Footprint down = overview::footprint(overview::rows_of(g), g.dst_row + r);
    rows.take(down, g.src_row);
    for (std::int64_t i = 0; i < dst.width; ++i) {
      const Footprint across = overview::footprint(overview::columns_of(g), g.dst_col + i);
      Mixture<T> mixture;
      for (std::size_t y = 0; y < rows.size(); ++y)
        for (std::int64_t x = across.begin; x < across.end; ++x)
          if (rows.is_valid(y, x - g.src_col))
            mixture.add(
                rows.pixel(y, x - g.src_col),
                down.weight_of(down.begin + static_cast<std::int64_t>(y)) * across.weight_of(x),
                colours);
      dst.row(r)[i] = mixture.result(nearest, rows.invalid());
    }
  }
}

}  // namespace

void average_colours(const OverviewGeometry& geometry, ConstPlane src, const Validity& validity,
                     std::span<const Colour> table, Plane dst) {
  if (dst.width <= 0 || dst.height <= 0) return;
  visit_real_type(src.type, [&]<class T>(T) {
    average<T>(geometry, src.as<T>(), validity, table, dst.as<T>());
  });
}

}  // namespace cogmill::kernels
