// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/effort_probe.hpp"
#include "kernels/short_repeats.hpp"

#include <zstd.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

namespace cogmill::kernels {

/// How zstd searches. 0: as the level says.
struct ZstdEffort {
  int level = 0;
  int strategy = 0;
  int min_match = 0;
  int search_log = 0;
  int hash_log = 0;
};

/// ZSTD, one frame per tile (compression tag 50000). Same contracts as Encoder and Decoder.
class ZstdEncoder {
 public:
  /// @param level 1-22; 0: the effort that suits each tile (docs/codecs.md)
  explicit ZstdEncoder(int level);
  std::size_t bound(std::size_t raw_bytes) const;
  std::size_t encode(std::span<const std::byte> raw, std::span<std::byte> out);

 private:
  struct Free {
    void operator()(ZSTD_CCtx* c) const { ZSTD_freeCCtx(c); }
  };
  struct Probes {
    EffortProbe long_search;
    ShortRepeats short_repeats;
  };
  void set(const ZstdEffort& effort);
  ZstdEffort choose(std::span<const std::byte> raw);

  std::unique_ptr<ZSTD_CCtx, Free> context_;
  std::optional<Probes> probes_;  ///< of the default effort
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
