// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/job/argument.hpp"

#include "src/report/error.hpp"
#include "src/report/nearest.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace cogmill::job {
namespace {

std::optional<int> integer_between(const std::string& text, int low, int high) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec != std::errc{} || result.ptr != end || value < low || value > high)
    return std::nullopt;
  return value;
}

}  // namespace

void Argument::fail(const std::string& why) const { throw report::UsageError(text() + ": " + why); }

std::string to_upper(const std::string& text) {
  std::string result = text;
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

std::string join(const std::vector<std::string>& words, const std::string& separator) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : separator) + word;
  return text;
}

std::size_t find_word(const Argument& argument, const std::vector<std::string>& words) {
  const std::string value = to_upper(argument.value);
  const auto found = std::find_if(words.begin(), words.end(),
                                  [&](const std::string& word) { return to_upper(word) == value; });
  if (found == words.end())
    argument.fail("takes one of " + join(words, ", ") +
                  report::did_you_mean(argument.value, words));
  return static_cast<std::size_t>(found - words.begin());
}

int parse_integer(const Argument& argument, int low, int high) {
  const auto value = integer_between(argument.value, low, high);
  if (!value)
    argument.fail("takes an integer from " + std::to_string(low) + " to " + std::to_string(high));
  return *value;
}

std::optional<int> parse_threads(const Argument& argument) {
  constexpr int kMostThreads = 4096;
  if (to_upper(argument.value) == "ALL_CPUS") return std::nullopt;
  const auto value = integer_between(argument.value, 1, kMostThreads);
  if (!value)
    argument.fail("takes a number from 1 to " + std::to_string(kMostThreads) + ", or ALL_CPUS");
  return value;
}

}  // namespace cogmill::job
