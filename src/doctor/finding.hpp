// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace cogmill::doctor {

enum class Verdict { kOk, kNote, kProblem };  ///< from good to bad
std::string name_of(Verdict verdict);         ///< "ok", "note", "problem"

/// A measured number. It is kept out of a finding's text, so that ranks which measured different
/// ones still say the same; together they say from where to where.
struct Number {
  enum class Unit { kBytes, kRate, kSeconds };  ///< [bytes], [GB/s], [s]
  Unit unit = Unit::kBytes;
  double low = 0, high = 0;

  static Number bytes(double value) { return {Unit::kBytes, value, value}; }
  static Number rate(double value) { return {Unit::kRate, value, value}; }
  static Number seconds(double value) { return {Unit::kSeconds, value, value}; }
  std::string text() const;  ///< "54.1 GB/s", "54.1 GB/s to 55.3 GB/s"
};

/// One line of the report.
struct Finding {
  std::string topic;  ///< "CPU"
  Verdict verdict = Verdict::kOk;
  std::string text = {};    ///< one line; "{free}" stands for numbers["free"]
  std::string advice = {};  ///< what to do; empty if there is nothing
  std::map<std::string, Number> numbers = {};
  nlohmann::json facts = nlohmann::json::object();  ///< the same for programs
  bool of_node = false;                             ///< one rank of the node speaks for all

  /// The text with its numbers.
  std::string filled() const;
  /// Makes it worse, never better, and adds to text and advice.
  void add(Verdict worse, const std::string& more, const std::string& what_to_do);
};

/// @return the text fit for a line: no control characters, at most 1000 bytes
std::string clean(const std::string& text);

void to_json(nlohmann::json& json, const Finding& finding);
void from_json(const nlohmann::json& json, Finding& finding);

}  // namespace cogmill::doctor
