// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace cogmill::io {

/// Sets GDAL's configuration options (--config NAME=VALUE) for the whole process. Before anything
/// is opened.
void configure_gdal(const std::map<std::string, std::string>& options);

/// Bounds GDAL's cache of decoded blocks, which all files read through GDAL share [bytes].
void limit_gdal_cache(std::int64_t bytes);

std::string gdal_version();  ///< "3.6.2"
std::string proj_version();  ///< "9.1.1"

}  // namespace cogmill::io
