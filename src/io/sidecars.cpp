// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/sidecars.hpp"

#include "src/report/error.hpp"

#include <filesystem>
#include <system_error>

namespace cogmill::io {

namespace fs = std::filesystem;

bool is_there(const std::string& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

std::string aux_path(const std::string& path) { return path + ".aux.xml"; }

std::vector<std::string> sidecar_paths(const std::string& path) {
  return {aux_path(path), path + ".msk", path + ".ovr"};
}

void remove_sidecars(const std::string& path) {
  for (const std::string& sidecar : sidecar_paths(path)) {
    if (!is_there(sidecar)) continue;  // or its name would be too long to be there
    std::error_code error;
    fs::remove(sidecar, error);
    if (error)
      throw report::RuntimeError("cannot remove " + sidecar + ", which belongs to the old " + path +
                                 ": " + error.message() + "; remove it and try again");
  }
}

}  // namespace cogmill::io
