// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/source_list.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::io {

// The kinds of lists that list_sources() reads: one function each. All throw report::RuntimeError
// naming the file.

/// Rasters in a folder, by name.
std::vector<SourceRef> list_folder(const std::string& path);

/// The lines of a text file, names resolved.
std::vector<std::string> list_lines(const std::string& path);

/// The files of a VRT mosaic; nothing if the VRT is something else.
std::optional<std::vector<SourceRef>> list_vrt(const std::string& path);

/// The features of a tile index; nothing if the file has no layer with a `location` field, nor GTI
/// metadata that name another one.
std::optional<SourceList> list_tile_index(const std::string& path);

/// The features of the tile index that a GTI document describes.
SourceList list_gti(const std::string& path);

/// The assets of STAC items; nothing if the JSON is something else.
std::optional<std::vector<SourceRef>> list_stac(const std::string& path, const std::string& asset);

/// @return the text of a file of at most this size
std::string read_text(const std::string& path, std::int64_t most_bytes);

bool file_exists(const std::string& path);

/// A name found in `list`, which lies in a folder. Absolute names, GDAL's own (/vsi..., NAME:...)
/// stay; URLs become GDAL's: https://x is /vsicurl/https://x, s3://x is /vsis3/x.
/// @param beside_first look beside the list before the working folder
std::string resolve_name(const std::string& name, const std::string& list, bool beside_first);

}  // namespace cogmill::io
