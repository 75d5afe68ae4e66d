// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"

#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace cogmill::exchange {

/// Plain values as bytes, and back. Ranks of one job share byte order and layout.
template <class T>
Bytes pack(std::span<const T> values) {
  static_assert(std::is_trivially_copyable_v<T>);
  const auto bytes = std::as_bytes(values);
  return {bytes.begin(), bytes.end()};
}
template <class T>
Bytes pack(const std::vector<T>& values) {
  return pack(std::span<const T>(values));
}

/// @throws std::logic_error if the bytes are no whole number of T
template <class T>
std::vector<T> unpack(std::span<const std::byte> bytes) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (bytes.size() % sizeof(T) != 0) throw std::logic_error("message has a fraction of a value");
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

inline Bytes pack_text(const std::string& text) { return pack(std::span<const char>(text)); }
inline std::string unpack_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace cogmill::exchange
