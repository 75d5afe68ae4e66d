// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/cli/parse_command_line.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

namespace cogmill::cli {

using Arguments = std::vector<std::string>;

/// Splits at blanks; for command lines without blanks inside arguments.
inline Arguments words(const std::string& line) {
  std::istringstream in(line);
  Arguments list;
  for (std::string word; in >> word;) list.push_back(word);
  return list;
}

inline job::Job job_of(const Arguments& arguments) {
  return std::get<job::Job>(parse_command_line(arguments));
}
inline job::Job job_of(const std::string& line) { return job_of(words(line)); }

/// The message of the UsageError that the arguments cause, or empty.
inline std::string error_of(const Arguments& arguments) {
  try {
    parse_command_line(arguments);
  } catch (const report::UsageError& e) {
    return e.what();
  }
  return {};
}
inline std::string error_of(const std::string& line) { return error_of(words(line)); }

struct BadLine {
  std::string line;
  std::string message;
};

}  // namespace cogmill::cli
