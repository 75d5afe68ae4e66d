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

/// Finds entries by colour, and remembers what it found: neighbours are alike.
class NearestEntry {
 public:
  /// @param left_out number of an entry that is none, or -1
  NearestEntry(std::span<const Colour> table, std::int64_t left_out)
      : table_(table), left_out_(left_out), known_(kKnown) {}

  bool is_colour(std::int64_t entry) const {
    return entry >= 0 && entry < static_cast<std::int64_t>(table_.size()) && entry != left_out_ &&
           table_[static_cast<std::size_t>(entry)][3] != 0;
  }
  const Colour& operator[](std::int64_t entry) const {
    return table_[static_cast<std::size_t>(entry)];
  }
  /// @pre the table has a colour   @param rgb 0 to 255 each
  std::int64_t find(const std::array<int, 3>& rgb) {
    const int key = (rgb[0] << 16) | (rgb[1] << 8) | rgb[2];
    Known& known = known_[static_cast<std::size_t>((rgb[0] * 31 + rgb[1]) * 31 + rgb[2]) % kKnown];
    if (known.key != key) known = {key, search(rgb)};
    return known.entry;
  }

 private:
  static constexpr std::size_t kKnown = 4093;
  struct Known {
    int key = -1;
    std::int64_t entry = 0;
  };
  std::int64_t search(const std::array<int, 3>& rgb) const {
    std::int64_t best = 0;
    int least = std::numeric_limits<int>::max();
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(table_.size()); ++i) {
      if (!is_colour(i)) continue;
      int distance = 0;
      for (std::size_t c = 0; c < 3; ++c)
        distance += (rgb[c] - (*this)[i][c]) * (rgb[c] - (*this)[i][c]);
      if (distance >= least) continue;
      least = distance;
      best = i;
    }
    return best;
  }

  std::span<const Colour> table_;
  std::int64_t left_out_;
  std::vector<Known> known_;
};

/// The number that a pixel is; -1 if it is none.
template <class T>
std::int64_t number_of(T pixel) {
  constexpr double kMost = 65535;
  const auto value = static_cast<double>(pixel);
  const bool whole = value >= 0 && value <= kMost && value == std::floor(value);
  return whole ? static_cast<std::int64_t>(value) : -1;
}

/// What lies under one pixel, under construction.
template <class T>
struct Mixture {
  bool any = false;   ///< a valid pixel
  bool none = false;  ///< a pixel that is NaN, which never is valid
  bool alike = true;  ///< all valid ones have one value
  T first{};          ///< of the valid ones
  double weight = 0;  ///< of those with a colour
  std::array<double, 3> sums{};

  void add(T pixel, double share, const NearestEntry& colours) {
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
  T result(NearestEntry& colours, T invalid) const {
    if (!any) return none ? std::numeric_limits<T>::quiet_NaN() : invalid;
    if (alike || weight <= 0) return first;
    std::array<int, 3> rgb{};
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
  NearestEntry colours(table, nodata ? number_of(*nodata) : -1);
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
      dst.row(r)[i] = mixture.result(colours, rows.invalid());
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
