// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/quicklook.hpp"

#include <string>
#include <vector>

namespace cogmill::io {

/// Colours of a raster's band, numbered from 1; empty if it has none. Local.
/// @throws report::RuntimeError if it cannot be opened or has no such band
std::vector<Rgba> read_color_table(const std::string& raster, int band = 1);

/// Draws a finished raster as a PNG of at most 1024 pixels a side, from its overviews where it has
/// them. Local. @throws report::RuntimeError if it cannot be read or the picture not be written
void write_preview(const std::string& raster, const std::string& png);

}  // namespace cogmill::io
