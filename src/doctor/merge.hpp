// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/doctor/finding.hpp"

#include <string>
#include <vector>

namespace cogmill::doctor {

/// What one rank has found.
struct RankReport {
  std::string host;
  std::vector<Finding> findings;
};

/// A finding and the ranks that share it, in order.
struct Line {
  Finding finding;
  std::vector<int> ranks;
};

/// What counts as the same finding: the text alone, whose numbers then become ranges, or all of it.
enum class Same { kText, kAll };

/// Says each thing once, in the order of topics.   @param ranks one report each, by rank
std::vector<Line> merge(const std::vector<RankReport>& ranks, Same same);

/// Whom a line is about if not all: "n07, n08", "rank 3 of n07", "ranks 0-3 and 7".
/// @return empty if it is about every rank, or one for each node
std::string whom(const Line& line, const std::vector<RankReport>& ranks);

/// Hosts in the order of their first rank, each once.
std::vector<std::string> hosts_of(const std::vector<RankReport>& ranks);

/// The worst of all findings.
Verdict worst_of(const std::vector<RankReport>& ranks);

}  // namespace cogmill::doctor
