// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/node_table.hpp"

#include "src/crs/transform_all.hpp"

#include <span>

namespace cogmill::crs {

std::size_t NodeTable::Hash::operator()(const Node& node) const {
  const auto mixed = static_cast<std::uint64_t>(node.row) * 0x9E3779B97F4A7C15u +
                     static_cast<std::uint64_t>(node.col);
  return static_cast<std::size_t>(mixed ^ (mixed >> 29));
}

void NodeTable::want(std::int64_t col, std::int64_t row) {
  if (!index_.try_emplace({col, row}, positions_.size()).second) return;
  positions_.push_back({static_cast<double>(col), static_cast<double>(row)});
}

void NodeTable::resolve() {
  if (resolved_ == positions_.size()) return;
  transform_all(transformer_, std::span(positions_).subspan(resolved_));
  resolved_ = positions_.size();
}

kernels::PixelPoint NodeTable::at(std::int64_t col, std::int64_t row) const {
  return positions_[index_.at({col, row})];
}

}  // namespace cogmill::crs
