// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/source_list_kinds.hpp"
#include "src/report/error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace cogmill::io {
namespace {

using json = nlohmann::ordered_json;  // the first asset is the first of the file
using report::RuntimeError;

/// Parses without following more levels than any STAC file has: hostile ones nest deeper than the
/// stack is.
json parse(const std::string& path, const std::string& text) {
  constexpr int kMostDepth = 64;
  const auto shallow = [&path](int depth, json::parse_event_t /*event*/, json& /*value*/) {
    if (depth > kMostDepth) throw RuntimeError(path + ": JSON nested too deep");
    return true;
  };
  try {
    return json::parse(text, shallow);
  } catch (const json::exception& e) {
    std::string why = e.what();
    why.erase(0, why.find("] ") == std::string::npos ? 0 : why.find("] ") + 2);
    std::ranges::replace(why, '\n', ' ');
    throw RuntimeError("cannot read " + path + ": not JSON (" + why.substr(0, 200) + ")");
  }
}

std::string text_of(const json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool has_role(const json& asset, std::string_view role) {
  const auto roles = asset.find("roles");
  if (roles == asset.end() || !roles->is_array()) return false;
  return std::ranges::any_of(*roles, [&](const json& r) {
    return r.is_string() && r.get_ref<const std::string&>() == role;
  });
}

bool is_geotiff(const json& asset) {
  if (!asset.is_object() || has_role(asset, "thumbnail") || has_role(asset, "overview"))
    return false;
  if (text_of(asset, "type").starts_with("image/tiff")) return true;
  const std::string href = text_of(asset, "href");
  return text_of(asset, "type").empty() && (href.ends_with(".tif") || href.ends_with(".tiff"));
}

std::string item_name(const json& item, std::size_t number) {
  const std::string id = text_of(item, "id");
  return id.empty() ? "item " + std::to_string(number + 1) : "item '" + id.substr(0, 80) + "'";
}

SourceRef asset_of(const json& item, const std::string& path, const std::string& name,
                   const std::string& wanted) {
  const json& assets = item.at("assets");
  const auto fail = [&](const std::string& why) {
    std::string names;
    for (const auto& [key, value] : assets.items())
      if (names.size() < 100) names += (names.empty() ? "" : ", ") + key.substr(0, 40);
    throw RuntimeError("STAC " + path + ", " + name + ": " + why + " (it has " +
                       (names.empty() ? "none" : names) + ")");
  };
  auto asset = assets.end();
  if (wanted.empty()) {
    asset = std::find_if(assets.begin(), assets.end(), is_geotiff);
    if (asset == assets.end()) fail("no asset is a GeoTIFF; name one with --asset");
  } else {
    asset = assets.find(wanted);
    if (asset == assets.end()) fail("no asset '" + wanted + "'; see --asset");
  }
  const std::string href = text_of(*asset, "href");
  if (href.empty()) fail("its asset has no href");
  return {resolve_name(href, path, true), std::nullopt};
}

bool is_item(const json& j) {
  return j.is_object() && text_of(j, "type") == "Feature" && j.contains("assets") &&
         j.at("assets").is_object();
}

}  // namespace

std::optional<std::vector<SourceRef>> list_stac(const std::string& path, const std::string& asset) {
  constexpr std::int64_t kMostBytes = std::int64_t{1} << 30;
  const json j = parse(path, read_text(path, kMostBytes));
  if (is_item(j)) return {{asset_of(j, path, item_name(j, 0), asset)}};
  const auto features = j.is_object() ? j.find("features") : j.end();
  if (!j.is_object() || features == j.end() || !features->is_array()) return std::nullopt;
  if (features->empty()) throw RuntimeError("STAC " + path + " has no items");
  if (!is_item(features->front())) return std::nullopt;
  if (features->size() > kMostSources)
    throw RuntimeError("STAC " + path + " has more than " + std::to_string(kMostSources) +
                       " items");
  std::vector<SourceRef> sources;
  for (std::size_t i = 0; i < features->size(); ++i) {
    const json& item = (*features)[i];
    if (!is_item(item))
      throw RuntimeError("STAC " + path + ", " + item_name(item, i) + ": it has no assets");
    sources.push_back(asset_of(item, path, item_name(item, i), asset));
  }
  return sources;
}

}  // namespace cogmill::io
