// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace cogmill::pipeline {

/// Where the metadata lie that the tags of a TIFF cannot hold.
std::string aux_path(const std::string& path);

/// What GDAL reads as a part of the raster `path`: its metadata, mask and overviews beside it.
std::vector<std::string> sidecar_paths(const std::string& path);

/// @param what "output", "piece": how the message names it
/// @throws report::RuntimeError if `path` exists, or a side-car that would change what GDAL reads
/// from it
void require_new_file(const std::string& what, const std::string& path);

/// Removes the side-cars of a file that is about to be replaced. Local.
/// @throws report::RuntimeError if one stays
void remove_sidecars(const std::string& path);

/// Removes a file with its side-cars if it is there. Never throws: what cannot be removed stays.
/// @return true if there was such a file
bool remove_with_sidecars(const std::string& path);

/// Gives a complete file and its .aux.xml, if it has one, their final names in place of what was
/// there. No side-car of an older file stays. Local. @throws report::RuntimeError
void publish_file(const std::string& finished, const std::string& path);

}  // namespace cogmill::pipeline
