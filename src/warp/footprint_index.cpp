// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/footprint_index.hpp"

// All of it: what an rtree of boxes includes by itself depends on the version of Boost.
#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

namespace cogmill::warp {
namespace {

namespace bg = boost::geometry;
using Point = bg::model::point<std::int64_t, 2, bg::cs::cartesian>;
using Box = bg::model::box<Point>;
using Entry = std::pair<Box, std::size_t>;

/// Boxes have both their corners: the last pixel, not the one behind it.
Box box_of(const partition::Window& w) {
  return {Point(w.col, w.row), Point(w.col_end() - 1, w.row_end() - 1)};
}

std::vector<Entry> entries_of(std::span<const partition::Window> footprints) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < footprints.size(); ++i)
    if (!footprints[i].empty()) entries.emplace_back(box_of(footprints[i]), i);
  return entries;
}

}  // namespace

struct FootprintIndex::Tree {
  explicit Tree(const std::vector<Entry>& entries) : boxes(entries) {}
  bg::index::rtree<Entry, bg::index::quadratic<16>> boxes;
};

FootprintIndex::FootprintIndex(std::span<const partition::Window> footprints)
    : tree_(std::make_unique<Tree>(entries_of(footprints))) {}

FootprintIndex::~FootprintIndex() = default;

std::vector<std::size_t> FootprintIndex::touching(const partition::Window& window) const {
  std::vector<std::size_t> found;
  if (window.empty()) return found;
  std::vector<Entry> entries;
  tree_->boxes.query(bg::index::intersects(box_of(window)), std::back_inserter(entries));
  for (const Entry& entry : entries) found.push_back(entry.second);
  std::ranges::sort(found);
  return found;
}

}  // namespace cogmill::warp
