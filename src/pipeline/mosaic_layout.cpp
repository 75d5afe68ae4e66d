// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/mosaic_layout.hpp"

#include "src/crs/cutline.hpp"
#include "src/exchange/packing.hpp"
#include "src/pipeline/distributed_work.hpp"
#include "src/plan/alignment.hpp"
#include "src/report/error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace cogmill::pipeline {
namespace {

using nlohmann::json;
using report::RuntimeError;
using Box = std::array<double, 4>;

constexpr Box kNothing = {
    std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
    -std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};

Box united(const Box& a, const Box& b) {
  return {std::min(a[0], b[0]), std::min(a[1], b[1]), std::max(a[2], b[2]), std::max(a[3], b[3])};
}

bool has_plain_transform(const job::Job& job, const io::SceneInfo& scene) {
  return scene.geotransform && job.warp->coordinate_operation.empty() &&
         job.warp->transformer_options.empty();
}

/// The source's corners in its own CRS.
Box own_box(const io::SceneInfo& scene) {
  const auto& g = *scene.geotransform;
  Box box = kNothing;
  for (const double col : {0.0, static_cast<double>(scene.width)})
    for (const double row : {0.0, static_cast<double>(scene.height)}) {
      const double x = g[0] + col * g[1] + row * g[2], y = g[3] + col * g[4] + row * g[5];
      box = united(box, {x, y, x, y});
    }
  return box;
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
    if (layout.crs[i].wkt != layout.crs_wkt)
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

/// Root's text on every rank; an error of root on every rank. *Collective.*
template <class F>
json share_root(exchange::Communicator& comm, F make) {
  std::string text;
  exchange::agree_on(comm, [&] {
    if (comm.is_root()) text = make().dump();
  });
  return json::parse(exchange::unpack_text(comm.broadcast(exchange::pack_text(text))));
}

void share_bounds(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                  exchange::Communicator& comm, int threads, MosaicLayout& layout) {
  const auto pairs = make_pairs(layout);
  const auto lines = share_work(scenes.size(), comm, threads, [&](std::size_t i) {
    std::optional<crs::ProjectedBounds> bounds;
    if (layout.crs_of[i])
      bounds = crs::projected_bounds(affine_source(scenes[i], pairs[*layout.crs_of[i]]));
    if (!bounds) bounds = crs::bounds_by_gdal(plan::source_options(job, scenes[i]), layout.crs_wkt);
    return json{bounds->box, bounds->resolution}.dump();
  });
  for (const std::string& line : lines) {
    const json j = json::parse(line);
    layout.bounds.push_back({j.at(0).get<Box>(), j.at(1).get<std::array<double, 2>>()});
  }
}

std::array<double, 2> choose_resolution(job::ResolutionRule rule,
                                        const std::vector<crs::ProjectedBounds>& bounds) {
  std::array<double, 2> chosen = bounds.front().resolution;
  if (rule == job::ResolutionRule::kAverage) chosen = {0, 0};
  for (const crs::ProjectedBounds& b : bounds)
    for (std::size_t k = 0; k < 2; ++k) {
      if (rule == job::ResolutionRule::kHighest) chosen[k] = std::min(chosen[k], b.resolution[k]);
      if (rule == job::ResolutionRule::kLowest) chosen[k] = std::max(chosen[k], b.resolution[k]);
      if (rule == job::ResolutionRule::kAverage)
        chosen[k] += b.resolution[k] / static_cast<double>(bounds.size());
    }
  return chosen;
}

std::array<double, 2> finest(const MosaicLayout& layout) {
  return choose_resolution(job::ResolutionRule::kHighest, layout.bounds);
}

std::string xml_text(const std::string& text) {
  std::string escaped;
  for (const char c : text)
    escaped += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  return escaped;
}

/// An image that covers all sources: gdalwarp's rules for a box and a resolution do the rest.
std::string stand_in(const Box& box, const std::array<double, 2>& resolution,
                     const std::string& crs_wkt) {
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

/// --crop-to-cutline: the cutline's box, on the pixels of the first source in its CRS.
Box cutline_box(const job::Job& job, const io::SceneInfo& first, const MosaicLayout& layout) {
  const auto of = layout.crs_of.front();
  const bool own = of && layout.crs[*of].wkt == layout.crs_wkt;
  return crs::crop_box(crs::Cutline(*job.warp->cutline, layout.crs_wkt), job.warp->grid,
                       own ? first.geotransform : std::nullopt);
}

/// gdalwarp counts the extent in pixels of the finest source before it lays those of -tr over it.
/// An edge that is where it should be stays: what the sum rounds would be one pixel more for --tap.
Box in_whole_pixels(const Box& box, const std::array<double, 2>& resolution) {
  const auto edge = [](double from, double to, double step) {
    constexpr double kNearly = 1e-6;  // [px]
    const double length = std::abs(to - from), whole = std::floor(length / step + 0.5) * step;
    if (std::abs(whole - length) < kNearly * step) return to;
    return from < to ? from + whole : from - whole;
  };
  return {box[0], edge(box[3], box[1], resolution[1]), edge(box[0], box[2], resolution[0]), box[3]};
}

/// What the output covers, unless the command line says. @pre no --like
Box extent(const job::Job& job, const io::SceneInfo& first, const MosaicLayout& layout,
           const Box& all) {
  if (job.warp->cutline && job.warp->cutline->crop) return cutline_box(job, first, layout);
  if (!job.warp->grid.resolution) return all;
  return in_whole_pixels(all, finest(layout));
}

crs::TargetGrid choose_grid(const job::Job& job, const io::SceneInfo& first,
                            const MosaicLayout& layout) {
  Box all = kNothing;
  for (const crs::ProjectedBounds& bounds : layout.bounds) all = united(all, bounds.box);
  crs::GridOptions options = job.warp->grid;
  if (options.like.empty() && !options.resolution && !options.size)
    options.resolution = choose_resolution(job.mosaic->resolution, layout.bounds);
  crs::SourceOptions source;
  const std::size_t count = layout.bounds.size();
  source.name = "the mosaic of " + std::to_string(count) + (count == 1 ? " source" : " sources");
  source.path = stand_in(all, finest(layout), layout.crs_wkt);
  source.src_crs = layout.crs_wkt;
  if (options.like.empty()) {
    options.dst_crs = layout.crs_wkt;
    if (!options.bbox) options.bbox = extent(job, first, layout, all);
  }
  return crs::choose_target_grid(source, options);
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
      layout_from_json(share_root(comm, [&] { return to_json(find_crs(job, scenes)); }));
  share_bounds(job, scenes, comm, threads, layout);
  const json grid = share_root(comm, [&] {
    const crs::TargetGrid chosen = choose_grid(job, scenes.front(), layout);
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
