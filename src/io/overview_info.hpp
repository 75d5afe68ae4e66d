// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/scene_info.hpp"

namespace cogmill::io {

/// An overview of a file that was read. Its pixels mean what the file's do, of which GDAL knows
/// less: a colour table may be the file's alone. Local.
/// @param overview 0 is the first   @throws as read_scene_info
SceneInfo read_overview_info(const SceneInfo& file, int overview);

}  // namespace cogmill::io
