// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/job/number_list.hpp"

#include <charconv>
#include <cmath>

namespace cogmill::job {

std::vector<double> parse_numbers(const Argument& argument, std::size_t least, std::size_t most,
                                  const std::string& hint) {
  std::vector<double> numbers;
  const char* at = argument.value.data();
  const char* const end = at + argument.value.size();
  while (true) {
    double number = 0;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc{} || !std::isfinite(number)) argument.fail(hint);
    numbers.push_back(number);
    at = next;
    if (at == end) break;
    if (*at != ',') argument.fail(hint);
    ++at;
  }
  if (numbers.size() < least || numbers.size() > most) argument.fail(hint);
  return numbers;
}

}  // namespace cogmill::job
