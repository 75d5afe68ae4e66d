// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/effort_probe.hpp"

#include <libdeflate.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

namespace cogmill::kernels {

/// DEFLATE in zlib's wrapper (compression tags 8 and 32946). Same contracts as Encoder and Decoder.
class DeflateEncoder {
 public:
  /// @param level 1-12; 0: 1 or 6, whichever suits the tile (docs/codecs.md)
  explicit DeflateEncoder(int level);
  std::size_t bound(std::size_t raw_bytes) const;
  std::size_t encode(std::span<const std::byte> raw, std::span<std::byte> out);

 private:
  struct Free {
    void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
  };
  using Compressor = std::unique_ptr<libdeflate_compressor, Free>;
  static Compressor make(int level);

  Compressor compressor_;
  Compressor thorough_;               ///< for tiles on which the probe says that it pays
  std::optional<EffortProbe> probe_;  ///< of the default effort
};

class DeflateDecoder {
 public:
  DeflateDecoder();
  void decode(std::span<const std::byte> in, std::span<std::byte> out);

 private:
  struct Free {
    void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
  };
  std::unique_ptr<libdeflate_decompressor, Free> decompressor_;
};

}  // namespace cogmill::kernels
