// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/lzw_codec.hpp"

#include "kernels/codec.hpp"
#include "kernels/unaligned.hpp"

#include <algorithm>
#include <cstring>

namespace cogmill::kernels {
namespace {

constexpr std::uint32_t kClear = 256;
constexpr std::uint32_t kEnd = 257;
constexpr std::uint32_t kFirstFree = 258;
constexpr std::uint32_t kClearAt = 4094;  // where libtiff's writer starts a new table
constexpr std::uint32_t kTableSize = 4096;
constexpr int kLeastBits = 9;
constexpr int kMostBits = 12;

/// Appends codes, most significant bit first.
class BitWriter {
 public:
  explicit BitWriter(std::byte* out) : begin_(out), out_(out) {}

  void put(std::uint32_t code, int bits) {
    buffer_ = buffer_ << bits | code;
    filled_ += bits;
    if (filled_ < 32) return;
    filled_ -= 32;
    store(out_, 0, __builtin_bswap32(static_cast<std::uint32_t>(buffer_ >> filled_)));
    out_ += 4;
  }
  /// @return bytes written, the last one padded with zero bits
  std::size_t finish() {
    for (; filled_ > 0; filled_ -= 8)
      *out_++ = static_cast<std::byte>(filled_ >= 8 ? buffer_ >> (filled_ - 8)
                                                    : buffer_ << (8 - filled_));
    return static_cast<std::size_t>(out_ - begin_);
  }

 private:
  std::byte* begin_;
  std::byte* out_;
  std::uint64_t buffer_ = 0;
  int filled_ = 0;  // bits of buffer_ not yet stored, below 32 between calls
};

/// Takes codes off, most significant bit first. Never reads past the end.
class BitReader {
 public:
  explicit BitReader(std::span<const std::byte> in) : in_(in.data()), end_(in.data() + in.size()) {}

  std::uint32_t get(int bits) {
    if (filled_ < bits) refill(bits);
    const auto code = static_cast<std::uint32_t>(buffer_ >> (64 - bits));
    buffer_ <<= bits;
    filled_ -= bits;
    return code;
  }

 private:
  void refill(int bits) {
    if (end_ - in_ >= 8) {
      buffer_ |= __builtin_bswap64(load<std::uint64_t>(in_)) >> filled_;
      in_ += (63 - filled_) >> 3;
      filled_ |= 56;
      return;
    }
    for (; in_ < end_ && filled_ <= 56; filled_ += 8)
      buffer_ |= std::to_integer<std::uint64_t>(*in_++) << (56 - filled_);
    if (filled_ < bits) throw CodecError("the LZW data end too early");
  }

  const std::byte* in_;
  const std::byte* end_;
  std::uint64_t buffer_ = 0;  // its top filled_ bits are valid, those below are a look ahead
  int filled_ = 0;
};

/// Copies a string of the table to the end of the output, of which `room` bytes are left.
/// The string's last byte may be the first one written here; all others were there before.
void copy_string(std::byte* to, const std::byte* from, std::int64_t length, std::int64_t room) {
  if (length + 8 <= room) {
    for (std::int64_t i = 0; i < length; i += 8)
      store(to + i, 0, load<std::uint64_t>(from + i));  // writes up to 7 bytes too many
    to[length - 1] = from[length - 1];
    return;
  }
  for (std::int64_t i = 0; i < std::min(length, room); ++i) to[i] = from[i];
}

}  // namespace

LzwEncoder::LzwEncoder() : table_(std::make_unique<Table>()) {}

std::size_t LzwEncoder::bound(std::size_t raw_bytes) const {
  // At worst a code of 12 bits for every byte, a clear code for every 3800, and the padding.
  const auto codes = raw_bytes + raw_bytes / 3800 + 4;
  return codes + codes / 2 + 8;
}

/// @return the slot that holds `key`, or the empty one where it belongs
std::size_t LzwEncoder::find(const Table& table, std::uint32_t key) {
  std::size_t slot = (key * 0x9E3779B1U) >> (32 - kSlotBits);
  while (table[slot] != 0 && table[slot] >> 12 != key) slot = (slot + 1) & (table.size() - 1);
  return slot;
}

std::size_t LzwEncoder::encode(std::span<const std::byte> raw, std::span<std::byte> out) {
  BitWriter writer(out.data());
  Table& table = *table_;
  table.fill(0);
  int bits = kLeastBits;
  std::uint32_t next = kFirstFree;
  writer.put(kClear, bits);
  if (!raw.empty()) {
    auto prefix = std::to_integer<std::uint32_t>(raw.front());
    for (const std::byte byte : raw.subspan(1)) {
      const std::uint32_t key = prefix << 8 | std::to_integer<std::uint32_t>(byte);
      const auto slot = find(table, key);
      if (table[slot] != 0) {
        prefix = table[slot] & 0xFFF;
        continue;
      }
      writer.put(prefix, bits);
      prefix = std::to_integer<std::uint32_t>(byte);
      table[slot] = key << 12 | next++;
      if (next == kClearAt) {
        writer.put(kClear, bits);
        table.fill(0);
        next = kFirstFree;
        bits = kLeastBits;
      } else if (next == 1U << bits) {
        ++bits;
      }
    }
    writer.put(prefix, bits);
    if (next + 1 == 1U << bits) ++bits;  // the reader adds an entry for this last code too
  }
  writer.put(kEnd, bits);
  return writer.finish();
}

LzwDecoder::LzwDecoder() : table_(std::make_unique<Table>()) {}

void LzwDecoder::decode(std::span<const std::byte> in, std::span<std::byte> out) {
  if (in.size() >= 2 && in[0] == std::byte{0} && (in[1] & std::byte{1}) != std::byte{0})
    throw CodecError("LZW data of the style before TIFF 6.0 are not supported");
  BitReader reader(in);
  std::uint64_t* const table = table_->data();
  std::byte* const begin = out.data();
  const auto size = static_cast<std::int64_t>(out.size());
  int bits = kLeastBits;
  std::uint32_t next = kFirstFree;
  std::int64_t previous_length = 0;  // 0: none since the table was cleared
  for (std::int64_t at = 0; at < size;) {
    const std::uint32_t code = reader.get(bits);
    if (code == kClear) {
      bits = kLeastBits;
      next = kFirstFree;
      previous_length = 0;
      continue;
    }
    if (previous_length != 0 && next < kTableSize) {
      table[next++] = static_cast<std::uint64_t>(at - previous_length) << 16 |
                      static_cast<std::uint64_t>(previous_length + 1);
      if (next + 1 >= 1U << bits && bits < kMostBits) ++bits;
    }
    if (code < kClear) {
      begin[at++] = static_cast<std::byte>(code);
      previous_length = 1;
      continue;
    }
    if (code == kEnd || code >= next)
      throw CodecError(code == kEnd ? "the LZW data end too early" : "the LZW data are damaged");
    const auto length = static_cast<std::int64_t>(table[code] & 0xFFFF);
    copy_string(begin + at, begin + (table[code] >> 16), length, size - at);
    at += length;
    previous_length = length;
  }
}

}  // namespace cogmill::kernels
