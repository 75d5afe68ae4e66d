// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/mosaic_meaning.hpp"

#include "src/io/scene_meaning.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>

namespace cogmill::plan {
namespace {

using io::Agreement;
using io::BandInfo;
using io::SceneInfo;

/// A band of the first source beside the same one of another.
struct Pair {
  const SceneInfo& first;
  const SceneInfo& other;
  const BandInfo &a, &b;
  std::size_t band = 0;  ///< number from 0

  std::string name() const { return "band " + std::to_string(band + 1) + " of "; }
};

/// The first pair that `is_it` is true for, source by source.
template <class Predicate>
std::optional<Pair> find_pair(const std::vector<SceneInfo>& scenes, Predicate is_it) {
  const auto first = io::image_bands(scenes.front());
  const auto band = [](const SceneInfo& scene, int number) -> const BandInfo& {
    return scene.bands[static_cast<std::size_t>(number) - 1];
  };
  for (const SceneInfo& scene : scenes) {
    const auto bands = io::image_bands(scene);
    for (std::size_t i = 0; i < std::min(bands.size(), first.size()); ++i) {
      const Pair pair{scenes.front(), scene, band(scenes.front(), first[i]), band(scene, bands[i]),
                      i};
      if (is_it(pair)) return std::optional<Pair>(pair);
    }
  }
  return std::nullopt;
}

std::string number_text(double value) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

std::string scale_text(const BandInfo& band) {
  return "scale " + number_text(band.scale) + " and offset " + number_text(band.offset);
}

/// The expression that makes plain values.
std::string unscaling(const Pair& pair) {
  return "b" + std::to_string(pair.band + 1) + "*" + number_text(pair.a.scale) +
         (pair.a.offset < 0 ? "" : "+") + number_text(pair.a.offset);
}

[[noreturn]] void refuse(const Pair& pair, const std::string& what_first,
                         const std::string& what_other, const std::string& advice) {
  throw report::RuntimeError("the pixels of a mosaic have to mean the same: " + pair.name() +
                             pair.first.path + " has " + what_first + ", of " + pair.other.path +
                             " " + what_other + "; " + advice);
}

void require_same_scale(const std::vector<SceneInfo>& scenes) {
  const auto pair = find_pair(scenes, [](const Pair& p) { return !io::same_scale(p.a, p.b); });
  if (!pair) return;
  refuse(*pair, scale_text(pair->a), scale_text(pair->b),
         "bring each to plain values first, as with cogmill calc -i " + pair->first.path +
             " --calc '" + unscaling(*pair) +
             "' OUT.tif, or correct a wrong one with gdal_edit.py -scale, -offset");
}

void require_same_unit(const std::vector<SceneInfo>& scenes) {
  const auto pair = find_pair(
      scenes, [](const Pair& p) { return io::compare_units(p.a, p.b) == Agreement::kDiffer; });
  if (!pair) return;
  refuse(*pair, "the unit " + pair->a.unit, pair->b.unit,
         "bring all to one with cogmill calc, or correct a wrong one with gdal_edit.py -units");
}

/// Inverted grey has a table that is made up.
bool have_other_colours(const Pair& pair) {
  if (pair.first.min_is_white || pair.other.min_is_white)
    return pair.first.min_is_white != pair.other.min_is_white;
  return io::compare_colours(pair.a, pair.b) == Agreement::kDiffer;
}

void require_same_colours(const std::vector<SceneInfo>& scenes) {
  const auto other = find_pair(scenes, have_other_colours);
  const std::string alone = "or make a mosaic of each kind";
  if (other && other->first.min_is_white != other->other.min_is_white)
    refuse(*other, other->first.min_is_white ? "inverted grey (0 is white)" : "0 as black",
           other->other.min_is_white ? "inverted grey (0 is white)" : "0 as black",
           "bring them to one with gdal_translate -expand gray IN OUT.tif, " + alone);
  if (other)
    refuse(*other, "a colour table", "another one",
           "bring them to colours with gdal_translate -expand rgb IN OUT.tif, " + alone);
  const auto classes = find_pair(
      scenes, [](const Pair& p) { return io::compare_classes(p.a, p.b) == Agreement::kDiffer; });
  if (classes)
    refuse(*classes, "names of classes", "other ones",
           "bring them to the same numbers with cogmill calc, " + alone);
}

/// @param says whether a band of either has what `what` names
template <class Compare, class Says>
void add_silence(const std::vector<SceneInfo>& scenes, const char* what, Compare compare, Says says,
                 std::vector<std::string>& lines) {
  const auto pair = find_pair(
      scenes, [&](const Pair& p) { return compare(p.a, p.b) == Agreement::kOneSaysNothing; });
  if (!pair) return;
  const bool first_says = says(pair->a);
  const SceneInfo &with = first_says ? pair->first : pair->other,
                  &without = first_says ? pair->other : pair->first;
  lines.push_back(pair->name() + without.path + " has no " + what + ", that of " + with.path +
                  " has: taken for the same; the output has " +
                  (first_says ? "it" : "none, as the first source: name one that has it first"));
}

bool have_other_names(const Pair& p) {
  return !p.a.description.empty() && !p.b.description.empty() && p.a.description != p.b.description;
}

/// A band that bears the name of another one.
void add_order(const std::vector<SceneInfo>& scenes, std::vector<std::string>& lines) {
  const auto first = image_facts(scenes.front());
  const auto pair = find_pair(scenes, [&](const Pair& p) {
    return have_other_names(p) &&
           std::ranges::count(first, p.b.description, &BandInfo::description) > 0;
  });
  if (!pair) return;
  lines.push_back(pair->name() + pair->first.path + " is called " + pair->a.description + ", of " +
                  pair->other.path + " " + pair->b.description +
                  ": taken for the same band; bring bands into one order with gdal_translate -b");
}

}  // namespace

std::vector<BandInfo> image_facts(const SceneInfo& scene) {
  std::vector<BandInfo> bands;
  for (const int band : io::image_bands(scene))
    bands.push_back(scene.bands[static_cast<std::size_t>(band) - 1]);
  return bands;
}

void require_same_meaning(const std::vector<SceneInfo>& scenes) {
  require_same_scale(scenes);
  require_same_unit(scenes);
  require_same_colours(scenes);
}

std::vector<std::string> meanings_to_check(const std::vector<SceneInfo>& scenes) {
  std::vector<std::string> lines;
  add_silence(
      scenes, "unit", io::compare_units, [](const BandInfo& b) { return !b.unit.empty(); }, lines);
  if (!scenes.front().min_is_white)
    add_silence(
        scenes, "colour table", io::compare_colours,
        [](const BandInfo& b) { return b.colours != 0; }, lines);
  add_silence(
      scenes, "names of classes", io::compare_classes,
      [](const BandInfo& b) { return b.classes != 0; }, lines);
  add_order(scenes, lines);
  return lines;
}

std::vector<std::uint64_t> common_items(const std::vector<SceneInfo>& scenes) {
  std::vector<std::uint64_t> items = scenes.front().items;
  for (const SceneInfo& scene : scenes)
    std::erase_if(
        items, [&](std::uint64_t item) { return !std::ranges::binary_search(scene.items, item); });
  return items;
}

std::vector<std::string> common_names(const std::vector<SceneInfo>& scenes) {
  if (!find_pair(scenes, have_other_names)) return {};
  std::vector<std::string> names;
  for (const BandInfo& band : image_facts(scenes.front())) names.push_back(band.description);
  for (const SceneInfo& scene : scenes) {
    const auto bands = image_facts(scene);
    for (std::size_t i = 0; i < std::min(names.size(), bands.size()); ++i)
      if (!bands[i].description.empty() && bands[i].description != names[i]) names[i].clear();
  }
  return names;
}

}  // namespace cogmill::plan
