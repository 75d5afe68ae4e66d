// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/local_target.hpp"

#include "src/io/sidecars.hpp"
#include "src/report/atomic_file.hpp"
#include "src/report/log.hpp"
#include "src/report/name_beside.hpp"

#include <filesystem>
#include <sys/uio.h>
#include <system_error>

namespace cogmill::io {

namespace fs = std::filesystem;

std::vector<std::string> LocalTarget::in_its_place() const {
  std::vector<std::string> found;
  if (is_there(path_)) found.push_back(path_);
  for (const std::string& sidecar : sidecar_paths(path_))
    if (is_there(sidecar)) found.push_back(sidecar);
  return found;
}

void LocalTarget::create(std::uint64_t bytes) {
  PosixFile(growing_, PosixFile::Mode::kCreate).reserve(bytes);
}

void LocalTarget::open() { file_.emplace(growing_, PosixFile::Mode::kWrite); }

void LocalTarget::write_at(std::uint64_t offset, std::span<iovec> parts) {
  std::uint64_t bytes = 0;
  for (const iovec& part : parts) bytes += part.iov_len;
  file_->write_parts_at(offset, parts);
  file_->start_writeback(offset, bytes);
}

void LocalTarget::sync() {
  file_->sync();
  file_.reset();
}

void LocalTarget::keep_beside(const std::string& aux_xml) {
  report::write_file_atomically(aux_path(growing_), aux_xml);
}

void LocalTarget::publish_aux() const {
  const std::string aux = aux_path(path_);
  const std::size_t most = report::longest_name(path_);
  if (fs::path(aux).filename().string().size() <= most)
    return rename_durably(aux_path(growing_), aux);
  report::log_warning(path_ + " has too long a name for its .aux.xml: what only that can hold is " +
                      "lost; give it a name of at most " +
                      std::to_string(most - std::string(".aux.xml").size()) + " bytes");
}

void LocalTarget::publish() {
  // A run killed in between has lost the old file's side-cars, which is better than a new file with
  // an old mask.
  remove_sidecars(path_);
  if (is_there(aux_path(growing_))) publish_aux();
  try {
    rename_durably(growing_, path_);
  } catch (...) {
    std::error_code ignored;
    fs::remove(aux_path(path_), ignored);  // of a file that never came
    throw;
  }
}

void LocalTarget::abandon() noexcept {
  std::error_code ignored;
  file_.reset();
  fs::remove(growing_, ignored);
  fs::remove(aux_path(growing_), ignored);
}

bool LocalTarget::remove_published() noexcept {
  std::error_code ignored;
  for (const std::string& sidecar : sidecar_paths(path_)) fs::remove(sidecar, ignored);
  return fs::remove(path_, ignored);
}

}  // namespace cogmill::io
