// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/error.hpp"

#include "src/report/one_line.hpp"

#include <cstdio>

namespace cogmill::report {

void print_error(const std::string& message, const std::string& detail) {
  // One write, so that lines of several ranks do not mix.
  std::string text = "cogmill: error: " + one_line(message) + '\n';
  if (!detail.empty()) text += detail.back() == '\n' ? detail : detail + '\n';
  // Nothing is left to tell anybody when stderr itself fails.
  (void)std::fwrite(text.data(), 1, text.size(), stderr);
  (void)std::fflush(stderr);
}

}  // namespace cogmill::report
