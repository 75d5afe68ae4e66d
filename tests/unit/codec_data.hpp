// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/codec.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <vector>

namespace cogmill::tests {

using Bytes = std::vector<std::byte>;

/// Inputs that lead a codec down different paths.
enum class Pattern { kConstant, kRamp, kRandom, kNoise, kText };
inline constexpr Pattern kPatterns[] = {Pattern::kConstant, Pattern::kRamp, Pattern::kRandom,
                                        Pattern::kNoise, Pattern::kText};

inline Bytes make_bytes(Pattern pattern, std::size_t size, std::size_t seed = 1) {
  std::mt19937 random(seed);
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t r = random();
    switch (pattern) {
      case Pattern::kConstant:
        bytes[i] = std::byte{7};
        break;
      case Pattern::kRamp:
        bytes[i] = static_cast<std::byte>(i / 3);
        break;
      case Pattern::kRandom:
        bytes[i] = static_cast<std::byte>(r);
        break;
      case Pattern::kNoise:  // differences of neighbours: small, both signs
        bytes[i] = static_cast<std::byte>(r % 5 + r / 5 % 5 - 4);
        break;
      case Pattern::kText:  // a few words in any order
        bytes[i] = static_cast<std::byte>((i / 23 * 7 % 11) * (i % 23) % 61);
        break;
    }
  }
  return bytes;
}

inline Bytes encode(kernels::Encoder& encoder, const Bytes& raw) {
  Bytes out(encoder.bound(raw.size()));
  out.resize(encoder.encode(raw, out));
  return out;
}
inline Bytes encode(kernels::CodecSpec spec, const Bytes& raw) {
  kernels::Encoder encoder(spec);
  return encode(encoder, raw);
}
inline Bytes decode(kernels::Codec codec, const Bytes& in, std::size_t size) {
  Bytes out(size, std::byte{0xA5});
  kernels::Decoder(codec).decode(in, out);
  return out;
}

}  // namespace cogmill::tests
