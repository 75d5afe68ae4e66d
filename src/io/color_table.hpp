// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/colour_entries.hpp"

#include <string>
#include <vector>

class GDALRasterBand;

namespace cogmill::io {

/// Colours of a raster's band, numbered from 1; empty if it has none. Local.
/// @throws report::RuntimeError if it cannot be opened or has no such band
std::vector<kernels::Colour> read_color_table(const std::string& raster, int band = 1);
std::vector<kernels::Colour> color_table_of(GDALRasterBand& band);

}  // namespace cogmill::io
