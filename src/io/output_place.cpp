// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/output_place.hpp"

#include "src/io/file_names.hpp"
#include "src/io/sidecars.hpp"
#include "src/report/error.hpp"
#include "src/report/name_beside.hpp"

#include <cstddef>
#include <filesystem>
#include <system_error>

namespace cogmill::io {

namespace fs = std::filesystem;

void require_file_system(const std::string& path) {
  if (!is_on_file_system(path))
    throw report::RuntimeError("cannot write " + path +
                               ": output has to be on a file system; write to a folder and copy "
                               "it, as with aws s3 cp, gsutil cp or rclone copyto");
}

void require_folder(const std::string& path) {
  std::error_code ignored;  // what cannot be examined does not exist
  const fs::path folder = fs::absolute(path).parent_path();
  if (!fs::is_directory(folder, ignored))
    throw report::RuntimeError("cannot write " + path + ": the folder " + folder.string() +
                               " does not exist; create it");
  const std::size_t bytes = fs::path(path).filename().string().size();
  const std::size_t most = report::longest_name(path);
  if (bytes > most)
    throw report::RuntimeError("cannot write " + path + ": the name has " + std::to_string(bytes) +
                               " bytes, and the file system takes " + std::to_string(most) +
                               "; choose a shorter one");
}

void require_not_replaced(const std::string& input, const std::string& output) {
  std::error_code ignored;  // what cannot be examined does not exist
  auto replaced = sidecar_paths(output);
  replaced.push_back(output);
  for (const std::string& path : replaced)
    if (fs::equivalent(path, input, ignored))
      throw report::RuntimeError("the output " + path + " is also an input: write to another file");
}

void require_no_folder(const std::string& output) {
  std::error_code ignored;
  if (fs::is_directory(output, ignored))
    throw report::RuntimeError("the output " + output + " is a folder: give a file name in it");
}

}  // namespace cogmill::io
