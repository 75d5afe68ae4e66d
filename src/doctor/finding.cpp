// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/finding.hpp"

#include "src/report/one_line.hpp"
#include "src/report/sizes.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace cogmill::doctor {
namespace {

std::string text_of(Number::Unit unit, double value) {
  if (unit == Number::Unit::kBytes)
    return report::format_size(static_cast<std::int64_t>(std::clamp(value, 0.0, 9e18)));
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), unit == Number::Unit::kRate ? "%.1f GB/s" : "%.2f s",
                std::clamp(value, 0.0, 1e9));
  return text.data();
}

void append(std::string& text, const char* between, const std::string& more) {
  if (!text.empty() && !more.empty()) text += between;
  text += more;
}

}  // namespace

std::string name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kOk:
      return "ok";
    case Verdict::kNote:
      return "note";
    default:
      return "problem";
  }
}

std::string Number::text() const {
  const std::string from = text_of(unit, low), to = text_of(unit, high);
  return from == to ? from : from + " to " + to;
}

std::string Finding::filled() const {
  std::string line = text;
  for (const auto& [name, number] : numbers) {
    const std::string mark = "{" + name + "}";
    if (const auto at = line.find(mark); at != std::string::npos)
      line.replace(at, mark.size(), number.text());
  }
  return line;
}

void Finding::add(Verdict worse, const std::string& more, const std::string& what_to_do) {
  verdict = std::max(verdict, worse);
  append(text, "; ", more);
  append(advice, "; ", what_to_do);
}

std::string clean(const std::string& text) {
  constexpr std::size_t kLongest = 1000;
  const std::string line = report::one_line(text.substr(0, 4 * kLongest));
  return line.size() <= kLongest ? line : line.substr(0, kLongest) + "...";
}

void to_json(nlohmann::json& json, const Finding& finding) {
  json = {{"topic", finding.topic},
          {"verdict", static_cast<int>(finding.verdict)},
          {"text", finding.text},
          {"advice", finding.advice},
          {"facts", finding.facts},
          {"of_node", finding.of_node},
          {"numbers", nlohmann::json::object()}};
  for (const auto& [name, number] : finding.numbers)
    json["numbers"][name] = {static_cast<int>(number.unit), number.low, number.high};
}

void from_json(const nlohmann::json& json, Finding& finding) {
  finding.topic = json.at("topic");
  finding.verdict = static_cast<Verdict>(json.at("verdict").get<int>());
  finding.text = json.at("text");
  finding.advice = json.at("advice");
  finding.facts = json.at("facts");
  finding.of_node = json.at("of_node");
  finding.numbers.clear();
  for (const auto& [name, number] : json.at("numbers").items())
    finding.numbers[name] = {static_cast<Number::Unit>(number.at(0).get<int>()),
                             number.at(1).get<double>(), number.at(2).get<double>()};
}

}  // namespace cogmill::doctor
