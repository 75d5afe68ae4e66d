// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/run_info.hpp"

#include "src/io/open_source.hpp"
#include "src/io/scene_info.hpp"
#include "src/report/sizes.hpp"

#include <nlohmann/json.hpp>

#include <iomanip>
#include <ostream>
#include <sstream>

namespace cogmill::cli {
namespace {

std::string band_text(const io::BandInfo& band) {
  std::ostringstream text;
  text << kernels::name_of(band.type) << ", " << band.color_interpretation;
  if (!band.description.empty()) text << ", \"" << band.description << "\"";
  if (band.nodata) text << ", nodata " << band.nodata->to_string();
  if (band.scale != 1 || band.offset != 0)
    text << ", value = pixel * " << band.scale << " + " << band.offset;
  if (band.has_color_table) text << ", colour table";
  return text.str();
}

void print_grid(const io::SceneInfo& scene, std::ostream& out) {
  out << "  CRS        " << (scene.crs_name.empty() ? "none" : scene.crs_name) << "\n";
  if (scene.geotransform) {
    out << "  transform ";
    for (const double v : *scene.geotransform) out << " " << std::setprecision(15) << v;
    out << "\n";
  }
  if (scene.gcps > 0) out << "  GCPs       " << scene.gcps << "\n";
  if (scene.rpc) out << "  RPC        yes\n";
}

void print_storage(const io::SceneInfo& scene, std::ostream& out) {
  const io::StorageInfo& s = scene.storage;
  out << "  storage    " << s.block_width << "x" << s.block_height
      << (s.tiled ? " tiles, " : " strips, ") << s.compression;
  if (s.predictor > 1) out << " predictor " << s.predictor;
  out << ", " << s.interleave << " interleaved, " << s.overviews << " overviews"
      << (s.bigtiff ? ", BigTIFF" : "") << (s.big_endian ? ", big-endian" : "")
      << (s.cog_layout ? ", COG layout" : "");
  if (s.total_blocks > s.stored_blocks && s.stored_blocks > 0)
    out << ", " << s.stored_blocks << " of " << s.total_blocks << " blocks hold data";
  out << "\n";
  if (s.fast_path) {
    out << "  read by    cogmill's tile reader, on every core\n";
  } else {
    out << "  read by    GDAL windows, more slowly: " << s.fallback_reason << "\n";
    if (scene.mask != io::MaskKind::kByBand)
      out << "  to convert " << io::convert_command(scene) << "\n";
  }
}

void print(const io::SceneInfo& scene, std::ostream& out) {
  out << scene.path << "\n  raster     " << scene.driver << ", " << scene.width << "x"
      << scene.height << ", " << scene.bands.size()
      << (scene.bands.size() == 1 ? " band, " : " bands, ") << report::format_size(scene.file_bytes)
      << "\n";
  for (std::size_t i = 0; i < scene.bands.size(); ++i)
    out << "  band " << std::left << std::setw(6) << i + 1 << band_text(scene.bands[i]) << "\n";
  if (scene.mask == io::MaskKind::kDataset) out << "  mask       yes\n";
  if (scene.mask == io::MaskKind::kByBand) out << "  mask       one for each band\n";
  if (scene.mask == io::MaskKind::kAlpha) out << "  alpha      band " << scene.alpha_band << "\n";
  if (scene.orientation != 1) out << "  turned     Orientation " << scene.orientation << "\n";
  if (scene.min_is_white) out << "  grey       inverted: 0 is white\n";
  print_grid(scene, out);
  print_storage(scene, out);
}

}  // namespace

int run_info(const InfoRequest& request, std::ostream& out) {
  auto list = nlohmann::json::array();
  for (const std::string& file : request.files) {
    const io::SceneInfo scene = io::read_scene_info(file);
    if (!request.json) {
      print(scene, out);
      continue;
    }
    auto json = nlohmann::json::parse(io::to_json(scene));
    if (!scene.storage.fast_path && scene.mask != io::MaskKind::kByBand)
      json["convert_command"] = io::convert_command(scene);
    list.push_back(std::move(json));
  }
  if (request.json) out << list.dump(2) << "\n";
  return 0;
}

}  // namespace cogmill::cli
