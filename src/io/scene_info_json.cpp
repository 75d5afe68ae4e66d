// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/scene_info.hpp"
#include "src/report/error.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>

namespace cogmill::io {
namespace {

using nlohmann::json;
using report::RuntimeError;

/// JSON has no NaN and no infinity: they travel as texts.
json number(double value) {
  if (std::isfinite(value)) return value;
  return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

double to_number(const json& j) {
  if (j.is_number()) return j.get<double>();
  const auto text = j.get<std::string>();
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc{}) throw RuntimeError("scene description: bad number " + text);
  return value;
}

/// File names and descriptions may hold any bytes; JSON only UTF-8. Others travel as numbers.
json text(const std::string& value) {
  try {
    static_cast<void>(json(value).dump());
    return value;
  } catch (const json::type_error&) {
    json bytes = json::array();
    for (const char c : value) bytes.push_back(static_cast<unsigned char>(c));
    return bytes;
  }
}

std::string to_text(const json& j) {
  if (j.is_string()) return j.get<std::string>();
  std::string value;
  for (const json& byte : j) value += static_cast<char>(byte.get<unsigned char>());
  return value;
}

/// The kind of number is kept, so that the value compares equal afterwards.
json nodata(const std::optional<kernels::Nodata>& value) {
  if (!value) return nullptr;
  if (const auto v = value->as<std::int64_t>(); v && *value == kernels::Nodata(*v))
    return {{"int64", *v}};
  if (const auto v = value->as<std::uint64_t>(); v && *value == kernels::Nodata(*v))
    return {{"uint64", *v}};
  return {{"double", number(value->as_double())}};
}

std::optional<kernels::Nodata> to_nodata(const json& j) {
  if (j.is_null()) return std::nullopt;
  if (j.contains("int64")) return kernels::Nodata(j.at("int64").get<std::int64_t>());
  if (j.contains("uint64")) return kernels::Nodata(j.at("uint64").get<std::uint64_t>());
  return kernels::Nodata(to_number(j.at("double")));
}

json band_json(const BandInfo& band) {
  return {{"type", kernels::name_of(band.type)},
          {"description", text(band.description)},
          {"color_interpretation", text(band.color_interpretation)},
          {"nodata", nodata(band.nodata)},
          {"scale", number(band.scale)},
          {"offset", number(band.offset)},
          {"color_table", band.has_color_table},
          {"categories", band.has_categories},
          {"unit", text(band.unit)},
          {"colours", band.colours},
          {"classes", band.classes}};
}

BandInfo to_band(const json& j) {
  BandInfo band;
  const auto type = kernels::data_type_from_name(j.at("type").get<std::string>());
  if (!type) throw RuntimeError("scene description: unknown pixel type");
  band.type = *type;
  band.description = to_text(j.at("description"));
  band.color_interpretation = to_text(j.at("color_interpretation"));
  band.nodata = to_nodata(j.at("nodata"));
  band.scale = to_number(j.at("scale"));
  band.offset = to_number(j.at("offset"));
  band.has_color_table = j.at("color_table").get<bool>();
  band.has_categories = j.at("categories").get<bool>();
  band.unit = to_text(j.at("unit"));
  j.at("colours").get_to(band.colours);
  j.at("classes").get_to(band.classes);
  return band;
}

json storage_json(const StorageInfo& s) {
  return {{"block_width", s.block_width},
          {"block_height", s.block_height},
          {"tiled", s.tiled},
          {"compression", text(s.compression)},
          {"interleave", text(s.interleave)},
          {"predictor", s.predictor},
          {"big_endian", s.big_endian},
          {"bigtiff", s.bigtiff},
          {"overviews", s.overviews},
          {"overview_sizes", s.overview_sizes},
          {"cog_layout", s.cog_layout},
          {"stored_blocks", s.stored_blocks},
          {"total_blocks", s.total_blocks},
          {"fast_path", s.fast_path},
          {"fallback_reason", text(s.fallback_reason)}};
}

StorageInfo to_storage(const json& j) {
  StorageInfo s;
  j.at("block_width").get_to(s.block_width);
  j.at("block_height").get_to(s.block_height);
  j.at("tiled").get_to(s.tiled);
  s.compression = to_text(j.at("compression"));
  s.interleave = to_text(j.at("interleave"));
  j.at("predictor").get_to(s.predictor);
  j.at("big_endian").get_to(s.big_endian);
  j.at("bigtiff").get_to(s.bigtiff);
  j.at("overviews").get_to(s.overviews);
  j.at("overview_sizes").get_to(s.overview_sizes);
  j.at("cog_layout").get_to(s.cog_layout);
  j.at("stored_blocks").get_to(s.stored_blocks);
  j.at("total_blocks").get_to(s.total_blocks);
  j.at("fast_path").get_to(s.fast_path);
  s.fallback_reason = to_text(j.at("fallback_reason"));
  return s;
}

constexpr std::array<const char*, 4> kMaskNames = {"none", "dataset", "alpha", "by band"};

MaskKind to_mask(const std::string& name) {
  for (std::size_t i = 0; i < kMaskNames.size(); ++i)
    if (name == kMaskNames[i]) return static_cast<MaskKind>(i);
  throw RuntimeError("scene description: unknown mask " + name);
}

SceneInfo to_scene(const json& j) {
  SceneInfo scene;
  scene.path = to_text(j.at("path"));
  scene.driver = to_text(j.at("driver"));
  j.at("overview").get_to(scene.overview);
  j.at("file_bytes").get_to(scene.file_bytes);
  j.at("width").get_to(scene.width);
  j.at("height").get_to(scene.height);
  for (const json& band : j.at("bands")) scene.bands.push_back(to_band(band));
  scene.mask = to_mask(j.at("mask").get<std::string>());
  j.at("alpha_band").get_to(scene.alpha_band);
  j.at("premultiplied").get_to(scene.premultiplied);
  j.at("min_is_white").get_to(scene.min_is_white);
  j.at("orientation").get_to(scene.orientation);
  if (const json& transform = j.at("geotransform"); !transform.is_null()) {
    scene.geotransform.emplace();
    for (std::size_t i = 0; i < 6; ++i) (*scene.geotransform)[i] = to_number(transform.at(i));
  }
  scene.crs_wkt = to_text(j.at("crs_wkt"));
  scene.crs_name = to_text(j.at("crs_name"));
  j.at("gcps").get_to(scene.gcps);
  j.at("rpc").get_to(scene.rpc);
  j.at("items").get_to(scene.items);
  scene.storage = to_storage(j.at("storage"));
  return scene;
}

}  // namespace

std::string to_json(const SceneInfo& scene) {
  json bands = json::array();
  for (const BandInfo& band : scene.bands) bands.push_back(band_json(band));
  json transform;  // null
  if (scene.geotransform)
    for (const double value : *scene.geotransform) transform.push_back(number(value));
  const json j = {{"path", text(scene.path)},
                  {"driver", text(scene.driver)},
                  {"overview", scene.overview},
                  {"file_bytes", scene.file_bytes},
                  {"width", scene.width},
                  {"height", scene.height},
                  {"bands", bands},
                  {"mask", kMaskNames[static_cast<std::size_t>(scene.mask)]},
                  {"alpha_band", scene.alpha_band},
                  {"premultiplied", scene.premultiplied},
                  {"min_is_white", scene.min_is_white},
                  {"orientation", scene.orientation},
                  {"geotransform", transform},
                  {"crs_wkt", text(scene.crs_wkt)},
                  {"crs_name", text(scene.crs_name)},
                  {"gcps", scene.gcps},
                  {"rpc", scene.rpc},
                  {"items", scene.items},
                  {"storage", storage_json(scene.storage)}};
  return j.dump();
}

SceneInfo scene_info_from_json(const std::string& text) {
  try {
    return to_scene(json::parse(text));
  } catch (const json::exception& e) {
    throw RuntimeError(std::string("cannot read a scene description: ") + e.what());
  }
}

}  // namespace cogmill::io
