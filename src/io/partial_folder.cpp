// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/partial_folder.hpp"

#include "src/report/error.hpp"
#include "src/report/name_beside.hpp"

#include <cstdio>
#include <filesystem>
#include <system_error>
namespace cogmill::io {
namespace {

namespace fs = std::filesystem;

std::string numbered(const char* stem, int rank, const char* extension) {
  char name[64];
  std::snprintf(name, sizeof name, "%s_%05d.%s", stem, rank, extension);
  return name;
}

/// True for the names that this class gives.
bool is_ours(const std::string& name) {
  return name.starts_with("output.tif") || name.starts_with("piece_") ||
         name.starts_with("spill_") || name.starts_with("guests_");
}

/// Removes our files from a folder, then the folder if it is empty. Never what others put there.
void remove_ours(const fs::path& folder) {
  std::error_code ignored;  // cleaning up: what cannot be removed stays
  if (!fs::is_directory(folder, ignored)) return;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (is_ours(entry.path().filename().string())) fs::remove(entry.path(), ignored);
  fs::remove(folder, ignored);
}

}  // namespace

PartialFolder::PartialFolder(const std::string& output, const std::string& scratch)
    : folder_(report::name_beside(output, ".partial")),
      scratch_(scratch.empty()
                   ? folder_
                   : report::name_beside((fs::path(scratch) / fs::path(output).filename()).string(),
                                         ".partial")) {}

PartialFolder::~PartialFolder() {
  if (entered_) remove();
}

void PartialFolder::create() {
  entered_ = true;
  remove_ours(folder_);
  std::error_code error;
  fs::create_directory(folder_, error);
  if (error)
    throw report::RuntimeError("cannot create the folder " + folder_ + ": " + error.message() +
                               "; choose an output folder that exists and that you may write to");
  if (!fs::is_empty(folder_, error) || error)
    throw report::RuntimeError("the folder " + folder_ +
                               " holds files that are not cogmill's; move them away");
}

void PartialFolder::create_scratch() {
  entered_ = true;
  if (scratch_ == folder_) return;
  std::error_code error;
  fs::create_directories(scratch_, error);
  if (error)
    throw report::RuntimeError("cannot create the scratch folder " + scratch_ + ": " +
                               error.message() + "; give another --scratch");
}

void PartialFolder::remove() {
  remove_ours(folder_);
  if (scratch_ != folder_) remove_ours(scratch_);
}

std::string PartialFolder::output_file() const { return folder_ + "/output.tif"; }
std::string PartialFolder::piece_file(int rank) const {
  return folder_ + "/" + numbered("piece", rank, "tif");
}
std::string PartialFolder::spill_file(int rank) const {
  return scratch_ + "/" + numbered("spill", rank, "dat");
}
std::string PartialFolder::guest_file(int rank) const {
  return scratch_ + "/" + numbered("guests", rank, "dat");
}

}  // namespace cogmill::io
