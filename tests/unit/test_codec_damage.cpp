// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/codec_data.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>

namespace cogmill::tests {
namespace {

using kernels::Codec;
using kernels::CodecError;

constexpr Codec kCodecs[] = {Codec::kDeflate, Codec::kZstd, Codec::kLzw, Codec::kPackBits};

/// PackBits has no encoder: literal runs and repeats in turn.
Bytes pack(Codec codec, const Bytes& raw) {
  if (codec == Codec::kLzw) return encode({codec, 0}, raw);
  if (codec != Codec::kPackBits) return encode({codec, 1}, raw);
  Bytes packed;
  for (std::size_t i = 0; i < raw.size(); i += 64) {
    const std::size_t n = std::min<std::size_t>(64, raw.size() - i);
    packed.push_back(static_cast<std::byte>(n - 1));
    packed.insert(packed.end(), raw.begin() + static_cast<std::ptrdiff_t>(i),
                  raw.begin() + static_cast<std::ptrdiff_t>(i + n));
  }
  return packed;
}

/// Decodes out of buffers of exactly the right size, so that a sanitizer sees every step outside.
/// @return the pixels, or nothing if the codec noticed the damage
std::optional<Bytes> try_decode(kernels::Decoder& decoder, const Bytes& damaged, std::size_t size) {
  const auto in = std::make_unique<std::byte[]>(damaged.size());
  std::copy(damaged.begin(), damaged.end(), in.get());
  const auto out = std::make_unique<std::byte[]>(size);
  try {
    decoder.decode({in.get(), damaged.size()}, {out.get(), size});
    return Bytes(out.get(), out.get() + size);
  } catch (const CodecError&) {
    return std::nullopt;
  }
}

TEST(CodecDamage, FlippedBitsNeverEscapeTheBuffers) {
  std::mt19937 random(7);
  for (const Codec codec : kCodecs) {
    kernels::Decoder decoder(codec);
    int wrong = 0;
    for (int round = 0; round < 3000; ++round) {
      const std::size_t size = 1 + random() % 3000;
      const Bytes raw = make_bytes(kPatterns[round % 5], size, random());
      Bytes packed = pack(codec, raw);
      for (auto flips = 1 + random() % 4; flips > 0; --flips)
        packed[random() % packed.size()] ^= static_cast<std::byte>(1u << random() % 8);
      const auto pixels = try_decode(decoder, packed, size);
      if (pixels && *pixels != raw) ++wrong;
    }
    // DEFLATE has a checksum. The others must be able to go wrong, or nothing was tested.
    EXPECT_EQ(wrong > 0, codec != Codec::kDeflate) << name_of(codec) << " " << wrong;
  }
}

TEST(CodecDamage, TruncationIsNoticed) {
  std::mt19937 random(8);
  for (const Codec codec : kCodecs) {
    kernels::Decoder decoder(codec);
    int noticed = 0;
    for (int round = 0; round < 1000; ++round) {
      const std::size_t size = 1 + random() % 3000;
      const Bytes raw = make_bytes(kPatterns[round % 5], size, random());
      Bytes packed = pack(codec, raw);
      packed.resize(random() % packed.size());
      const auto pixels = try_decode(decoder, packed, size);
      noticed += !pixels;
      // The last bytes may hold no pixels, as the end code of LZW.
      ASSERT_EQ(pixels.value_or(raw), raw) << name_of(codec);
    }
    EXPECT_GT(noticed, 950) << name_of(codec);
  }
}

TEST(CodecDamage, RandomBytesNeverEscapeTheBuffers) {
  std::mt19937 random(9);
  for (const Codec codec : kCodecs) {
    kernels::Decoder decoder(codec);
    for (int round = 0; round < 3000; ++round) {
      Bytes packed = make_bytes(Pattern::kRandom, random() % 600, random());
      // A true beginning leads deeper into the decoder.
      const Bytes head = pack(codec, make_bytes(Pattern::kNoise, 300, random()));
      for (std::size_t i = 0; i < std::min(packed.size(), head.size()) && i < random() % 40; ++i)
        packed[i] = head[i];
      try_decode(decoder, packed, random() % 20000);
    }
  }
}

/// Codes packed as LZW wants them.
class CodeWriter {
 public:
  void put(std::uint32_t code, int bits) {
    buffer_ = buffer_ << bits | code;
    for (filled_ += bits; filled_ >= 8; filled_ -= 8)
      bytes.push_back(static_cast<std::byte>(buffer_ >> (filled_ - 8)));
  }
  Bytes bytes;

 private:
  std::uint64_t buffer_ = 0;
  int filled_ = 0;
};

TEST(CodecDamage, LzwRefusesStringsThatDoNotExistYet) {
  for (const std::uint32_t bad : {258u, 259u, 300u, 511u}) {
    CodeWriter writer;
    // After the clear code only single bytes can follow; 258 exists after two of them.
    for (const std::uint32_t code : {256u, bad, 65u, 66u, 67u, 68u, 0u}) writer.put(code, 9);
    EXPECT_THROW(decode(Codec::kLzw, writer.bytes, 3), CodecError) << bad;
  }
}

TEST(CodecDamage, LzwReadsBeyondAFullTable) {
  // 5000 codes without a clear code in between: the table stops growing at 4096 strings.
  CodeWriter writer;
  writer.put(256, 9);
  Bytes raw;
  for (int i = 0; i < 5000; ++i) {
    const int entries = 258 + i;  // in the reader's table after i codes: one less
    writer.put(static_cast<std::uint32_t>(i % 251), entries > 2047   ? 12
                                                    : entries > 1023 ? 11
                                                    : entries > 511  ? 10
                                                                     : 9);
    raw.push_back(static_cast<std::byte>(i % 251));
  }
  writer.put(0, 8);
  EXPECT_EQ(decode(Codec::kLzw, writer.bytes, raw.size()), raw);
}

TEST(CodecDamage, LzwRefusesTheOldBitOrder) {
  const Bytes packed = {std::byte{0x00}, std::byte{0x01}, std::byte{0x02}};
  EXPECT_THROW(decode(Codec::kLzw, packed, 1), CodecError);
}

}  // namespace
}  // namespace cogmill::tests
