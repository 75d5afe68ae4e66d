// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/print.hpp"

#include "src/report/counted.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iomanip>
#include <ostream>

namespace cogmill::doctor {
namespace {

using report::counted;

std::string summary(const std::vector<Line>& lines) {
  const auto of = [&](Verdict verdict) {
    return static_cast<std::size_t>(std::ranges::count_if(
        lines, [&](const Line& line) { return line.finding.verdict == verdict; }));
  };
  const std::size_t problems = of(Verdict::kProblem);
  return (problems == 0 ? "no problem" : counted(problems, "problem")) + ", " +
         counted(of(Verdict::kNote), "note");
}

nlohmann::json to_json(const Line& line, const std::vector<RankReport>& ranks) {
  const Finding& finding = line.finding;
  std::vector<RankReport> mine;
  for (const int rank : line.ranks) mine.push_back(ranks[static_cast<std::size_t>(rank)]);
  nlohmann::json json = {{"topic", finding.topic},   {"verdict", name_of(finding.verdict)},
                         {"text", finding.filled()}, {"advice", finding.advice},
                         {"hosts", hosts_of(mine)},  {"ranks", line.ranks},
                         {"facts", finding.facts}};
  for (const auto& [name, number] : finding.numbers) {
    constexpr std::array kUnits = {"bytes", "gb_s", "seconds"};
    const std::string key = name + "_" + kUnits.at(static_cast<std::size_t>(number.unit));
    if (number.unit == Number::Unit::kBytes)
      json["facts"][key] = static_cast<std::int64_t>(number.low);
    else
      json["facts"][key] = number.low;
  }
  return json;
}

}  // namespace

void print_text(const Diagnosis& diagnosis, std::ostream& out) {
  const auto hosts = hosts_of(diagnosis.ranks);
  out << "cogmill doctor on " << hosts.front();
  if (hosts.size() > 1) out << " and " << counted(hosts.size() - 1, "other node");
  if (diagnosis.ranks.size() > 1) out << ", " << counted(diagnosis.ranks.size(), "rank");
  out << "\n";
  const auto lines = merge(diagnosis.ranks, Same::kText);
  for (const Line& line : lines) {
    out << std::left << std::setw(8) << name_of(line.finding.verdict) << std::setw(11)
        << line.finding.topic << line.finding.filled();
    if (!line.finding.advice.empty()) out << " -> " << line.finding.advice;
    const std::string about = whom(line, diagnosis.ranks);
    if (!about.empty()) out << " [" << about << "]";
    out << "\n";
  }
  out << summary(lines) << "\n";
}

void print_json(const Diagnosis& diagnosis, std::ostream& out) {
  nlohmann::json json = {{"verdict", name_of(diagnosis.worst)},
                         {"ranks", diagnosis.ranks.size()},
                         {"hosts", hosts_of(diagnosis.ranks)},
                         {"findings", nlohmann::json::array()}};
  for (const Line& line : merge(diagnosis.ranks, Same::kAll))
    json["findings"].push_back(to_json(line, diagnosis.ranks));
  out << json.dump(2) << "\n";
}

}  // namespace cogmill::doctor
