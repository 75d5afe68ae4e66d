// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/scene_info.hpp"

namespace cogmill::io {

/// Scenes that stand askew in their file have borders of 0, and do not always say that it is
/// nodata. Reads four pixels. Local.
/// @return whether all four corners are 0 in all bands, and the file calls nothing nodata; false if
/// it cannot be read
bool has_unnamed_zero_corners(const SceneInfo& scene);

}  // namespace cogmill::io
