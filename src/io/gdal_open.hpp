// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gdal_priv.h>

#include <string>

namespace cogmill::io {

/// Opens a raster to read it, or one of its overviews as a raster of its own.
/// @param overview 0 is the first; below 0: the raster itself   @return nullptr if GDAL cannot
GDALDatasetUniquePtr open_raster(const std::string& path, int overview);

}  // namespace cogmill::io
