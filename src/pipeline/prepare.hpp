// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/scene_info.hpp"
#include "src/pipeline/session.hpp"
#include "src/plan/operation.hpp"

#include <string>
#include <vector>

namespace cogmill::pipeline {

/// The inputs, and what is made of them on which grid: the same on every rank, but for the notes.
struct Prepared {
  std::vector<io::SceneInfo> scenes;  ///< of a mosaic the first source
  plan::Interpretation interpretation;
  std::vector<std::string> notes;  ///< for the record
};

/// Reads the inputs' metadata, puts them on the output's grid, and says where the user may wonder.
/// *Collective.*   @throws exchange::AgreedError
Prepared prepare(Session& session);

}  // namespace cogmill::pipeline
