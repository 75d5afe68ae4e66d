// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "src/io/scene_info.hpp"
#include "src/pipeline/backend.hpp"
#include "src/pipeline/computed_file.hpp"
#include "src/plan/plan.hpp"
#include "src/report/trace.hpp"

#include <functional>
#include <string>
#include <vector>

namespace cogmill::pipeline {

/// Everything that computing one output file needs.
struct FileTask {
  const plan::Plan& plan;
  const plan::RankBounds& bounds;  ///< for the ranks of the communicator
  const plan::ResourcePlan& resources;
  const std::vector<io::SceneInfo>& scenes;
  io::OnError on_error = io::OnError::kStop;
  partition::FrameRule frame;          ///< of the compressed tiles
  std::string spill_path, guest_path;  ///< this rank's
  report::Trace& trace;
  Backend& backend;
  bool picks_picture = false;
  /// Called after each chunk of this rank, one call at a time, with what was done so far.
  std::function<void(const WorkReport&)> progress;
};

/// Computes and compresses the tiles of one file with all ranks of `comm`. *Collective.*
/// A rank that fails while it computes throws alone: end the job then. Failures in between are
/// agreed on.
/// @throws exchange::AgreedError, report::RuntimeError
ComputedFile compute_file(const FileTask& task, exchange::Communicator& comm);

}  // namespace cogmill::pipeline
