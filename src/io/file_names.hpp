// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cogmill::io {

/// GDAL's name of a URL: "/vsis3/b/x.tif" of "s3://b/x.tif"; a path if it is file://; empty if it
/// has none.
std::string gdal_name_of_url(const std::string& url);

/// False for URLs and for what GDAL reads through a file system of its own ("/vsis3/...").
bool is_on_file_system(const std::string& path);

/// What to try with an input that cannot be opened, as "; ..."; empty where nothing is known. Looks
/// into archives.
std::string opening_advice(const std::string& path);

}  // namespace cogmill::io
