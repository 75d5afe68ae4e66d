// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace cogmill::kernels {

/// PackBits (compression tag 32773): Apple's byte runs. Same contract as Decoder.
class PackBitsDecoder {
 public:
  void decode(std::span<const std::byte> in, std::span<std::byte> out);
};

}  // namespace cogmill::kernels
