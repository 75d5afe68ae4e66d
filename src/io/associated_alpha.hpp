// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cogmill::io {

/// True if a TIFF says of its first image that the colours are multiplied by alpha already
/// (ExtraSamples "associated alpha"), which GDAL does not tell. False for what is no TIFF, or where
/// its directory cannot be read: GDAL opens "GTIFF_DIR:2:a.tif", which is no path.
bool has_associated_alpha(const std::string& path);

}  // namespace cogmill::io
