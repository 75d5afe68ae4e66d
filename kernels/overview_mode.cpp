// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/overview_detail.hpp"

#include <algorithm>

namespace cogmill::kernels::overview {
namespace {

/// Counts the values of one footprint. Of several most frequent values the one wins that reached
/// its count first, row by row: GDAL's rule.
template <class T>
class Ballot {
 public:
  explicit Ballot(std::int64_t most) : entries_(static_cast<std::size_t>(most)) {}

  void clear() { used_ = winner_ = 0; }
  bool empty() const { return used_ == 0; }
  T winner() const { return entries_[winner_].value; }

  void add(T value) {
    for (std::size_t i = 0; i < used_; ++i) {
      if (!same_value(entries_[i].value, value)) continue;
      if (++entries_[i].votes > entries_[winner_].votes) winner_ = i;
      return;
    }
    entries_[used_++] = {value, 1};
  }

 private:
  struct Entry {
    T value;
    int votes;
  };
  std::vector<Entry> entries_;
  std::size_t used_ = 0;
  std::size_t winner_ = 0;
};

/// The source rows of one destination row, with the flags of their valid pixels.
template <class T>
struct Rows {
  std::vector<const T*> values;
  std::vector<std::vector<std::uint8_t>> valid;  ///< empty where every pixel is valid
};

template <class T>
Rows<T> rows_under(const Footprint& f, std::int64_t src_row, PlaneView<const T> src,
                   ValidRows<T>& valid) {
  Rows<T> rows;
  for (std::int64_t r = f.begin - src_row; r < f.end - src_row; ++r) {
    rows.values.push_back(src.row(r));
    if (!valid.active()) continue;
    const std::uint8_t* flags = valid(r);
    rows.valid.emplace_back(flags, flags + src.width);
  }
  return rows;
}

template <class T>
void vote(const Rows<T>& rows, std::int64_t begin, std::int64_t end, Ballot<T>& ballot) {
  ballot.clear();
  for (std::size_t y = 0; y < rows.values.size(); ++y) {
    for (std::int64_t x = begin; x < end; ++x)
      if (rows.valid.empty() || rows.valid[y][static_cast<std::size_t>(x)] != 0)
        ballot.add(rows.values[y][x]);
  }
}

template <class T>
void reduce(const OverviewGeometry& g, PlaneView<const T> src, const Validity& validity,
            PlaneView<T> dst) {
  ValidRows<T> valid(src, validity);
  std::vector<Footprint> columns;
  std::int64_t widest = 0;
  for (std::int64_t i = 0; i < dst.width; ++i) {
    columns.push_back(footprint(columns_of(g), g.dst_col + i));
    widest = std::max(widest, columns.back().count());
  }
  const Axis axis = rows_of(g);
  Ballot<T> ballot(widest * (static_cast<std::int64_t>(axis.ratio()) + 2));
  for (std::int64_t r = 0; r < dst.height; ++r) {
    const auto rows = rows_under(footprint(axis, g.dst_row + r), g.src_row, src, valid);
    T* result = dst.row(r);
    for (std::int64_t i = 0; i < dst.width; ++i) {
      const Footprint& f = columns[static_cast<std::size_t>(i)];
      vote(rows, f.begin - g.src_col, f.end - g.src_col, ballot);
      result[i] = ballot.empty() ? valid.hole().value : ballot.winner();
    }
  }
}

}  // namespace

void reduce_mode(const OverviewGeometry& g, ConstPlane src, const Validity& validity, Plane dst) {
  visit_real_type(src.type, [&](auto pixel) {
    using T = decltype(pixel);
    Validity used = validity;
    // GDAL's mode of a Byte band looks at nodata but not at a mask: its histogram of 256 bins
    // predates masks. The mask itself is then reduced by the same vote (reduce_mask).
    if constexpr (std::is_same_v<T, std::uint8_t>) used.mask = {};
    reduce<T>(g, src.as<T>(), used, dst.as<T>());
  });
}

}  // namespace cogmill::kernels::overview
