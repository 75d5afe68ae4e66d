// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace cogmill::report {

/// The command line is wrong: exit code 2. The text names the argument and what to try.
class UsageError : public std::runtime_error {
 public:
  explicit UsageError(const std::string& message, std::string detail = {})
      : std::runtime_error(message), detail_(std::move(detail)) {}
  /// Printed below the message as it is: a caret under the column of an expression, or empty.
  const std::string& detail() const { return detail_; }

 private:
  std::string detail_;
};

/// The job cannot be done: exit code 1. The text says what, where, why and what to try, in one
/// line.
class RuntimeError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Prints `cogmill: error: MESSAGE` to stderr as one line (line breaks inside become spaces), then
/// `detail` if there is any.
void print_error(const std::string& message, const std::string& detail = {});

}  // namespace cogmill::report
