// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/pipeline/backend.hpp"
#include "src/pipeline/computed_file.hpp"
#include "src/pipeline/file_output.hpp"
#include "src/pipeline/picture.hpp"
#include "src/plan/plan.hpp"
#include "src/plan/resources.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cogmill::pipeline {

/// How this rank computes its file: with what, and which part of the work. Filled before the first
/// pixel.
struct Run {
  BackendChoice choice;
  std::unique_ptr<Backend> backend;  ///< there as soon as pixels are computed
  int threads = 1;                   ///< the session's, or those near the device
  std::vector<std::string> notes;    ///< for the record
  plan::Plan plan;                   ///< of this rank's file: the output, or its piece of a VRT
  plan::RankBounds bounds;
  plan::ResourcePlan resources;
};

/// What has become of it.
struct Made {
  std::unique_ptr<Picture> picture;  ///< of one file; that of a VRT is made of its pieces
  WorkReport work;                   ///< of this rank
  bool has_data = false;             ///< any pixel of this rank's file is valid in any band
  std::int64_t spilled_bytes = 0;    ///< by this rank
  WrittenFile written;               ///< its size is that of all files
};

}  // namespace cogmill::pipeline
