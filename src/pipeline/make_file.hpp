// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "src/io/scene_info.hpp"
#include "src/pipeline/backend.hpp"
#include "src/pipeline/rank_state.hpp"
#include "src/plan/plan.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cogmill::pipeline {

/// Everything that making one output file needs.
struct FileTask {
  const plan::Plan& plan;
  const plan::RankBounds& bounds;  ///< for the ranks of the communicator
  const plan::ResourcePlan& resources;
  const std::vector<io::SceneInfo>& scenes;
  io::OnError on_error = io::OnError::kStop;
  std::string path;                    ///< file to create, where there is none
  std::string spill_path, guest_path;  ///< this rank's
  report::Trace& trace;
  Counters& counters;
  CorruptBlocks& corrupt;
  Backend& backend;
  Picture* picture = nullptr;      ///< filled with this rank's part
  std::function<void()> finished;  ///< after each chunk of this rank, one call at a time
};

/// What became of it. Sizes in bytes.
struct FileResult {
  std::int64_t file_bytes = 0;        ///< of the whole file
  std::int64_t written_bytes = 0;     ///< by this rank
  std::int64_t spilled_bytes = 0;     ///< by this rank
  std::int64_t sparse_tiles = 0;      ///< of the whole file
  bool has_data = false;              ///< any pixel of the whole file is valid in any band
  std::vector<std::string> warnings;  ///< on root
};

/// Computes, compresses, places and writes one file with all ranks of `comm`, and syncs it. The
/// file is complete when this returns, with the .aux.xml beside it that it may need. *Collective.*
/// A rank that fails while it computes throws alone: end the job then. Failures in between are
/// agreed on.
/// @throws exchange::AgreedError, report::RuntimeError
FileResult make_file(const FileTask& task, exchange::Communicator& comm);

}  // namespace cogmill::pipeline
