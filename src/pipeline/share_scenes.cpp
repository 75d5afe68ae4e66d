// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/share_scenes.hpp"

#include "src/exchange/packing.hpp"
#include "src/io/file_names.hpp"
#include "src/pipeline/publish.hpp"
#include "src/report/error.hpp"
#include "src/report/name_beside.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <system_error>

namespace cogmill::pipeline {
namespace {

namespace fs = std::filesystem;

std::string read_all(const job::Job& job) {
  auto scenes = nlohmann::json::array();
  for (const job::Input& input : job.inputs) {
    const io::SceneInfo scene = io::read_scene_info(input.path);
    io::require_one_mask(scene);
    scenes.push_back(io::to_json(scene));
  }
  return scenes.dump();
}

/// Files are written with POSIX calls, and get their names by renaming.
void require_file_system(const std::string& path) {
  if (!io::is_on_file_system(path))
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

void require_new_output(const job::Job& job) {
  for (const auto& path : {std::optional(job.output), job.run.record, job.run.trace,
                           job.run.quicklook, job.run.scratch})
    if (path) require_file_system(*path);
  const fs::path output(job.output);
  std::error_code ignored;  // what cannot be examined does not exist
  auto replaced = sidecar_paths(job.output);
  replaced.push_back(job.output);
  for (const job::Input& input : job.inputs)
    for (const std::string& path : replaced)
      if (fs::equivalent(path, input.path, ignored))
        throw report::RuntimeError("the output " + path +
                                   " is also an input: write to another file");
  if (fs::is_directory(output, ignored))
    throw report::RuntimeError("the output " + job.output + " is a folder: give a file name in it");
  if (!job.run.overwrite) require_new_file("output", job.output);
  for (const auto& file :
       {std::optional(job.output), job.run.record, job.run.trace, job.run.quicklook})
    if (file) require_folder(*file);
}

}  // namespace

std::vector<io::SceneInfo> share_scenes(const job::Job& job, exchange::Communicator& comm) {
  std::string text;
  exchange::agree_on(comm, [&] {
    if (comm.is_root()) text = read_all(job);
  });
  text = exchange::unpack_text(comm.broadcast(exchange::pack_text(text)));
  std::vector<io::SceneInfo> scenes;
  for (const auto& scene : nlohmann::json::parse(text))
    scenes.push_back(io::scene_info_from_json(scene.get<std::string>()));
  return scenes;
}

void check_output(const job::Job& job, exchange::Communicator& comm) {
  exchange::agree_on(comm, [&] {
    if (comm.is_root()) require_new_output(job);
  });
}

}  // namespace cogmill::pipeline
