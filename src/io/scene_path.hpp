// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace cogmill::io {

/// What the file system says of a path.
struct PathStatus {
  bool exists = false;
  bool directory = false;
  bool plain = false;  ///< neither a folder nor a pipe nor a device
  std::int64_t bytes = 0;
  std::string error;
};

PathStatus look_at(const std::string& path);

/// @throws report::RuntimeError if no raster can be there, though GDAL opens more than files
void check_path(const std::string& path, const PathStatus& status);

/// @param message GDAL's, may be empty
/// @throws report::RuntimeError always: why the raster cannot be opened, and what to try
[[noreturn]] void cannot_open(const std::string& path, const PathStatus& status,
                              const std::string& message);

}  // namespace cogmill::io
