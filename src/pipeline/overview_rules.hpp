// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/overview.hpp"
#include "src/pipeline/byte_plane.hpp"
#include "src/plan/plan.hpp"

#include <cstddef>
#include <vector>

/// What every backend does alike to make a level of a chunk from the one below.
namespace cogmill::pipeline {

/// @param level of the plan that is made; `below` and `above` are windows of it and the one below
inline kernels::OverviewGeometry overview_geometry(const plan::Plan& plan, std::size_t level,
                                                   const partition::Window& below,
                                                   const partition::Window& above) {
  const partition::LevelSize &from = plan.levels[level - 1], &to = plan.levels[level];
  return {from.width, from.height, to.width, to.height, below.col, below.row, above.col, above.row};
}

/// The plane of a level that says which of its pixels are valid, as Byte: its mask or its alpha, or
/// nothing.   @param room, find_visible as of as_byte()
template <class Block, class FindVisible>
kernels::ConstPlane validity_plane(const plan::OutputImage& image, const Block& level, Block& room,
                                   const FindVisible& find_visible) {
  if (image.mask) return level.plane(static_cast<std::size_t>(image.bands));
  if (!image.alpha || kernels::is_complex(image.type)) return {};
  return as_byte(level.plane(static_cast<std::size_t>(*image.alpha)), level.window(), room,
                 find_visible);
}

/// What makes pixels of a band invalid; those of an alpha band never are, nor colours that are
/// multiplied by it: hidden ones are 0, and have to count for the mean to stay below that of alpha.
inline kernels::Validity validity_of_band(const plan::OutputImage& image, std::size_t band,
                                          kernels::ConstPlane validity) {
  if (image.alpha == static_cast<int>(band)) return {};
  if (image.premultiplied && !image.mask) return {};
  return {image.nodata[band], validity};
}

/// The planes of a level of colours that are multiplied by alpha, which they may exceed once they
/// are reduced, each alone. A nodata value above 0 stays what it is.
/// @return nothing where colours are never larger, or are no such ones
inline std::vector<std::size_t> planes_to_limit(const plan::OutputImage& image) {
  std::vector<std::size_t> planes;
  if (!image.premultiplied || !image.alpha || kernels::is_complex(image.type)) return planes;
  for (std::size_t band = 0; band < static_cast<std::size_t>(image.bands); ++band) {
    const bool hole_stays = image.nodata[band] && image.nodata[band]->as_double() > 0;
    if (image.alpha != static_cast<int>(band) && !hole_stays) planes.push_back(band);
  }
  return planes;
}

}  // namespace cogmill::pipeline
