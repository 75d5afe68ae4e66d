// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/nodata.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace cogmill::kernels {
namespace {

/// Parses the whole text as an integer of type T, or nothing.
template <class T>
std::optional<T> parse_integer(const std::string& text) {
  T value{};
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
  return value;
}

/// Digits of the largest double that were rounded up name a number that no double is.
double largest_or_infinite(const std::string& text, double infinite) {
  constexpr long double kMost = std::numeric_limits<double>::max();
  constexpr long double kNear = 1.005L;
  const long double exact = std::abs(std::strtold(text.c_str(), nullptr));
  return exact <= kMost * kNear ? std::copysign(static_cast<double>(kMost), infinite) : infinite;
}

}  // namespace

std::string Nodata::to_string() const {
  if (std::isnan(as_double())) return "nan";  // never "-nan"
  char buffer[40];
  const auto text =
      std::visit([&](auto v) { return std::to_chars(buffer, buffer + sizeof buffer, v); }, value_);
  return {buffer, text.ptr};
}

std::optional<Nodata> Nodata::parse(const std::string& text) {
  constexpr std::int64_t kExactInDouble = std::int64_t{1} << 53;
  if (const auto v = parse_integer<std::int64_t>(text);
      v && (*v > kExactInDouble || *v < -kExactInDouble))
    return Nodata(*v);
  if (const auto v = parse_integer<std::uint64_t>(text); v && *v > (std::uint64_t{1} << 63))
    return Nodata(*v);
  if (text.empty()) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end != text.c_str() + text.size()) return std::nullopt;
  return Nodata(std::isinf(value) ? largest_or_infinite(text, value) : value);
}

}  // namespace cogmill::kernels
