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

/// How a rank keeps in touch with all others of its job while it computes. One call at a time.
class JobContact {
 public:
  virtual ~JobContact() = default;
  /// After each chunk of this rank.   @param done so far   @throws exchange::OtherRankFailed
  virtual void tell_progress(const WorkReport& done) = 0;
  /// This rank cannot go on, and has not heard that another cannot.
  virtual void tell_failure() = 0;
};

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
  JobContact& contact;
};

/// Computes and compresses the tiles of one file with all ranks of `comm`. *Collective.*
/// A rank that cannot go on tells the others, and all agree on it at the end of the round.
/// @throws exchange::AgreedError, report::UsageError, exchange::OtherRankFailed on all ranks alike
ComputedFile compute_file(const FileTask& task, exchange::Communicator& comm);

}  // namespace cogmill::pipeline
