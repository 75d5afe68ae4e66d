// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/overview_info.hpp"

#include <algorithm>
#include <cstddef>

namespace cogmill::io {

SceneInfo read_overview_info(const SceneInfo& file, int overview) {
  SceneInfo scene = read_scene_info(file.path, overview);
  scene.min_is_white = file.min_is_white;
  for (std::size_t i = 0; i < std::min(scene.bands.size(), file.bands.size()); ++i) {
    scene.bands[i].has_color_table = file.bands[i].has_color_table;
    scene.bands[i].colours = file.bands[i].colours;
  }
  return scene;
}

}  // namespace cogmill::io
