// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/share_mosaic.hpp"

#include "src/exchange/share_root.hpp"
#include "src/io/open_source.hpp"
#include "src/io/source_list.hpp"
#include "src/io/zero_corners.hpp"
#include "src/pipeline/distributed_work.hpp"
#include "src/pipeline/mosaic_layout.hpp"
#include "src/pipeline/operation_note.hpp"
#include "src/pipeline/unmet_wishes.hpp"
#include "src/plan/mixed_colours.hpp"
#include "src/plan/mosaic.hpp"
#include "src/plan/mosaic_meaning.hpp"
#include "src/plan/nodata_rules.hpp"
#include "src/report/error.hpp"
#include "src/report/log.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

namespace cogmill::pipeline {
namespace {

using nlohmann::json;

/// Paths may be any bytes: as numbers they are JSON.
json bytes_of(const std::string& text) {
  json bytes = json::array();
  for (const char c : text) bytes.push_back(static_cast<unsigned char>(c));
  return bytes;
}

std::string text_of(const json& bytes) {
  std::string text;
  for (const json& byte : bytes) text += static_cast<char>(byte.get<unsigned char>());
  return text;
}

void require_no_output(const job::Job& job, const std::vector<io::SourceRef>& sources) {
  std::error_code ignored;  // what cannot be examined is no source
  for (const io::SourceRef& source : sources)
    if (std::filesystem::equivalent(job.output, source.path, ignored))
      throw report::RuntimeError("the output " + job.output + " is also a source of the mosaic (" +
                                 source.path + "): write to another file");
}

io::SourceList find_sources(const job::Job& job) {
  std::vector<std::string> inputs;
  for (const std::string& list : job.mosaic->lists) inputs.push_back("@" + list);
  for (const job::Input& input : job.inputs) inputs.push_back(input.path);
  auto list = io::list_sources(inputs, job.mosaic->asset);
  require_no_output(job, list.sources);
  return list;
}

json to_json(const std::optional<kernels::Nodata>& nodata) {
  return nodata ? json(nodata->to_string()) : json();
}

std::optional<kernels::Nodata> nodata_from(const json& j) {
  return j.is_null() ? std::nullopt : kernels::Nodata::parse(j.get<std::string>());
}

json to_json(const std::vector<io::SourceRef>& sources) {
  json all = json::array();
  for (const io::SourceRef& source : sources)
    all.push_back(
        {bytes_of(source.path), to_json(source.nodata), source.all_data, to_json(source.shown)});
  return all;
}

/// Root's list of sources on every rank; its wishes stay with root. *Collective.*
io::SourceList share_sources(Session& s) {
  io::SourceList list;
  const json shared = exchange::share_root(s.comm, [&] {
    list = find_sources(s.job);
    return to_json(list.sources);
  });
  list.sources.clear();
  for (const json& item : shared)
    list.sources.push_back({text_of(item.at(0)), nodata_from(item.at(1)), item.at(2).get<bool>(),
                            nodata_from(item.at(3))});
  return list;
}

std::vector<std::optional<kernels::Nodata>> shown_nodata(
    const std::vector<io::SourceRef>& sources) {
  std::vector<std::optional<kernels::Nodata>> shown;
  for (const io::SourceRef& source : sources) shown.push_back(source.shown);
  return shown;
}

/// *Collective.* @return the metadata of all sources
std::vector<io::SceneInfo> read_scenes(Session& s, const std::vector<io::SourceRef>& sources) {
  const auto lines = share_work(sources.size(), s.comm, s.threads, [&](std::size_t i) {
    io::SceneInfo scene = io::read_scene_info(sources[i].path);
    io::require_one_mask(scene);
    if (sources[i].nodata || sources[i].all_data)
      for (io::BandInfo& band : scene.bands) band.nodata = sources[i].nodata;
    return io::to_json(scene);
  });
  std::vector<io::SceneInfo> scenes;
  for (const std::string& line : lines) scenes.push_back(io::scene_info_from_json(line));
  return scenes;
}

std::string counted(std::size_t n, const char* what) {
  return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

/// Says once why some sources are not read by the tile reader, and how to change that.
void note_fallbacks(const Session& s, Prepared& p, const std::vector<io::SceneInfo>& scenes) {
  std::size_t slow = 0;
  std::string notice;
  for (const io::SceneInfo& scene : scenes) {
    if (scene.storage.fast_path) continue;
    if (++slow == 1) notice = io::fallback_notice(scene);
  }
  if (slow == 0) return;
  if (slow > 1) notice += " (and " + std::to_string(slow - 1) + " more sources like it)";
  if (s.comm.is_root()) report::log_warning(notice);
  p.notes.push_back(notice);
}

/// Says it of the first source whose picture is stored turned.
void note_orientation(Prepared& p, const std::vector<io::SceneInfo>& scenes) {
  for (const io::SceneInfo& scene : scenes) {
    const std::string notice = io::orientation_notice(scene);
    if (notice.empty()) continue;
    report::log_warning(notice);
    p.notes.push_back(notice);
    return;
  }
}

void note_layers(const Session& s, Prepared& p, const warp::MosaicSetup& setup) {
  std::size_t placed = 0, beyond = 0, coarser = 0;
  for (const warp::MosaicLayer& layer : setup.layers) {
    if (layer.footprint.empty())
      ++beyond;
    else if (layer.place)
      ++placed;
    else if (layer.warp.scene.overview >= 0)
      ++coarser;
  }
  const std::size_t all = setup.layers.size();
  std::string text = "mosaic of " + counted(all, "source") + ": " + std::to_string(placed) +
                     " on the output's grid already, " + std::to_string(all - placed - beyond) +
                     " resampled with " + std::string(kernels::name_of(s.job.warp->resampling));
  if (coarser > 0) text += " (" + std::to_string(coarser) + " of them from an overview)";
  if (beyond > 0) text += ", " + std::to_string(beyond) + " outside the output";
  p.notes.push_back(text);
  report::log_info(text);
}

void note_operations(Prepared& p, const MosaicLayout& layout) {
  for (std::size_t i = 0; i < layout.crs.size(); ++i) {
    if (layout.grid.crs_wkt.empty()) continue;
    const auto sources =
        static_cast<std::size_t>(std::ranges::count(layout.crs_of, std::optional<std::size_t>(i)));
    note_heights(counted(sources, "source"), layout.crs[i].wkt, layout.grid.crs_wkt, p.notes);
    note_operation(counted(sources, "source"), layout.crs[i].wkt, layout.grid.crs_wkt,
                   layout.crs[i].area, p.notes);
  }
}

void note_wishes(const Session& s, Prepared& p, const std::vector<io::MosaicWish>& wishes,
                 const MosaicLayout& layout, const plan::OutputImage& image) {
  for (const std::string& line : unmet_wishes(s.job, wishes, layout.grid, image)) {
    report::log_warning(line);
    p.notes.push_back(line);
  }
}

void note_meanings(Prepared& p, const std::vector<io::SceneInfo>& scenes) {
  for (const std::string& line : plan::meanings_to_check(scenes)) {
    report::log_warning(line);
    p.notes.push_back(line);
  }
}

bool overlaps_another(const warp::MosaicSetup& setup, std::size_t i) {
  for (std::size_t k = 0; k < setup.layers.size(); ++k)
    if (k != i &&
        !partition::intersect(setup.layers[k].footprint, setup.layers[i].footprint).empty())
      return true;
  return false;
}

/// Borders of 0 that hide what another source has there: said once, after a look at few sources.
void note_zero_borders(const Session& s, Prepared& p, const std::vector<io::SceneInfo>& scenes,
                       const warp::MosaicSetup& setup) {
  constexpr std::size_t kLooks = 4;
  if (s.job.src_nodata || s.job.warp->cutline) return;
  for (std::size_t i = 0; i < std::min(kLooks, scenes.size()); ++i) {
    if (!overlaps_another(setup, i) || !io::has_unnamed_zero_corners(scenes[i])) continue;
    const std::string line = "the corners of " + scenes[i].path +
                             " are 0 and it has no nodata value: its border may hide other "
                             "sources; if 0 is no data there give --src-nodata 0";
    report::log_warning(line);
    p.notes.push_back(line);
    return;
  }
}

/// Layers are blended, and their kernels weighed, by the rules of straight alpha.
void note_premultiplied(Prepared& p, const std::vector<io::SceneInfo>& scenes) {
  const auto found = std::ranges::find(scenes, true, &io::SceneInfo::premultiplied);
  if (found == scenes.end()) return;
  const std::string line = "the colours of " + found->path +
                           " are multiplied by alpha (associated alpha), which a mosaic does not "
                           "take into account: half transparent pixels come out too bright where "
                           "they are resampled or lie on others";
  report::log_warning(line);
  p.notes.push_back(line);
}

/// What pixels without data are until they become the output's, by band of the first source.
std::vector<std::optional<kernels::Nodata>> nodata_by_band(const plan::Interpretation& result,
                                                           const io::SceneInfo& first) {
  const plan::InputUse& use = result.operation.inputs.front();
  const auto by_plane = plan::working_nodata(use.types, result.image);
  std::vector<std::optional<kernels::Nodata>> nodata(first.bands.size());
  for (std::size_t plane = 0; plane < by_plane.size(); ++plane)
    if (use.bands[plane] > 0)
      nodata[static_cast<std::size_t>(use.bands[plane]) - 1] = by_plane[plane];
  return nodata;
}

/// NaN is no data where the output has a value for that: of real pixels layers know it themselves.
void leave_out_complex_nan(std::vector<warp::MosaicLayer>& layers, const plan::OutputImage& image) {
  if (std::ranges::none_of(image.nodata, [](const auto& n) { return n.has_value(); })) return;
  for (warp::MosaicLayer& layer : layers)
    for (std::size_t i = 0; i < layer.warp.src_nodata.size(); ++i) {
      const kernels::DataType type = layer.warp.scene.bands[i].type;
      auto& nodata = layer.warp.src_nodata[i];
      if (!nodata && kernels::is_complex(type) && kernels::is_floating(type))
        nodata = kernels::Nodata(std::numeric_limits<double>::quiet_NaN());
    }
}

void require_any_layer(const warp::MosaicSetup& setup) {
  for (const warp::MosaicLayer& layer : setup.layers)
    if (!layer.footprint.empty()) return;
  throw report::RuntimeError("none of the " + std::to_string(setup.layers.size()) +
                             " sources reaches the output; check --bbox, --bbox-crs and --like");
}

}  // namespace

Prepared share_mosaic(Session& s) {
  Prepared p;
  const io::SourceList list = share_sources(s);
  std::vector<io::SceneInfo>& scenes = p.scenes;
  scenes = read_scenes(s, list.sources);
  plan::Interpretation& result = p.interpretation;
  const auto shown = shown_nodata(list.sources);
  exchange::agree_on(s.comm, [&] { result = plan::interpret_mosaic(s.job, scenes, shown); });
  const auto replaced = plan::describe_replaced(s.job, scenes, shown, result.image);
  if (replaced && s.comm.is_root()) report::log_warning(*replaced);
  note_fallbacks(s, p, scenes);
  MosaicLayout layout = share_layout(s.job, scenes, s.comm, s.threads);
  auto setup = std::make_shared<warp::MosaicSetup>();
  setup->layers = share_layers(s.job, scenes, layout, s.comm, s.threads);
  leave_out_complex_nan(setup->layers, result.image);
  setup->crs = layout.crs;
  setup->method = s.job.mosaic->method;
  setup->grid = layout.grid;
  setup->error_threshold = s.job.warp->error_threshold;
  setup->alpha_band = scenes.front().alpha_band;
  setup->dst_nodata = nodata_by_band(result, scenes.front());
  plan::complete_colours(setup->layers, scenes, setup->dst_nodata);
  exchange::agree_on(s.comm, [&] {
    require_any_layer(*setup);
    if (!s.comm.is_root()) return;
    note_layers(s, p, *setup);
    note_orientation(p, scenes);
    note_meanings(p, scenes);
    note_premultiplied(p, scenes);
    note_zero_borders(s, p, scenes, *setup);
    note_operations(p, layout);
    note_wishes(s, p, list.wishes, layout, result.image);
  });
  result.image.width = layout.grid.width;
  result.image.height = layout.grid.height;
  result.grid = layout.grid;
  result.operation.inputs.front().mosaic = std::move(setup);
  scenes.resize(1);
  return p;
}

}  // namespace cogmill::pipeline
