// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/cutline.hpp"
#include "src/crs/infinite_extent.hpp"
#include "src/crs/map_cut.hpp"
#include "src/crs/mercator_bounds.hpp"
#include "src/crs/same_crs.hpp"
#include "src/crs/source_reach.hpp"
#include "src/pipeline/mosaic_box.hpp"
#include "src/pipeline/mosaic_layout.hpp"
#include "src/pipeline/mosaic_spread.hpp"
#include "src/report/error.hpp"
#include "src/report/log.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace cogmill::pipeline {
namespace {

using nlohmann::json;
using report::RuntimeError;
using Step = std::array<double, 2>;

/// @pre some
Step choose_resolution(job::ResolutionRule rule, const std::vector<Step>& steps) {
  Step chosen = steps.front();
  if (rule == job::ResolutionRule::kAverage) chosen = {0, 0};
  for (const Step& step : steps)
    for (std::size_t k = 0; k < 2; ++k) {
      if (rule == job::ResolutionRule::kHighest) chosen[k] = std::min(chosen[k], step[k]);
      if (rule == job::ResolutionRule::kLowest) chosen[k] = std::max(chosen[k], step[k]);
      if (rule == job::ResolutionRule::kAverage)
        chosen[k] += step[k] / static_cast<double>(steps.size());
    }
  return chosen;
}

std::string xml_text(const std::string& text) {
  std::string escaped;
  for (const char c : text)
    escaped += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  return escaped;
}

/// An image that covers all sources: gdalwarp's rules for a box and a resolution do the rest.
std::string stand_in(const Box& box, const Step& resolution, const std::string& crs_wkt) {
  constexpr double kMostPixels = 1e6;  // how exactly GDAL knows what it covers
  const double across = box[2] - box[0], down = box[3] - box[1];
  const double coarser =
      std::max(1.0, std::max(across / resolution[0], down / resolution[1]) / kMostPixels);
  const double width = std::max(1.0, std::round(across / resolution[0] / coarser));
  const double height = std::max(1.0, std::round(down / resolution[1] / coarser));
  json g = {box[0], across / width, 0.0, box[3], 0.0, -down / height};
  std::string numbers;
  for (const json& number : g) numbers += (numbers.empty() ? "" : ", ") + number.dump();
  return "<VRTDataset rasterXSize=\"" + std::to_string(std::lround(width)) + "\" rasterYSize=\"" +
         std::to_string(std::lround(height)) + "\"><SRS dataAxisToSRSAxisMapping=\"1,2\">" +
         xml_text(crs_wkt) + "</SRS><GeoTransform>" + numbers +
         "</GeoTransform><VRTRasterBand dataType=\"Byte\" band=\"1\"/></VRTDataset>";
}

/// Whether the command line says what the output covers. @pre no --like
bool names_extent(const job::Job& job) {
  return job.warp->grid.bbox || (job.warp->cutline && job.warp->cutline->crop);
}

/// --crop-to-cutline: the cutline's box, on the pixels of the first source in its CRS.
Box cutline_box(const job::Job& job, const io::SceneInfo& first, const MosaicLayout& layout) {
  const auto of = layout.crs_of.front();
  const bool own = of && crs::is_same_crs(layout.crs[*of].wkt, layout.crs_wkt);
  return crs::crop_box(crs::Cutline(*job.warp->cutline, layout.crs_wkt), job.warp->grid,
                       own ? first.geotransform : std::nullopt);
}

/// gdalwarp counts the extent in pixels of the finest source before it lays those of -tr over it.
/// An edge that is where it should be stays: what the sum rounds would be one pixel more for --tap.
Box in_whole_pixels(const Box& box, const Step& resolution) {
  const auto edge = [](double from, double to, double step) {
    constexpr double kNearly = 1e-6;  // [px]
    const double length = std::abs(to - from), whole = std::floor(length / step + 0.5) * step;
    if (std::abs(whole - length) < kNearly * step) return to;
    return from < to ? from + whole : from - whole;
  };
  return {box[0], edge(box[3], box[1], resolution[1]), edge(box[0], box[2], resolution[0]), box[3]};
}

/// What is known of all sources together.
struct Known {
  std::optional<Box> box;
  std::vector<Step> steps;
  std::size_t partly = 0;  ///< sources of which a part has a place

  Step finest() const {
    if (!steps.empty()) return choose_resolution(job::ResolutionRule::kHighest, steps);
    return {((*box)[2] - (*box)[0]) / 1000, ((*box)[3] - (*box)[1]) / 1000};
  }
};

double width_of(const std::optional<Box>& box) { return box ? (*box)[2] - (*box)[0] : 0; }

/// The box of all, longitudes as near to a middle as whole turns bring them.
std::optional<Box> united_near(const MosaicLayout& layout, double middle, double turn) {
  Box all = kNothing;
  for (const SourceBounds& bounds : layout.bounds) {
    if (!bounds.box) continue;
    Box box = *bounds.box;
    const double shift = turn * std::round((middle - (box[0] + box[2]) / 2) / turn);
    box[0] += shift, box[2] += shift;
    all = united(all, box);
  }
  return all;
}

/// Where a source lies across 180 degrees the others have their longitudes beside its own.
std::optional<Box> united_bounds(const MosaicLayout& layout) {
  std::optional<Box> all, across;
  for (const SourceBounds& bounds : layout.bounds)
    if (bounds.box) all = united(all.value_or(kNothing), *bounds.box);
  if (!all) return all;
  const double turn = crs::full_turn_of(layout.crs_wkt);
  for (const SourceBounds& bounds : layout.bounds)
    if (bounds.box && turn > 0 && !across &&
        ((*bounds.box)[0] < -turn / 2 || (*bounds.box)[2] > turn / 2))
      across = united_near(layout, ((*bounds.box)[0] + (*bounds.box)[2]) / 2, turn);
  return across && width_of(across) < width_of(all) ? across : all;
}

Known known_of(const MosaicLayout& layout) {
  Known known;
  known.box = united_bounds(layout);
  for (const SourceBounds& bounds : layout.bounds) {
    if (bounds.resolution) known.steps.push_back(*bounds.resolution);
    if (bounds.box && !bounds.resolution && !bounds.cut) ++known.partly;
  }
  return known;
}

/// "EPSG:3857", or what the CRS is called.
std::string name_of_output(const job::Job& job, const MosaicLayout& layout) {
  const std::string& given = job.warp->grid.dst_crs;
  if (!given.empty() && given.size() < 80) return given;
  return crs::title_of_crs(layout.crs_wkt);
}

/// Refuses sources at both ends of the output's map, where the grid depends on them.
void require_whole(const job::Job& job, const std::string& name, const MosaicLayout& layout,
                   const Known& known) {
  const auto& grid = job.warp->grid;
  const bool extent = names_extent(job);
  const bool pixels = grid.resolution || grid.size || !known.steps.empty();
  const auto first = std::ranges::find_if(
      layout.bounds, [](const SourceBounds& bounds) { return bounds.cut.has_value(); });
  if (first == layout.bounds.end() || !grid.like.empty()) return;
  if (extent ? !pixels : !pixels || spread_of(layout).is_apart())
    crs::refuse_cut(name, *first->cut, layout.crs_wkt,
                    extent   ? "--resolution or --size"
                    : pixels ? "--bbox"
                             : "--bbox and --resolution");
}

/// Says that the sources would lie side by side if the map went on where it ends.
void note_gap(const job::Job& job, const std::string& name, const MosaicLayout& layout,
              const Known& known) {
  const Spread spread = spread_of(layout);
  if (names_extent(job) || !job.warp->grid.like.empty() || !spread.is_apart()) return;
  const double period = crs::turn_of_map(layout.crs_wkt);
  const bool joined = known.box && width_of(known.box) < spread.width - spread.widest_gap / 2;
  if (joined || period - spread.widest_gap >= spread.width / 2) return;
  const bool degrees = crs::full_turn_of(layout.crs_wkt) > 0;
  report::log_warning(name + " leaves " +
                      std::to_string(std::lround(100 * spread.widest_gap / spread.width)) +
                      " % of its width empty: the sources lie at opposite ends of \"" +
                      name_of_output(job, layout) + "\" and would be neighbours across its cut; " +
                      (degrees ? "--bbox may count longitudes on beyond 180 degrees"
                               : std::string(crs::kWholeCrs) + " joins them"));
}

/// Says where the output ends before a pole that some sources reach.
void note_poles(const job::Job& job, const std::string& name, const MosaicLayout& layout) {
  if (!names_extent(job) && job.warp->grid.like.empty() &&
      std::ranges::any_of(layout.bounds, &SourceBounds::beyond_mercator))
    crs::warn_of_mercators_end(name, layout.crs_wkt);
}

/// The sources have to say what the options do not.
void require_known(const job::Job& job, const io::SceneInfo& first, const MosaicLayout& layout,
                   const Known& known) {
  const crs::GridOptions& grid = job.warp->grid;
  if (!grid.like.empty()) return;
  const bool extent = names_extent(job), resolution = grid.resolution || grid.size;
  if ((extent || known.box) && (resolution || !known.steps.empty())) {
    if (known.partly > 0 && !extent)
      report::log_warning(std::to_string(known.partly) + " of " +
                          std::to_string(layout.bounds.size()) +
                          " sources reach beyond the domain of \"" + name_of_output(job, layout) +
                          "\": the output covers about what has a place there; --bbox says it "
                          "exactly");
    return;
  }
  throw RuntimeError("no source lies wholly in the domain of \"" + name_of_output(job, layout) +
                     "\" (the first: " + first.path + "), so that they do not tell the output's " +
                     (extent ? "resolution: give --resolution or --size"
                             : "grid: give --bbox, and --resolution or --size") +
                     ", or choose another --dst-crs");
}

/// What stands in for sources of which nothing is known: the output itself.
Box box_of_output(const job::Job& job, const MosaicLayout& layout) {
  const crs::GridOptions& grid = job.warp->grid;
  if (!grid.like.empty()) return own_box(io::read_scene_info(grid.like));
  if (!grid.bbox) return crs::Cutline(*job.warp->cutline, layout.crs_wkt).bounds();
  if (grid.bbox_crs.empty()) return *grid.bbox;
  const Box& b = *grid.bbox;
  const std::string wkt = crs::crs_from_text(grid.bbox_crs, "--bbox-crs");
  const auto box =
      crs::reached_box({1,
                        1,
                        {b[0], b[2] - b[0], 0, b[3], 0, b[1] - b[3]},
                        std::make_shared<crs::CrsPair>(wkt, layout.crs_wkt, std::nullopt)});
  return box.value_or(Box{0, 0, 1, 1});
}

/// What the output covers, unless the command line says. @pre no --like
Box extent(const job::Job& job, const io::SceneInfo& first, const MosaicLayout& layout,
           const Known& known) {
  if (job.warp->cutline && job.warp->cutline->crop) return cutline_box(job, first, layout);
  if (!job.warp->grid.resolution || known.steps.empty()) return *known.box;
  return in_whole_pixels(*known.box, known.finest());
}

}  // namespace

crs::TargetGrid choose_mosaic_grid(const job::Job& job, const io::SceneInfo& first,
                                   const MosaicLayout& layout) {
  const std::size_t count = layout.bounds.size();
  const std::string name =
      "the mosaic of " + std::to_string(count) + (count == 1 ? " source" : " sources");
  Known known = known_of(layout);
  require_whole(job, name, layout, known);
  note_gap(job, name, layout, known);
  note_poles(job, name, layout);
  require_known(job, first, layout, known);
  crs::GridOptions options = job.warp->grid;
  options.may_miss = !known.box || known.partly > 0;
  if (!known.box) known.box = box_of_output(job, layout);
  if (options.like.empty() && !options.resolution && !options.size)
    options.resolution = choose_resolution(job.mosaic->resolution, known.steps);
  crs::SourceOptions source;
  source.name = name;
  source.path = stand_in(*known.box, known.finest(), layout.crs_wkt);
  source.src_crs = layout.crs_wkt;
  if (options.like.empty()) {
    options.dst_crs = layout.crs_wkt;
    if (!names_extent(job)) crs::require_finite(name, *known.box, layout.crs_wkt);
    if (!options.bbox) options.bbox = extent(job, first, layout, known);
  }
  return crs::choose_target_grid(source, options);
}

}  // namespace cogmill::pipeline
