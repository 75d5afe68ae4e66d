// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/effort_probe.hpp"

#include <zstd.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

namespace cogmill::kernels {

/// ZSTD, one frame per tile (compression tag 50000). Same contracts as Encoder and Decoder.
class ZstdEncoder {
 public:
  /// @param level 1-22; 0: 5 or 9, whichever suits the tile (docs/codecs.md)
  explicit ZstdEncoder(int level);
  std::size_t bound(std::size_t raw_bytes) const;
  std::size_t encode(std::span<const std::byte> raw, std::span<std::byte> out);

 private:
  struct Free {
    void operator()(ZSTD_CCtx* c) const { ZSTD_freeCCtx(c); }
  };
  void set_level(int level);

  std::unique_ptr<ZSTD_CCtx, Free> context_;
  std::optional<EffortProbe> probe_;  ///< of the default effort
};

class ZstdDecoder {
 public:
  ZstdDecoder();
  void decode(std::span<const std::byte> in, std::span<std::byte> out);

 private:
  void decode_prefix(std::span<const std::byte> in, std::span<std::byte> out);

  struct Free {
    void operator()(ZSTD_DCtx* d) const { ZSTD_freeDCtx(d); }
  };
  std::unique_ptr<ZSTD_DCtx, Free> context_;
};

}  // namespace cogmill::kernels
