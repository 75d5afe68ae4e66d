// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/scene_info.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace cogmill::plan {

// Whether equal numbers mean the same in all sources of a mosaic: its output has one scale, one
// colour table and one set of metadata for the pixels of all of them. Pure.

/// What the bands are that are no alpha.
std::vector<io::BandInfo> image_facts(const io::SceneInfo& scene);

/// @pre the sources have the same bands
/// @throws report::RuntimeError naming the first source whose scale, offset, unit, colour table or
/// class names differ, and what to do
void require_same_meaning(const std::vector<io::SceneInfo>& scenes);

/// One line for each kind of thing that some sources do not say, so that they may differ: units,
/// colours, classes; and one for bands that stand in another order by their names.
std::vector<std::string> meanings_to_check(const std::vector<io::SceneInfo>& scenes);

/// The metadata items that all sources have, as io::item_hash() has them, sorted.
std::vector<std::uint64_t> common_items(const std::vector<io::SceneInfo>& scenes);

/// The names of the bands, empty where sources differ; nothing if they agree.
std::vector<std::string> common_names(const std::vector<io::SceneInfo>& scenes);

}  // namespace cogmill::plan
