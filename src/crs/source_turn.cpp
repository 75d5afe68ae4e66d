// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/source_turn.hpp"

#include "src/crs/affine.hpp"

#include <algorithm>

namespace cogmill::crs {
namespace {

/// The least and the largest x of the image's corners, a part of a pixel left out: sizes of worlds
/// are rounded.
std::array<double, 2> reach_in_x(const AffineSource& source) {
  constexpr double kPart = 0.5;  // [px]
  const double right = static_cast<double>(source.width) - kPart;
  const double bottom = static_cast<double>(source.height) - kPart;
  const Affine& g = source.geotransform;
  const auto [least, most] =
      std::minmax({mapped(g, {kPart, kPart}).x, mapped(g, {right, kPart}).x,
                   mapped(g, {kPart, bottom}).x, mapped(g, {right, bottom}).x});
  return {least, most};
}

double turn_in_use(const AffineSource& source) {
  const CrsPair& crs = *source.crs;
  if (crs.source_full_turn() > 0) return crs.source_full_turn();
  const auto [least, most] = reach_in_x(source);
  return crs.is_identity() || crs.source_runs_on(least, most) ? crs.source_turn() : 0;
}

}  // namespace

SourceTurn turn_of_source(const AffineSource& source) {
  const Affine& g = source.geotransform;
  const auto across = static_cast<double>(source.width);
  SourceTurn result;
  result.turn = turn_in_use(source);
  result.centre = mapped(g, {across / 2, static_cast<double>(source.height) / 2}).x;
  // Pixel sizes are often rounded: 0.0083333 degrees times 43200 is no full turn.
  constexpr double kTolerance = 0.05;  // [px]
  const bool upright = g[2] == 0 && g[4] == 0 && g[1] != 0;
  if (!upright) return result;
  if (result.turn > 0 && std::abs(across - result.turn / std::abs(g[1])) < kTolerance)
    result.columns = across;
  // PROJ cuts maps whose positions stay where they are, too.
  const double length = source.crs->source_turn() / std::abs(g[1]);
  if (across > length / 2) result.length = result.columns > 0 ? result.columns : length;
  return result;
}

}  // namespace cogmill::crs
