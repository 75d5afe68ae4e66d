// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/control_grid.hpp"
#include "src/crs/pixel_transformer.hpp"
#include "src/crs/source_reach.hpp"
#include "src/io/overview_info.hpp"
#include "src/pipeline/distributed_work.hpp"
#include "src/pipeline/mosaic_layout.hpp"
#include "src/plan/alignment.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <deque>
#include <utility>

namespace cogmill::pipeline {
namespace {

using nlohmann::json;
using partition::Window;
using Place = std::array<std::int64_t, 2>;

/// What one rank finds out about one source.
struct Finding {
  Window footprint;
  std::optional<Place> place;
  crs::ScaleFactors scale;
  std::optional<io::SceneInfo> overview;  ///< that is read instead of the file
};

std::string to_text(const Finding& f) {
  return json{
      {"footprint", {f.footprint.col, f.footprint.row, f.footprint.width, f.footprint.height}},
      {"place", f.place ? json(*f.place) : json()},
      {"scale", {f.scale.x, f.scale.y}},
      {"overview", f.overview ? json(io::to_json(*f.overview)) : json()}}
      .dump();
}

Finding from_text(const std::string& text) {
  const json j = json::parse(text);
  const auto w = j.at("footprint").get<std::array<std::int64_t, 4>>();
  Finding f;
  f.footprint = {w[0], w[1], w[2], w[3]};
  if (!j.at("place").is_null()) f.place = j.at("place").get<Place>();
  f.scale = {j.at("scale").at(0).get<double>(), j.at("scale").at(1).get<double>()};
  if (!j.at("overview").is_null())
    f.overview = io::scene_info_from_json(j.at("overview").get<std::string>());
  return f;
}

/// The whole number of pixels by which the source lies off the grid's first one along one axis.
std::optional<std::int64_t> whole_offset(double source_origin, double source_step,
                                         double grid_origin, double grid_step,
                                         std::int64_t pixels) {
  constexpr double kTolerance = 1e-3;  // [px]
  const double drift = std::abs(source_step / grid_step - 1) * static_cast<double>(pixels);
  const double offset = (source_origin - grid_origin) / grid_step;
  const double whole = std::round(offset);
  constexpr double kMost = 1e15;
  if (!(drift <= kTolerance && std::abs(offset - whole) <= kTolerance && std::abs(whole) < kMost))
    return std::nullopt;
  return static_cast<std::int64_t>(whole);
}

/// By how many turns of the map the source's columns have to be moved so that they share some with
/// the grid; nothing if none do, or if the grid shows parts of the source in several turns.
/// @param col where the source begins [grid px]   @param turn [grid px]; 0: the map does not repeat
std::optional<double> only_turn(double col, double width, double grid_width, double turn) {
  constexpr double kNearly = 1e-3;  // [px], of what touches the grid
  const auto shares = [&](double at) { return at + width > kNearly && at < grid_width - kNearly; };
  if (turn == 0) return shares(col) ? std::optional(0.0) : std::nullopt;
  const double first = std::floor((kNearly - col - width) / turn) + 1;
  if (!shares(col + first * turn) || shares(col + (first + 1) * turn)) return std::nullopt;
  return first;
}

/// Where the source begins, if its pixels are pixels of the grid and resampling keeps them. Those
/// that the grid shows in two turns of the map are left to resampling, which finds them in both.
std::optional<Place> find_place(const job::Job& job, const io::SceneInfo& scene,
                                const crs::CrsPair& pair, const crs::TargetGrid& grid) {
  using Rule = crs::OverviewOption::Rule;
  const bool plain = job.warp->resampling != kernels::WarpResampling::kCubicSpline &&
                     !job.warp->x_scale && !job.warp->y_scale &&
                     job.warp->overview.rule != Rule::kLevel;
  const auto &s = *scene.geotransform, &g = grid.geotransform;
  if (!plain || !pair.is_identity() || s[2] != 0 || s[4] != 0 || g[2] != 0 || g[4] != 0)
    return std::nullopt;
  const double turn = pair.target_turn();
  const auto turns = only_turn((s[0] - g[0]) / g[1], static_cast<double>(scene.width) * s[1] / g[1],
                               static_cast<double>(grid.width), turn / std::abs(g[1]));
  if (!turns) return std::nullopt;
  const auto col =
      whole_offset(s[0] + *turns * turn * (g[1] < 0 ? -1 : 1), s[1], g[0], g[1], scene.width);
  const auto row = whole_offset(s[3], s[5], g[3], g[5], scene.height);
  return col && row ? std::optional(Place{*col, *row}) : std::nullopt;
}

constexpr std::int64_t kMargin = 2;  // [px], for what resampling reaches beyond

/// Output pixels that a source with a transformer of its own may reach.
Window find_footprint(const SourceBounds& bounds, const crs::TargetGrid& grid) {
  constexpr double kBulge = 1.0 / 64;  // edges may bend beyond the points that were tried
  if (!bounds.box) return {0, 0, grid.width, grid.height};
  const auto& box = *bounds.box;
  const double dx = (box[2] - box[0]) * kBulge, dy = (box[3] - box[1]) * kBulge;
  return crs::window_of({box[0] - dx, box[1] - dy, box[2] + dx, box[3] + dy}, grid, kMargin,
                        crs::turn_of_map(grid.crs_wkt));
}

/// Measures scale factors where they matter, and looks for an overview that will do.
void find_scale(const job::Job& job, const io::SceneInfo& scene, const crs::AffineSource* affine,
                const crs::TargetGrid& grid, Finding& found) {
  using Rule = crs::OverviewOption::Rule;
  const bool overviews =
      !scene.storage.overview_sizes.empty() && job.warp->overview.rule != Rule::kNone;
  if (job.warp->resampling == kernels::WarpResampling::kNearest && !overviews) return;
  const auto transformer =
      affine != nullptr ? crs::make_affine_transformer(*affine, scene.width, scene.height, grid)
                        : crs::make_pixel_transformer(plan::source_options(job, scene), scene.width,
                                                      scene.height, grid);
  found.scale = crs::measure_scale(*transformer, found.footprint);
  if (!overviews) return;
  std::vector<std::int64_t> widths;
  for (const auto& size : scene.storage.overview_sizes) widths.push_back(size[0]);
  const int level =
      crs::choose_overview(scene.width, widths, 1 / found.scale.x, job.warp->overview);
  if (level < 0) return;
  found.overview = io::read_overview_info(scene, level);
  found.scale.x *= static_cast<double>(scene.width) / static_cast<double>(found.overview->width);
  found.scale.y *= static_cast<double>(scene.height) / static_cast<double>(found.overview->height);
}

/// A source with a geotransform.
Finding look_at(const job::Job& job, const io::SceneInfo& scene, const crs::SourceReach& reach,
                const std::shared_ptr<const crs::CrsPair>& pair, const crs::TargetGrid& grid) {
  Finding found;
  found.place = find_place(job, scene, *pair, grid);
  if (found.place) {
    found.footprint =
        partition::intersect({(*found.place)[0], (*found.place)[1], scene.width, scene.height},
                             {0, 0, grid.width, grid.height});
    if (!found.footprint.empty()) return found;
    found.place.reset();
  }
  const crs::AffineSource affine = affine_source(scene, pair);
  found.footprint = reach.footprint(affine, kMargin);
  if (!found.footprint.empty()) find_scale(job, scene, &affine, grid, found);
  return found;
}

/// Another one.
Finding look_at(const job::Job& job, const io::SceneInfo& scene, const SourceBounds& bounds,
                const crs::TargetGrid& grid) {
  Finding found;
  found.footprint = find_footprint(bounds, grid);
  if (!found.footprint.empty()) find_scale(job, scene, nullptr, grid, found);
  return found;
}

warp::MosaicLayer make_layer(const job::Job& job, const io::SceneInfo& scene, Finding found,
                             std::optional<std::size_t> crs) {
  plan::InputAlignment input;
  input.read = found.overview ? std::move(*found.overview) : scene;
  for (std::size_t i = 0; i < scene.bands.size() && i < input.read.bands.size(); ++i)
    input.read.bands[i].nodata = scene.bands[i].nodata;  // a list may say another than the file
  input.kernel.resampling = job.warp->resampling;
  input.kernel.x_scale = job.warp->x_scale.value_or(found.scale.x);
  input.kernel.y_scale = job.warp->y_scale.value_or(found.scale.y);
  warp::MosaicLayer layer;
  layer.warp = plan::make_setup(job, {}, input);
  layer.warp.dst_nodata.clear();
  layer.footprint = found.footprint;
  layer.place = found.place;
  layer.crs = crs;
  layer.full_width = scene.width;
  layer.full_height = scene.height;
  if (scene.geotransform) layer.geotransform = *scene.geotransform;
  return layer;
}

}  // namespace

std::vector<warp::MosaicLayer> share_layers(const job::Job& job,
                                            const std::vector<io::SceneInfo>& scenes,
                                            const MosaicLayout& layout,
                                            exchange::Communicator& comm, int threads) {
  const auto pairs = make_pairs(layout);
  std::deque<crs::SourceReach> reach;
  for (const auto& pair : pairs) reach.emplace_back(pair, layout.grid);
  const auto lines = share_work(scenes.size(), comm, threads, [&](std::size_t i) {
    const auto of = layout.crs_of[i];
    return to_text(of ? look_at(job, scenes[i], reach[*of], pairs[*of], layout.grid)
                      : look_at(job, scenes[i], layout.bounds[i], layout.grid));
  });
  std::vector<warp::MosaicLayer> layers;
  exchange::agree_on(comm, [&] {
    for (std::size_t i = 0; i < lines.size(); ++i)
      layers.push_back(make_layer(job, scenes[i], from_text(lines[i]), layout.crs_of[i]));
  });
  return layers;
}

}  // namespace cogmill::pipeline
