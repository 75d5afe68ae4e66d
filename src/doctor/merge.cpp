// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/merge.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace cogmill::doctor {
namespace {

constexpr std::array<std::string_view, 15> kOrder = {
    "cogmill", "CPU",  "memory", "binding", "GPU driver", "GPU",  "GPU links", "GPU choice",
    "copies",  "NCCL", "nvCOMP", "MPI",     "GDAL",       "PROJ", "Slurm"};

auto place_of(const Finding& finding) {
  return std::find(kOrder.begin(), kOrder.end(), finding.topic) - kOrder.begin();
}

bool equal(const Finding& a, const Finding& b, Same same) {
  if (std::tie(a.topic, a.verdict, a.text, a.advice) !=
      std::tie(b.topic, b.verdict, b.text, b.advice))
    return false;
  return same == Same::kText || (a.facts == b.facts && a.filled() == b.filled());
}

void widen(Finding& into, const Finding& other) {
  for (auto& [name, number] : into.numbers) {
    const auto found = other.numbers.find(name);
    if (found == other.numbers.end()) continue;
    number.low = std::min(number.low, found->second.low);
    number.high = std::max(number.high, found->second.high);
  }
}

/// "0-3 and 7", the first eight pieces of it.
std::string list(const std::vector<std::string>& pieces) {
  constexpr std::size_t kMost = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(pieces.size(), kMost); ++i)
    text += (i == 0 ? "" : i + 1 == pieces.size() ? " and " : ", ") + pieces[i];
  if (pieces.size() > kMost) text += " and " + std::to_string(pieces.size() - kMost) + " more";
  return text;
}

std::string list_ranks(const std::vector<int>& ranks) {
  std::vector<std::string> pieces;
  for (std::size_t i = 0; i < ranks.size();) {
    std::size_t end = i + 1;
    while (end < ranks.size() && ranks[end] == ranks[end - 1] + 1) ++end;
    pieces.push_back(std::to_string(ranks[i]));
    if (end - i > 1) pieces.back() += '-' + std::to_string(ranks[end - 1]);
    i = end;
  }
  return list(pieces);
}

}  // namespace

std::vector<Line> merge(const std::vector<RankReport>& ranks, Same same) {
  std::vector<Line> lines;
  for (std::size_t r = 0; r < ranks.size(); ++r)
    for (const Finding& finding : ranks[r].findings) {
      const auto line = std::ranges::find_if(
          lines, [&](const Line& l) { return equal(l.finding, finding, same); });
      if (line == lines.end()) {
        lines.push_back({finding, {static_cast<int>(r)}});
        continue;
      }
      widen(line->finding, finding);
      if (line->ranks.back() != static_cast<int>(r)) line->ranks.push_back(static_cast<int>(r));
    }
  std::ranges::stable_sort(lines, {}, [](const Line& line) { return place_of(line.finding); });
  return lines;
}

std::vector<std::string> hosts_of(const std::vector<RankReport>& ranks) {
  std::vector<std::string> hosts;
  std::set<std::string> seen;
  for (const RankReport& rank : ranks)
    if (seen.insert(rank.host).second) hosts.push_back(rank.host);
  return hosts;
}

std::string whom(const Line& line, const std::vector<RankReport>& ranks) {
  if (line.ranks.size() == ranks.size()) return {};
  std::vector<RankReport> mine;
  for (const int rank : line.ranks) mine.push_back(ranks[static_cast<std::size_t>(rank)]);
  const auto hosts = hosts_of(mine);
  const auto all = hosts_of(ranks);
  const auto of_hosts = static_cast<std::size_t>(std::ranges::count_if(
      ranks, [&](const RankReport& r) { return std::ranges::count(hosts, r.host) > 0; }));
  if (line.finding.of_node || of_hosts == line.ranks.size())
    return hosts.size() == all.size() ? std::string() : list(hosts);
  const std::string numbers = list_ranks(line.ranks);
  return (line.ranks.size() == 1 ? "rank " : "ranks ") + numbers +
         (all.size() > 1 ? " of " + list(hosts) : "");
}

Verdict worst_of(const std::vector<RankReport>& ranks) {
  Verdict worst = Verdict::kOk;
  for (const RankReport& rank : ranks)
    for (const Finding& finding : rank.findings) worst = std::max(worst, finding.verdict);
  return worst;
}

}  // namespace cogmill::doctor
