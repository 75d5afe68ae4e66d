// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/nodata.hpp"

#include <charconv>
#include <cstdlib>

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
  return Nodata(value);
}

}  // namespace cogmill::kernels
