// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/publish.hpp"

#include "src/io/posix_file.hpp"
#include "src/report/error.hpp"
#include "src/report/log.hpp"
#include "src/report/name_beside.hpp"

#include <filesystem>
#include <system_error>

namespace cogmill::pipeline {
namespace {

namespace fs = std::filesystem;

/// A dangling link is there too. What cannot be examined is not.
bool is_there(const std::string& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

void publish_aux(const std::string& finished, const std::string& path) {
  const std::string aux = aux_path(path);
  const std::size_t most = report::longest_name(path);
  if (fs::path(aux).filename().string().size() <= most)
    return io::rename_durably(aux_path(finished), aux);
  report::log_warning(path + " has too long a name for its .aux.xml: what only that can hold is " +
                      "lost; give it a name of at most " +
                      std::to_string(most - std::string(".aux.xml").size()) + " bytes");
}

}  // namespace

std::string aux_path(const std::string& path) { return path + ".aux.xml"; }

std::vector<std::string> sidecar_paths(const std::string& path) {
  return {aux_path(path), path + ".msk", path + ".ovr"};
}

void require_new_file(const std::string& what, const std::string& path) {
  if (is_there(path))
    throw report::RuntimeError("the " + what + " " + path +
                               " exists: give --overwrite to replace it");
  for (const std::string& sidecar : sidecar_paths(path))
    if (is_there(sidecar))
      throw report::RuntimeError(sidecar + " exists and would be read as a part of the " + what +
                                 " " + path + ": move it away, or give --overwrite to remove it");
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

bool remove_with_sidecars(const std::string& path) {
  std::error_code ignored;
  for (const std::string& sidecar : sidecar_paths(path)) fs::remove(sidecar, ignored);
  return fs::remove(path, ignored);
}

void publish_file(const std::string& finished, const std::string& path) {
  // The file comes last: who sees it sees all of it. A run killed in between has lost the old
  // file's side-cars, which is better than a new file with an old mask.
  remove_sidecars(path);
  if (is_there(aux_path(finished))) publish_aux(finished, path);
  try {
    io::rename_durably(finished, path);
  } catch (...) {
    std::error_code ignored;
    fs::remove(aux_path(path), ignored);  // of a file that never came
    throw;
  }
}

}  // namespace cogmill::pipeline
