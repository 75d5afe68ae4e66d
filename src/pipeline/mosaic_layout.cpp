// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/mosaic_layout.hpp"

#include "src/crs/infinite_extent.hpp"
#include "src/crs/mercator_bounds.hpp"
#include "src/crs/same_crs.hpp"
#include "src/crs/source_reach.hpp"
#include "src/exchange/share_root.hpp"
#include "src/pipeline/distributed_work.hpp"
#include "src/pipeline/mosaic_box.hpp"
#include "src/plan/alignment.hpp"
#include "src/report/error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace cogmill::pipeline {
namespace {

using nlohmann::json;
using report::RuntimeError;
using Step = std::array<double, 2>;

bool has_plain_transform(const job::Job& job, const io::SceneInfo& scene) {
  return scene.geotransform && job.warp->coordinate_operation.empty() &&
         job.warp->transformer_options.empty();
}

std::string output_crs(const job::Job& job, const std::string& source_crs,
                       const io::SceneInfo& first) {
  const crs::GridOptions& grid = job.warp->grid;
  if (!grid.dst_crs.empty()) return crs::crs_from_text(grid.dst_crs, "--dst-crs");
  if (!grid.like.empty()) return io::read_scene_info(grid.like).crs_wkt;
  return source_crs.empty() ? first.crs_wkt : source_crs;
}

/// Sorts the sources by CRS. On root.
MosaicLayout find_crs(const job::Job& job, const std::vector<io::SceneInfo>& scenes) {
  MosaicLayout layout;
  const std::string given =
      job.warp->src_crs.empty() ? "" : crs::crs_from_text(job.warp->src_crs, "--src-crs");
  layout.crs_wkt = output_crs(job, given, scenes.front());
  std::vector<Box> boxes;
  for (const io::SceneInfo& scene : scenes) {
    layout.crs_of.emplace_back();
    if (!has_plain_transform(job, scene)) continue;
    const std::string& wkt = given.empty() ? scene.crs_wkt : given;
    if (wkt.empty() != layout.crs_wkt.empty())
      throw RuntimeError((wkt.empty() ? scene : scenes.front()).path +
                         " does not say in which coordinate reference system it is, so it has no "
                         "place in the mosaic; name it with --src-crs, for example --src-crs "
                         "EPSG:32631");
    const auto known = std::ranges::find(layout.crs, wkt, &warp::MosaicCrs::wkt);
    const auto i = static_cast<std::size_t>(known - layout.crs.begin());
    if (known == layout.crs.end()) {
      layout.crs.push_back({wkt, std::nullopt});
      boxes.push_back(kNothing);
    }
    boxes[i] = united(boxes[i], own_box(scene));
    layout.crs_of.back() = i;
  }
  for (std::size_t i = 0; i < layout.crs.size(); ++i)
    if (!crs::is_same_crs(layout.crs[i].wkt, layout.crs_wkt))
      layout.crs[i].area = crs::degrees_of(boxes[i], layout.crs[i].wkt);
  return layout;
}

json to_json(const MosaicLayout& layout) {
  json systems = json::array(), of = json::array();
  for (const warp::MosaicCrs& system : layout.crs)
    systems.push_back({{"wkt", system.wkt}, {"area", system.area ? json(*system.area) : json()}});
  for (const auto& i : layout.crs_of) of.push_back(i ? json(*i) : json());
  return {{"crs", layout.crs_wkt}, {"systems", systems}, {"of", of}};
}

MosaicLayout layout_from_json(const json& j) {
  MosaicLayout layout;
  layout.crs_wkt = j.at("crs").get<std::string>();
  for (const json& system : j.at("systems")) {
    layout.crs.push_back({system.at("wkt").get<std::string>(), std::nullopt});
    if (!system.at("area").is_null()) layout.crs.back().area = system.at("area").get<Box>();
  }
  for (const json& i : j.at("of")) {
    layout.crs_of.emplace_back();
    if (!i.is_null()) layout.crs_of.back() = i.get<std::size_t>();
  }
  return layout;
}

/// What is asked for each source.
struct OutputFacts {
  std::string wkt;
  double turn = 0;              ///< crs::full_turn_of
  std::optional<Box> mercator;  ///< crs::mercator_world
};

/// Where the output's map is cut through a source. Longitudes go on beyond the cut.
std::optional<crs::MapCut> cut_through(const crs::SourceOptions& source,
                                       const std::optional<crs::AffineSource>& affine,
                                       const OutputFacts& output) {
  if (output.turn > 0) return std::nullopt;
  return affine ? crs::find_cut(*affine, output.wkt) : crs::find_cut(source, output.wkt);
}

/// As exactly as it can be told: a source may lie outside the domain of the output's CRS.
SourceBounds plain_bounds(const crs::SourceOptions& source,
                          const std::optional<crs::AffineSource>& affine,
                          const std::string& crs_wkt) {
  std::optional<crs::ProjectedBounds> bounds;
  if (affine) bounds = crs::projected_bounds(*affine);
  if (!bounds) bounds = crs::bounds_by_gdal(source, crs_wkt);
  const double turn = affine ? affine->crs->target_full_turn() : 0;
  const bool round = turn > 0 && bounds && bounds->box[2] - bounds->box[0] > turn / 2;
  if (affine && (!bounds || round)) {  // GDAL sees all of the globe in what lies across 180 degrees
    const auto rim = crs::bounds_of_rim(*affine);
    if (rim && !affine->crs->is_identity()) bounds = rim;
  }
  if (bounds) return {bounds->box, bounds->resolution};
  return {affine ? crs::reached_box(*affine) : std::nullopt, std::nullopt};
}

bool ends_beyond(const std::optional<Box>& world, const Box& b) {
  return world && (b[1] < (*world)[1] || b[3] > (*world)[3]);
}

/// Of a source at both ends of the map: they say nothing of its pixels there.
SourceBounds bounds_of_both(const std::optional<crs::AffineSource>& affine, const crs::MapCut& cut,
                            const std::optional<Box>& world) {
  auto both = affine ? crs::reached_box(*affine) : std::nullopt;
  if (both) both = united(*both, {cut.ends[0], (*both)[1], cut.ends[1], (*both)[3]});
  const bool beyond = both && ends_beyond(world, *both);
  if (beyond)
    both = {(*both)[0], std::max((*both)[1], (*world)[1]), (*both)[2],
            std::min((*both)[3], (*world)[3])};
  return {both, std::nullopt, cut, beyond};
}

/// Of a source in one piece.
SourceBounds bounds_of_whole(const crs::SourceOptions& source,
                             const std::optional<crs::AffineSource>& affine,
                             const OutputFacts& output) {
  SourceBounds bounds = plain_bounds(source, affine, output.wkt);
  if (!bounds.box) return bounds;
  if (ends_beyond(output.mercator, *bounds.box))
    if (const auto inside = crs::mercator_bounds(source, output.wkt))
      return {inside->box, inside->resolution, std::nullopt, true};
  if (crs::is_infinite(*bounds.box, output.wkt)) bounds.resolution.reset();
  return bounds;
}

SourceBounds find_bounds(const crs::SourceOptions& source,
                         const std::optional<crs::AffineSource>& affine,
                         const OutputFacts& output) {
  const auto cut = cut_through(source, affine, output);
  if (!cut) return bounds_of_whole(source, affine, output);
  const auto rest = affine ? crs::without_sliver(*affine, *cut, output.wkt) : std::nullopt;
  if (!rest) return bounds_of_both(affine, *cut, output.mercator);
  SourceBounds bounds = bounds_of_whole(source, rest, output);
  bounds.cut = cut;
  return bounds;
}

json to_json(const SourceBounds& bounds) {
  const auto& cut = bounds.cut;
  return {bounds.box ? json(*bounds.box) : json(),
          bounds.resolution ? json(*bounds.resolution) : json(),
          cut ? json{cut->longitude, cut->ends[0], cut->ends[1]} : json(), bounds.beyond_mercator};
}

SourceBounds bounds_from_json(const json& j) {
  SourceBounds bounds;
  if (!j.at(0).is_null()) bounds.box = j.at(0).get<Box>();
  if (!j.at(1).is_null()) bounds.resolution = j.at(1).get<Step>();
  if (!j.at(2).is_null()) {
    const auto [longitude, west, east] = j.at(2).get<std::array<double, 3>>();
    bounds.cut = {longitude, {west, east}};
  }
  bounds.beyond_mercator = j.at(3).get<bool>();
  return bounds;
}

void share_bounds(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                  exchange::Communicator& comm, int threads, MosaicLayout& layout) {
  const auto pairs = make_pairs(layout);
  const OutputFacts output = {layout.crs_wkt, crs::full_turn_of(layout.crs_wkt),
                              crs::mercator_world(layout.crs_wkt)};
  const auto lines = share_work(scenes.size(), comm, threads, [&](std::size_t i) {
    std::optional<crs::AffineSource> affine;
    if (layout.crs_of[i]) affine = affine_source(scenes[i], pairs[*layout.crs_of[i]]);
    return to_json(find_bounds(plan::source_options(job, scenes[i]), affine, output)).dump();
  });
  for (const std::string& line : lines)
    layout.bounds.push_back(bounds_from_json(json::parse(line)));
}

}  // namespace

std::vector<std::shared_ptr<const crs::CrsPair>> make_pairs(const MosaicLayout& layout) {
  std::vector<std::shared_ptr<const crs::CrsPair>> pairs;
  for (const warp::MosaicCrs& system : layout.crs)
    pairs.push_back(std::make_shared<crs::CrsPair>(system.wkt, layout.crs_wkt, system.area));
  return pairs;
}

crs::AffineSource affine_source(const io::SceneInfo& scene,
                                std::shared_ptr<const crs::CrsPair> pair) {
  return {scene.width, scene.height, *scene.geotransform, std::move(pair)};
}

MosaicLayout share_layout(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                          exchange::Communicator& comm, int threads) {
  MosaicLayout layout =
      layout_from_json(exchange::share_root(comm, [&] { return to_json(find_crs(job, scenes)); }));
  share_bounds(job, scenes, comm, threads, layout);
  const json grid = exchange::share_root(comm, [&] {
    const crs::TargetGrid chosen = choose_mosaic_grid(job, scenes.front(), layout);
    return json{{"crs", chosen.crs_wkt},
                {"geotransform", chosen.geotransform},
                {"size", {chosen.width, chosen.height}}};
  });
  layout.grid.crs_wkt = grid.at("crs").get<std::string>();
  layout.grid.geotransform = grid.at("geotransform").get<std::array<double, 6>>();
  layout.grid.width = grid.at("size").at(0).get<std::int64_t>();
  layout.grid.height = grid.at("size").at(1).get<std::int64_t>();
  return layout;
}

}  // namespace cogmill::pipeline
