// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/sizes.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <limits>

namespace cogmill::report {
namespace {

/// The factor of "", "B", "k", "kB", "KiB", ... in any case, or nothing.
std::optional<std::int64_t> unit_factor(std::string_view unit) {
  std::string name;
  for (const char c : unit) name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (name.empty() || name == "B") return 1;
  const std::size_t power = std::string_view("KMGT").find(name[0]) + 1;
  if (power == 0) return std::nullopt;  // npos + 1
  const std::string tail = name.substr(1);
  if (tail != "" && tail != "B" && tail != "IB") return std::nullopt;
  std::int64_t factor = 1;
  for (std::size_t i = 0; i < power; ++i) factor *= tail == "IB" ? 1024 : 1000;
  return factor;
}

/// Prints with three significant digits where that needs decimals: 1.23, 12.3, 123.
std::string three_digits(double value) {
  std::array<char, 48> text{};
  const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

}  // namespace

std::optional<std::int64_t> parse_size(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string_view number = text.substr(0, digits);
  std::string_view unit = text.substr(digits);
  if (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  const auto factor = unit_factor(unit);
  if (!factor) return std::nullopt;

  const char* end = number.data() + number.size();
  std::int64_t whole = 0;
  const auto integer = std::from_chars(number.data(), end, whole);
  if (integer.ec == std::errc{} && integer.ptr == end) {
    if (whole > std::numeric_limits<std::int64_t>::max() / *factor) return std::nullopt;
    return whole * *factor;
  }
  double fraction = 0;
  const auto real = std::from_chars(number.data(), end, fraction, std::chars_format::fixed);
  if (real.ec != std::errc{} || real.ptr != end) return std::nullopt;
  const double bytes = std::floor(fraction * static_cast<double>(*factor));
  if (!(bytes >= 0 && bytes < std::ldexp(1.0, 63))) return std::nullopt;
  return static_cast<std::int64_t>(bytes);
}

std::string format_size(std::int64_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + " B";
  constexpr std::array kUnits = {"kB", "MB", "GB", "TB", "PB", "EB"};
  double value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  for (; value >= 999.5 && unit + 1 < kUnits.size(); ++unit) value /= 1000;
  return three_digits(value) + ' ' + kUnits[unit];
}

std::string format_duration(double seconds) {
  constexpr double kLongest = 3600.0 * 24 * 365 * 100;
  seconds = std::isnan(seconds) ? 0 : std::clamp(seconds, 0.0, kLongest);
  std::array<char, 48> text{};
  if (seconds < 59.95) {
    std::snprintf(text.data(), text.size(), seconds < 0.995 ? "%.2f s" : "%.1f s", seconds);
    return text.data();
  }
  const auto whole = static_cast<std::int64_t>(std::llround(seconds));
  const bool hours = whole >= 3600;
  const std::int64_t big = hours ? whole / 3600 : whole / 60;
  const std::int64_t small = hours ? whole % 3600 / 60 : whole % 60;
  std::snprintf(text.data(), text.size(), hours ? "%lldh%02lldm" : "%lldm%02llds",
                static_cast<long long>(big), static_cast<long long>(small));
  return text.data();
}

}  // namespace cogmill::report
