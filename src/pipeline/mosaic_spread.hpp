// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/pipeline/mosaic_layout.hpp"

namespace cogmill::pipeline {

/// How the sources lie beside each other, in x [CRS unit]. Of those that are cut the ends alone
/// count.
struct Spread {
  double width = 0;       ///< from the first to the last
  double widest_gap = 0;  ///< between two of them

  /// Whether more than half of the way is empty.
  bool is_apart() const { return widest_gap > width / 2; }
};

Spread spread_of(const MosaicLayout& layout);

}  // namespace cogmill::pipeline
