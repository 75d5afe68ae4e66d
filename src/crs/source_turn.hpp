// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/affine_source.hpp"

#include <cmath>

namespace cogmill::crs {

/// Where the map of a source repeats, positions on it are whole turns from those in the image: they
/// are taken to the one nearest to its centre.
struct SourceTurn {
  double turn = 0;     ///< [CRS unit]; 0: positions stay where they are
  double centre = 0;   ///< x of the image's centre [CRS unit]
  double columns = 0;  ///< of the full-resolution image that make a turn; 0: it does not go round
  /// The same as a length [px], which may be a few columns more than the image has, or fewer; 0:
  /// the image covers no more than half of a turn.
  double length = 0;

  double to_image(double x) const {
    return turn > 0 ? x - turn * std::round((x - centre) / turn) : x;
  }
};

/// Degrees always repeat. A cylindrical projection does where the image runs on beyond the meridian
/// at which PROJ cuts the map, or where positions come from a map that may do so: from the same
/// CRS. Elsewhere PROJ's positions are right as they are.
SourceTurn turn_of_source(const AffineSource& source);

}  // namespace cogmill::crs
