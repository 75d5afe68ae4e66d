// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/share_scenes.hpp"

#include "src/exchange/packing.hpp"

#include <nlohmann/json.hpp>

namespace cogmill::pipeline {
namespace {

std::string read_all(const job::Job& job) {
  auto scenes = nlohmann::json::array();
  for (const job::Input& input : job.inputs) {
    const io::SceneInfo scene = io::read_scene_info(input.path);
    io::require_one_mask(scene);
    scenes.push_back(io::to_json(scene));
  }
  return scenes.dump();
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

}  // namespace cogmill::pipeline
