// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cogmill::expr {

/// @return the text with A-Z in lower case, whatever the locale
inline std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

/// @return 'text' in quotation marks for a message, shortened if it is very long
inline std::string quote(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::string quoted = "'";
  quoted.append(text.substr(0, kLongest));
  return quoted.append(text.size() > kLongest ? "...'" : "'");
}

}  // namespace cogmill::expr
