// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace cogmill::kernels {

/// TIFF's LZW (compression tag 5): codes of 9 to 12 bits, most significant bit first, widths change
/// one code early. Same contracts as Encoder and Decoder.
class LzwEncoder {
 public:
  LzwEncoder();
  std::size_t bound(std::size_t raw_bytes) const;
  std::size_t encode(std::span<const std::byte> raw, std::span<std::byte> out);

 private:
  static constexpr int kSlotBits = 13;
  /// Open addressing. A slot holds prefix code << 20 | byte << 12 | code; 0 is empty.
  using Table = std::array<std::uint32_t, std::size_t{1} << kSlotBits>;
  static std::size_t find(const Table& table, std::uint32_t key);

  std::unique_ptr<Table> table_;
};

/// Streams written before TIFF 6.0 (least significant bit first) are refused.
class LzwDecoder {
 public:
  LzwDecoder();
  void decode(std::span<const std::byte> in, std::span<std::byte> out);

 private:
  /// A string of the table is a place in the output that already holds it: offset << 16 | length.
  using Table = std::array<std::uint64_t, 4096>;
  std::unique_ptr<Table> table_;
};

}  // namespace cogmill::kernels
