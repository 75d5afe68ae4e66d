// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/architectures.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <string_view>

namespace cogmill::gpu {
namespace {

/// One entry of CMake's list. "90" has machine code and PTX, "90-real" and "90-virtual" one of
/// them.
Runs runs_entry(const std::string& entry, int major, int minor) {
  int number = 0;
  const auto read = std::from_chars(entry.data(), entry.data() + entry.size(), number);
  if (read.ec != std::errc{}) return Runs::kUnknown;
  std::string_view kind(read.ptr, entry.data() + entry.size());
  const bool exact = kind.starts_with('a');   // features of one architecture only
  const bool family = kind.starts_with('f');  // and of those that followed it closely
  if (exact || family) kind.remove_prefix(1);
  const bool same_major = number / 10 == major;
  const bool machine_code =
      kind != "-virtual" && same_major && (exact ? number % 10 == minor : number % 10 <= minor);
  if (machine_code) return Runs::kYes;
  const bool ptx = kind != "-real" && !exact && !family && number <= major * 10 + minor;
  return ptx ? Runs::kCompiled : Runs::kNo;
}

}  // namespace

std::string built_architectures() { return COGMILL_CUDA_BUILT_FOR; }
std::string built_cuda() { return COGMILL_CUDA_BUILT_WITH; }

Runs runs_on(const std::string& architectures, int major, int minor) {
  bool compiled = false, unknown = architectures.empty();
  std::istringstream entries(architectures);
  for (std::string entry; std::getline(entries, entry, ',');) {
    const Runs runs = runs_entry(entry, major, minor);
    if (runs == Runs::kYes) return runs;
    compiled = compiled || runs == Runs::kCompiled;
    unknown = unknown || runs == Runs::kUnknown;
  }
  if (unknown) return Runs::kUnknown;
  return compiled ? Runs::kCompiled : Runs::kNo;
}

}  // namespace cogmill::gpu
