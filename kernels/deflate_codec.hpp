// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/deflate_effort.hpp"
#include "kernels/isal_deflate.hpp"
#include "kernels/quicker_of.hpp"

#include <libdeflate.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

namespace cogmill::kernels {

/// DEFLATE in zlib's wrapper (compression tags 8 and 32946). Same contracts as Encoder and Decoder.
class DeflateEncoder {
 public:
  /// @param level of libdeflate, 1-12; 0: whatever suits the tile (docs/codecs.md)
  explicit DeflateEncoder(int level);
  std::size_t bound(std::size_t raw_bytes) const;
  std::size_t encode(std::span<const std::byte> raw, std::span<std::byte> out);

 private:
  struct Free {
    void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
  };
  using Compressor = std::unique_ptr<libdeflate_compressor, Free>;
  static Compressor make(int level);

  /// What the default effort needs.
  struct Choice {
    DeflateEffortProbe probe;
    IsalDeflate quick;
    Compressor thorough;
  };

  Compressor compressor_;
  std::optional<Choice> choice_;
};

class DeflateDecoder {
 public:
  DeflateDecoder();
  void decode(std::span<const std::byte> in, std::span<std::byte> out);

 private:
  void decode_with_libdeflate(std::span<const std::byte> in, std::span<std::byte> out);

  struct Free {
    void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
  };
  std::unique_ptr<libdeflate_decompressor, Free> decompressor_;
  IsalInflate isal_;
  QuickerOf quicker_;
};

}  // namespace cogmill::kernels
