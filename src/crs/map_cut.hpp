// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/affine_source.hpp"
#include "src/crs/target_grid.hpp"

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>

namespace cogmill::crs {

struct SourceImage;

/// Where the output's map is cut through a source: parts of it lie at opposite ends of the map, so
/// that neither the box round them nor their distance says anything of the source's pixels.
struct MapCut {
  double longitude = 0;             ///< of the cut [degrees from Greenwich], -180 to 180
  std::array<double, 2> ends = {};  ///< x of the map's two ends there [CRS unit]
  kernels::PixelPoint place = {};   ///< one of its places in the source, as parts of the sides
};

/// Replaces parts of a source's sides (0 to 1) by coordinates of the output, NaN where it has none.
using ToOutput = std::function<void(std::span<kernels::PixelPoint>)>;

/// The cut through a source that a map with another middle would show in one piece. Nothing for one
/// that goes more than half round the globe, or round a pole: its parts are the map's ends; nor for
/// the gaps within an interrupted map.
std::optional<MapCut> find_cut(const ToOutput& to_output, const std::string& crs_wkt);
std::optional<MapCut> find_cut(const AffineSource& source, const std::string& crs_wkt);
/// The same whatever ties the source to the ground.
/// @param image what `source` names; without it the file is opened
/// @throws report::RuntimeError if there is no way to the output's CRS
std::optional<MapCut> find_cut(const SourceOptions& source, const SourceImage& image,
                               const std::string& crs_wkt);
std::optional<MapCut> find_cut(const SourceOptions& source, const std::string& crs_wkt);

/// A source that sticks out over the cut by less than a pixel along one of its sides, as a tile
/// beside 180 degrees does whose last pixels have their centres there: the same one without that
/// part, in as many pixels.
/// @return nothing if more of it lies beyond
std::optional<AffineSource> without_sliver(const AffineSource& source, const MapCut& cut,
                                           const std::string& crs_wkt);
/// The same for the georeferencing of an image.   @return whether it has changed
bool drop_sliver(SourceImage& image, const MapCut& cut, const std::string& crs_wkt);

/// What --dst-crs joins the parts at both sides of a cut at 180 degrees.
inline constexpr char kWholeCrs[] =
    "a --dst-crs that is whole there (such as EPSG:3832, or +lon_0=180)";

/// @param what lies on both sides of the cut
/// @param lacks what options would have to say: "--bbox"
[[noreturn]] void refuse_cut(const std::string& what, const MapCut& cut, const std::string& crs_wkt,
                             const std::string& lacks);

}  // namespace cogmill::crs
