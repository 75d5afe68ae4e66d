// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/environment.hpp"

#include "src/doctor/finding.hpp"

#include <charconv>
#include <cstdlib>

namespace cogmill::doctor {

std::string from_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::string() : clean(value);
}

std::optional<int> number_in(const Environment& environment, const std::string& name) {
  const std::string text = environment(name);
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  if (!whole || value < 0) return std::nullopt;
  return value;
}

}  // namespace cogmill::doctor
