// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/coordinate_map.hpp"
#include "src/crs/pixel_transformer.hpp"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace cogmill::crs {

/// Source positions of points with whole output coordinates, each transformed once: neighbouring
/// cells share corners and the middles of their edges.
class NodeTable {
 public:
  explicit NodeTable(const PixelTransformer& transformer) : transformer_(transformer) {}

  /// Asks for a node; its position is known after the next resolve().
  void want(std::int64_t col, std::int64_t row);
  /// Transforms what was asked for since the last call, with oneTBB tasks.
  void resolve();
  /// @pre the node was wanted and resolved
  kernels::PixelPoint at(std::int64_t col, std::int64_t row) const;
  /// Points given to the transformer so far.
  std::int64_t transformed() const { return static_cast<std::int64_t>(positions_.size()); }

 private:
  struct Node {
    std::int64_t col, row;
    friend bool operator==(const Node&, const Node&) = default;
  };
  struct Hash {
    std::size_t operator()(const Node& node) const;
  };

  const PixelTransformer& transformer_;
  std::unordered_map<Node, std::size_t, Hash> index_;  ///< in positions_
  std::vector<kernels::PixelPoint> positions_;         ///< output positions until resolved
  std::size_t resolved_ = 0;
};

}  // namespace cogmill::crs
