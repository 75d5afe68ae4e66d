// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <string>

namespace cogmill::report {

/// @return "1 band", "3 bands"   @param thing a word whose plural ends in s
template <std::integral Number>
std::string counted(Number number, const std::string& thing) {
  return std::to_string(number) + " " + thing + (number == 1 ? "" : "s");
}

}  // namespace cogmill::report
