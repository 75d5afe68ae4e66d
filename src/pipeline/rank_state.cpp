// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/rank_state.hpp"

namespace cogmill::pipeline {

void CorruptBlocks::add(const std::string& file, const std::vector<std::string>& blocks) {
  if (blocks.empty()) return;
  const std::lock_guard lock(mutex_);
  for (const std::string& block : blocks)
    blocks_.insert(file.empty() ? block : file + ": " + block);
}

std::vector<std::string> CorruptBlocks::list() const {
  const std::lock_guard lock(mutex_);
  return {blocks_.begin(), blocks_.end()};
}

}  // namespace cogmill::pipeline
