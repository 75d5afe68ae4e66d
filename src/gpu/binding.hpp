// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/gpu/device_list.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cogmill::gpu {

/// Which of the visible devices a rank takes: the only one (Slurm's --gpus-per-task, a MIG slice,
/// CUDA_VISIBLE_DEVICES), else they are dealt out in turn.   @pre visible > 0
constexpr int choose_ordinal(int visible, int local_rank) {
  return visible == 1 ? 0 : local_rank % visible;
}

/// What one rank of a node has chosen.
struct Choice {
  std::string host, uuid;
};

/// How many ranks of `mine.host` have chosen the same device, this one among them.
int count_sharers(const Choice& mine, std::span<const Choice> all);

/// Processors that are near a device: Linux' local_cpulist of its PCI slot ("0-15,32-47"), as hwloc
/// reads it.   @param root "/", or a copy for tests   @return empty if the system does not say
std::vector<int> near_processors(const std::string& pci, const std::string& root = "/");

/// How many of the processors this thread may use.
int count_near(const std::vector<int>& processors);

/// Keeps this thread, and those it will start, to those of its processors that are near the device.
/// @return how many those are; nothing if that changes nothing: all are near, or none
std::optional<int> pin_near(const std::vector<int>& processors);

}  // namespace cogmill::gpu
