// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cogmill::io {

/// Draws a finished raster as a PNG of at most 1024 pixels a side, from its overviews where it has
/// them. Local. @throws report::RuntimeError if it cannot be read or the picture not be written
void write_preview(const std::string& raster, const std::string& png);

}  // namespace cogmill::io
