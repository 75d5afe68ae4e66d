// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "src/io/scene_info.hpp"
#include "src/job/job.hpp"
#include "src/pipeline/backend.hpp"
#include "src/pipeline/file_output.hpp"
#include "src/pipeline/picture.hpp"
#include "src/plan/plan.hpp"
#include "src/report/resources.hpp"
#include "src/report/trace.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace cogmill::pipeline {

/// Everything that is known of one run on this rank, filled from open to report.
struct Session {
  Session(const job::Job& the_job, exchange::Communicator& the_comm);

  const job::Job& job;
  exchange::Communicator& comm;
  std::chrono::steady_clock::time_point start;
  std::string started;  ///< ISO 8601, UTC
  report::Machine machine;
  report::Trace trace;
  std::vector<io::SceneInfo> scenes;
  int threads = 1;
  std::int64_t memory_limit = 0;  ///< bytes
  plan::Plan plan;                ///< of this rank's file: the output, or its piece of a VRT
  std::int64_t image_width = 0, image_height = 0;  ///< of the whole output [px]
  plan::RankBounds bounds;
  plan::ResourcePlan resources;
  BackendChoice choice;
  std::unique_ptr<Backend> backend;  ///< there as soon as pixels are computed
  std::unique_ptr<Picture> picture;  ///< of one file; that of a VRT is made of its pieces
  WorkReport work;                   ///< of this rank
  bool has_data = false;             ///< any pixel of this rank's file is valid in any band
  std::int64_t spilled_bytes = 0;    ///< by this rank
  WrittenFile written;               ///< its size is that of all files
  std::vector<std::string> notes;    ///< for the record

  double seconds() const;  ///< since the start
};

}  // namespace cogmill::pipeline
