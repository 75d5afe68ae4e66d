// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/binding.hpp"

#include "src/gpu/pci_slot.hpp"

#include <algorithm>
#include <charconv>
#include <sched.h>
#include <utility>

namespace cogmill::gpu {
namespace {

/// "0-15,32" as numbers; nothing for anything else.
std::vector<int> parse_list(const std::string& text) {
  constexpr int kMostProcessors = 1 << 16;
  std::vector<int> numbers;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    int first = 0;
    auto read = std::from_chars(at, end, first);
    if (read.ec != std::errc{}) return {};
    int last = first;
    if (read.ptr < end && *read.ptr == '-') {
      read = std::from_chars(read.ptr + 1, end, last);
      if (read.ec != std::errc{}) return {};
    }
    if (first < 0 || last < first || last >= kMostProcessors) return {};
    for (int i = first; i <= last; ++i) numbers.push_back(i);
    if (read.ptr < end && *read.ptr != ',') return {};
    at = read.ptr + (read.ptr < end ? 1 : 0);
  }
  return numbers;
}

/// Those of the processors that this thread may use; nothing if the system does not say.
std::optional<cpu_set_t> near_and_mine(const std::vector<int>& processors) {
  cpu_set_t mine, near;
  CPU_ZERO(&near);
  if (sched_getaffinity(0, sizeof mine, &mine) != 0) return std::nullopt;
  for (const int processor : processors)
    if (processor < CPU_SETSIZE && CPU_ISSET(static_cast<std::size_t>(processor), &mine))
      CPU_SET(static_cast<std::size_t>(processor), &near);
  return near;
}

}  // namespace

int count_sharers(const Choice& mine, std::span<const Choice> all) {
  return static_cast<int>(std::ranges::count_if(
      all, [&](const Choice& c) { return c.host == mine.host && c.uuid == mine.uuid; }));
}

std::vector<int> near_processors(const std::string& pci, const std::string& root) {
  return parse_list(read_pci_file(pci, "local_cpulist", root));
}

int count_near(const std::vector<int>& processors) {
  const auto near = near_and_mine(processors);
  return near ? CPU_COUNT(&*near) : 0;
}

std::optional<int> pin_near(const std::vector<int>& processors) {
  cpu_set_t mine;
  const auto near = near_and_mine(processors);
  if (!near || sched_getaffinity(0, sizeof mine, &mine) != 0) return std::nullopt;
  const int count = CPU_COUNT(&*near);
  if (count == 0 || count == CPU_COUNT(&mine)) return std::nullopt;
  if (sched_setaffinity(0, sizeof *near, &*near) != 0) return std::nullopt;
  return count;
}

}  // namespace cogmill::gpu
