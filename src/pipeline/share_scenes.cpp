// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/share_scenes.hpp"

#include "src/exchange/share_root.hpp"
#include "src/plan/operation.hpp"
#include "src/report/error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cogmill::pipeline {
namespace {

/// Before anything is said of how the file is stored: nothing will be read of it.
void require_any_real(const io::SceneInfo& scene) {
  if (std::ranges::all_of(scene.bands, [](const auto& b) { return kernels::is_complex(b.type); }))
    throw report::RuntimeError(plan::describe_complex(scene, 1));
}

nlohmann::json read_all(const job::Job& job) {
  auto scenes = nlohmann::json::array();
  for (const job::Input& input : job.inputs) {
    const io::SceneInfo scene = io::read_scene_info(input.path);
    io::require_one_mask(scene);
    if (job.command == "calc") require_any_real(scene);
    scenes.push_back(io::to_json(scene));
  }
  return scenes;
}

}  // namespace

std::vector<io::SceneInfo> share_scenes(const job::Job& job, exchange::Communicator& comm) {
  std::vector<io::SceneInfo> scenes;
  for (const auto& scene : exchange::share_root(comm, [&] { return read_all(job); }))
    scenes.push_back(io::scene_info_from_json(scene.get<std::string>()));
  return scenes;
}

}  // namespace cogmill::pipeline
