// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace cogmill::io {

/// True for what is there, a dangling link too; not for what cannot be examined.
bool is_there(const std::string& path);

/// Where the metadata lie that the tags of a TIFF cannot hold.
std::string aux_path(const std::string& path);

/// What GDAL reads as a part of the raster `path`: its metadata, mask and overviews beside it.
std::vector<std::string> sidecar_paths(const std::string& path);

/// Removes the side-cars of a file that is about to be replaced. Local.
/// @throws report::RuntimeError if one stays
void remove_sidecars(const std::string& path);

}  // namespace cogmill::io
