// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/mosaic_spread.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace cogmill::pipeline {

Spread spread_of(const MosaicLayout& layout) {
  std::vector<std::array<double, 2>> parts;
  for (const SourceBounds& bounds : layout.bounds) {
    if (bounds.cut && !bounds.resolution)
      for (const double end : bounds.cut->ends) parts.push_back({end, end});
    else if (bounds.box)
      parts.push_back({(*bounds.box)[0], (*bounds.box)[2]});
  }
  if (parts.empty()) return {};
  std::ranges::sort(parts);
  double widest = 0, reached = parts.front()[1];
  for (const auto& [west, east] : parts) {
    widest = std::max(widest, west - reached);
    reached = std::max(reached, east);
  }
  return {reached - parts.front()[0], widest};
}

}  // namespace cogmill::pipeline
