// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/bind_program.hpp"
#include "kernels/host_device.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

/// Several elements of a thread in one access, where their address allows it.
namespace cogmill::kernels::cuda {

/// The widest access, a power of two up to 16, of which `bytes` are a multiple.
constexpr unsigned access_bytes(unsigned bytes) {
  unsigned widest = 16;
  while (bytes % widest != 0) widest /= 2;
  return widest;
}

template <unsigned Bytes>
COGMILL_HD inline bool is_aligned(const void* p) {
  return reinterpret_cast<std::uintptr_t>(p) % Bytes == 0;
}

/// `Bytes` bytes as registers hold them. Elements are cut out by shifts, because arrays of small
/// types are loaded element by element.
template <unsigned Bytes>
struct Words {
  static constexpr unsigned kCount = (Bytes + 3) / 4;
  std::uint32_t word[kCount] = {};

  template <class U>
  COGMILL_HD U get(unsigned i) const {
    constexpr unsigned kSize = sizeof(U);
    const unsigned at = i * kSize;
    if constexpr (sizeof(U) == 8)
      return word[at / 4] | static_cast<std::uint64_t>(word[at / 4 + 1]) << 32;
    else
      return static_cast<U>(word[at / 4] >> (8 * (at % 4)));
  }
  /// @pre the element was 0
  template <class U>
  COGMILL_HD void put(unsigned i, U value) {
    constexpr unsigned kSize = sizeof(U);
    const unsigned at = i * kSize;
    if constexpr (sizeof(U) == 8) {
      word[at / 4] = static_cast<std::uint32_t>(value);
      word[at / 4 + 1] = static_cast<std::uint32_t>(value >> 32);
    } else {
      word[at / 4] |= static_cast<std::uint32_t>(value) << (8 * (at % 4));
    }
  }
  /// @pre `from` is aligned to access_bytes(Bytes)
  COGMILL_HD void load(const void* from) {
    constexpr unsigned kAccess = access_bytes(Bytes);
    const auto* bytes = static_cast<const unsigned char*>(from);
    auto* into = reinterpret_cast<unsigned char*>(word);
    for (unsigned i = 0; i < Bytes; i += kAccess)
      std::memcpy(into + i, __builtin_assume_aligned(bytes + i, kAccess), kAccess);
  }
  COGMILL_HD void store(void* to) const {
    constexpr unsigned kAccess = access_bytes(Bytes);
    auto* bytes = static_cast<unsigned char*>(to);
    const auto* from = reinterpret_cast<const unsigned char*>(word);
    for (unsigned i = 0; i < Bytes; i += kAccess)
      std::memcpy(__builtin_assume_aligned(bytes + i, kAccess), from + i, kAccess);
  }
};

/// to[i] = from[i]; elements from `n` on become 0 and are not read.
template <unsigned N, class P>
COGMILL_HD inline void load_run(const P* from, unsigned n, P (&to)[N]) {
  constexpr unsigned kBytes = N * sizeof(P);
  if (n == N && is_aligned<access_bytes(kBytes)>(from)) {
    Words<kBytes> words;
    words.load(from);
    for (unsigned i = 0; i < N; ++i) to[i] = std::bit_cast<P>(words.template get<BitsOf<P>>(i));
  } else {
    for (unsigned i = 0; i < N; ++i) to[i] = i < n ? from[i] : P{};
  }
}

/// to[i] = from[i] for i < n
template <unsigned N, class P>
COGMILL_HD inline void store_run(const P (&from)[N], unsigned n, P* to) {
  constexpr unsigned kBytes = N * sizeof(P);
  if (n == N && is_aligned<access_bytes(kBytes)>(to)) {
    Words<kBytes> words;
    for (unsigned i = 0; i < N; ++i) words.put(i, std::bit_cast<BitsOf<P>>(from[i]));
    words.store(to);
  } else {
    for (unsigned i = 0; i < N; ++i)
      if (i < n) to[i] = from[i];
  }
}

}  // namespace cogmill::kernels::cuda
