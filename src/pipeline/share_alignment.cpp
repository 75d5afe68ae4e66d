// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/share_alignment.hpp"

#include "src/crs/choose_overview.hpp"
#include "src/crs/control_grid.hpp"
#include "src/crs/cutline.hpp"
#include "src/crs/ground_area.hpp"
#include "src/crs/pixel_transformer.hpp"
#include "src/crs/same_crs.hpp"
#include "src/exchange/share_root.hpp"
#include "src/io/overview_info.hpp"
#include "src/pipeline/operation_note.hpp"
#include "src/report/log.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstddef>
#include <sstream>
#include <utility>

namespace cogmill::pipeline {
namespace {

using nlohmann::json;

json to_json(const plan::Alignment& alignment) {
  json inputs = json::array();
  for (const plan::InputAlignment& input : alignment.inputs)
    inputs.push_back({{"on_grid", input.on_grid},
                      {"read", io::to_json(input.read)},
                      {"resampling", kernels::name_of(input.kernel.resampling)},
                      {"scale", {input.kernel.x_scale, input.kernel.y_scale}}});
  return {{"crs", alignment.grid.crs_wkt},
          {"geotransform", alignment.grid.geotransform},
          {"size", {alignment.grid.width, alignment.grid.height}},
          {"inputs", inputs}};
}

plan::Alignment from_json(const json& j) {
  plan::Alignment alignment;
  alignment.grid.crs_wkt = j.at("crs").get<std::string>();
  alignment.grid.geotransform = j.at("geotransform").get<std::array<double, 6>>();
  alignment.grid.width = j.at("size").at(0).get<std::int64_t>();
  alignment.grid.height = j.at("size").at(1).get<std::int64_t>();
  for (const json& item : j.at("inputs")) {
    plan::InputAlignment input;
    input.on_grid = item.at("on_grid").get<bool>();
    input.read = io::scene_info_from_json(item.at("read").get<std::string>());
    input.kernel.resampling =
        kernels::warp_resampling_from_name(item.at("resampling").get<std::string>()).value();
    input.kernel.x_scale = item.at("scale").at(0).get<double>();
    input.kernel.y_scale = item.at("scale").at(1).get<double>();
    alignment.inputs.push_back(std::move(input));
  }
  return alignment;
}

/// `--like A` may name an input of calc.
crs::GridOptions grid_options(const job::Job& job) {
  crs::GridOptions options = job.warp->grid;
  for (const job::Input& input : job.inputs)
    if (!options.like.empty() && options.like == input.name) options.like = input.path;
  return options;
}

/// True where every output pixel is a pixel of the input, or beyond it none.
bool is_on_grid(const job::Job& job, const io::SceneInfo& scene, const crs::TargetGrid& grid,
                kernels::WarpResampling resampling) {
  const bool plain = job.warp->src_crs.empty() && job.warp->coordinate_operation.empty() &&
                     job.warp->transformer_options.empty() && !job.warp->add_alpha &&
                     !job.warp->cutline;
  // A B-spline smoothes even where the grids are one.
  return plain && resampling != kernels::WarpResampling::kCubicSpline &&
         scene.width == grid.width && scene.height == grid.height &&
         scene.geotransform == grid.geotransform && crs::is_same_crs(scene.crs_wkt, grid.crs_wkt);
}

/// @return the overview to read; -1: the file itself
int find_overview(const job::Job& job, const io::SceneInfo& scene, const crs::SourceOptions& source,
                  const crs::TargetGrid& grid) {
  if (scene.storage.overview_sizes.empty()) return -1;
  std::vector<std::int64_t> widths;
  for (const auto& size : scene.storage.overview_sizes) widths.push_back(size[0]);
  const double ratio = crs::overview_ratio(source, grid, grid_options(job));
  return crs::choose_overview(scene.width, widths, ratio, job.warp->overview);
}

/// Scale factors of the file and the overview that stands in for it.
plan::InputAlignment align_input(const job::Job& job, const io::SceneInfo& scene,
                                 const crs::TargetGrid& grid, kernels::WarpResampling resampling) {
  plan::InputAlignment input;
  input.read = scene;
  input.kernel.resampling = resampling;
  input.on_grid = is_on_grid(job, scene, grid, resampling);
  if (input.on_grid) return input;
  const auto source = plan::source_options(job, scene);
  const auto measure = [&] {
    const auto transformer =
        crs::make_pixel_transformer(source, input.read.width, input.read.height, grid);
    return crs::measure_scale(*transformer, grid);
  };
  crs::ScaleFactors scale = measure();
  const int overview = find_overview(job, scene, source, grid);
  if (overview >= 0) {
    input.read = io::read_overview_info(scene, overview);
    scale = measure();
  }
  input.kernel.x_scale = job.warp->x_scale.value_or(scale.x);
  input.kernel.y_scale = job.warp->y_scale.value_or(scale.y);
  return input;
}

std::string describe(const plan::InputAlignment& input) {
  std::ostringstream text;
  text.precision(17);
  text << input.read.path << ": "
       << (input.on_grid ? std::string("on the output's grid already")
                         : "resampled with " + std::string(name_of(input.kernel.resampling)));
  if (input.on_grid) return text.str();
  text << ", XSCALE=" << input.kernel.x_scale << " YSCALE=" << input.kernel.y_scale << ", ";
  if (input.read.overview < 0)
    text << "from full resolution";
  else
    text << "from overview " << input.read.overview << " (" << input.read.width << "x"
         << input.read.height << ")";
  return text.str();
}

std::string source_crs(const job::Job& job, const io::SceneInfo& scene) {
  return job.warp->src_crs.empty() ? scene.crs_wkt
                                   : crs::crs_from_text(job.warp->src_crs, "--src-crs");
}

/// What PROJ does between the two systems, for the log and the record.
void note_operation_of(const job::Job& job, const io::SceneInfo& scene, const crs::TargetGrid& grid,
                       std::vector<std::string>& notes) {
  const std::string source = source_crs(job, scene);
  if (source.empty() || !job.warp->coordinate_operation.empty()) return;
  note_operation(scene.path, source, grid.crs_wkt,
                 crs::ground_area(plan::source_options(job, scene)), notes);
}

/// --crop-to-cutline: the cutline's box, where none is given.
void crop(const job::Job& job, const io::SceneInfo& scene, crs::GridOptions& options) {
  const auto& cutline = job.warp->cutline;
  if (!cutline || !cutline->crop || options.bbox || !options.like.empty()) return;
  const std::string source = source_crs(job, scene);
  const std::string target =
      options.dst_crs.empty() ? source : crs::crs_from_text(options.dst_crs, "--dst-crs");
  options.bbox =
      crs::crop_box(crs::Cutline(*cutline, target), options,
                    crs::is_same_crs(source, target) ? scene.geotransform : std::nullopt);
}

plan::Alignment find_alignment(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                               std::vector<std::string>& notes) {
  plan::Alignment alignment;
  crs::GridOptions options = grid_options(job);
  crop(job, scenes.front(), options);
  alignment.grid = crs::choose_target_grid(plan::source_options(job, scenes.front()), options);
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    const auto resampling = job.inputs[i].resampling.value_or(job.warp->resampling);
    alignment.inputs.push_back(align_input(job, scenes[i], alignment.grid, resampling));
    notes.push_back(describe(alignment.inputs.back()));
    report::log_info(notes.back());
    if (!alignment.inputs.back().on_grid) note_operation_of(job, scenes[i], alignment.grid, notes);
    note_heights(scenes[i].path, source_crs(job, scenes[i]), alignment.grid.crs_wkt, notes);
  }
  return alignment;
}

}  // namespace

plan::Alignment share_alignment(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                                exchange::Communicator& comm, std::vector<std::string>& notes) {
  return from_json(
      exchange::share_root(comm, [&] { return to_json(find_alignment(job, scenes, notes)); }));
}

}  // namespace cogmill::pipeline
