// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/packbits.hpp"

#include "kernels/codec.hpp"

#include <algorithm>
#include <cstring>

namespace cogmill::kernels {

void PackBitsDecoder::decode(std::span<const std::byte> in, std::span<std::byte> out) {
  while (!out.empty()) {
    if (in.empty()) throw CodecError("the PackBits data end too early");
    const int head = std::to_integer<int>(in.front());
    in = in.subspan(1);
    if (head == 128) continue;  // a no-op
    const bool literal = head < 128;
    const auto length = static_cast<std::size_t>(literal ? head + 1 : 257 - head);
    const auto wanted = std::min(length, out.size());
    const auto needed = literal ? wanted : 1;
    if (in.size() < needed) throw CodecError("the PackBits data end too early");
    if (literal)
      std::memcpy(out.data(), in.data(), wanted);
    else
      std::memset(out.data(), std::to_integer<int>(in.front()), wanted);
    in = in.subspan(needed);
    out = out.subspan(wanted);
  }
}

}  // namespace cogmill::kernels
