// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/isal_deflate.hpp"
#include "kernels/quicker_of.hpp"
#include "kernels/repeats.hpp"
#include "kernels/short_repeats.hpp"
#include "tests/unit/codec_data.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <numeric>
#include <stdexcept>

namespace cogmill::tests {
namespace {

using kernels::Codec;
using kernels::CodecError;
using kernels::CodecSpec;
using kernels::Decoder;
using kernels::Encoder;

constexpr CodecSpec kSpecs[] = {{Codec::kNone, 0},    {Codec::kDeflate, 0},  {Codec::kDeflate, 1},
                                {Codec::kDeflate, 6}, {Codec::kDeflate, 12}, {Codec::kZstd, 0},
                                {Codec::kZstd, 1},    {Codec::kZstd, 9},     {Codec::kLzw, 0}};

std::string text(CodecSpec spec) {
  return std::string(name_of(spec.codec)) + " level " + std::to_string(spec.level);
}

/// Small sizes one by one, then primes and the neighbours of powers of two.
std::vector<std::size_t> sizes() {
  std::vector<std::size_t> sizes(66);
  std::iota(sizes.begin(), sizes.end(), std::size_t{0});
  for (const std::size_t more : std::initializer_list<std::size_t>{
           97,   255,  256,   257,   1009,  3839,  3840,  3841,  4095,  4096,
           4097, 8191, 10007, 32767, 32768, 32769, 65535, 65536, 65537, 70000})
    sizes.push_back(more);
  return sizes;
}

TEST(Codec, RoundTripsEverySizeAndPattern) {
  for (const CodecSpec spec : kSpecs) {
    Encoder encoder(spec);
    Decoder decoder(spec.codec);
    for (const Pattern pattern : kPatterns)
      for (const std::size_t size : sizes()) {
        const Bytes raw = make_bytes(pattern, size);
        const Bytes packed = encode(encoder, raw);
        Bytes back(size, std::byte{0xA5});
        decoder.decode(packed, back);
        ASSERT_EQ(back, raw) << text(spec) << ", pattern " << static_cast<int>(pattern) << ", "
                             << size << " bytes";
      }
  }
}

TEST(Codec, EncoderStaysInsideItsBound) {
  for (const CodecSpec spec : kSpecs) {
    Encoder encoder(spec);
    for (const std::size_t size : sizes()) {
      const Bytes raw = make_bytes(Pattern::kRandom, size);
      const std::size_t bound = encoder.bound(size);
      Bytes out(bound + 64, std::byte{0xA5});
      const std::size_t written = encoder.encode(raw, std::span(out).first(bound));
      EXPECT_LE(written, bound) << text(spec);
      for (std::size_t i = bound; i < out.size(); ++i) ASSERT_EQ(out[i], std::byte{0xA5});
    }
  }
}

TEST(Codec, CompressesWhatCanBeCompressed) {
  const Bytes raw = make_bytes(Pattern::kText, 65536);
  for (const CodecSpec spec : kSpecs) {
    if (spec.codec == Codec::kNone) continue;
    EXPECT_LT(encode(spec, raw).size(), raw.size() / 2) << text(spec);
    EXPECT_LT(encode(spec, make_bytes(Pattern::kConstant, 65536)).size(), 1000u) << text(spec);
  }
}

TEST(Codec, BytesDoNotDependOnWhatWasEncodedBefore) {
  for (const CodecSpec spec : kSpecs) {
    Encoder used(spec);
    std::size_t seed = 0;
    for (int round = 0; round < 2; ++round)
      for (const Pattern pattern : kPatterns)
        for (const std::size_t size : {std::size_t{40000}, std::size_t{5}, std::size_t{20011}}) {
          const Bytes raw = make_bytes(pattern, size, ++seed);
          ASSERT_EQ(encode(used, raw), encode(spec, raw)) << text(spec);
        }
  }
}

/// Like a class map: most pixels repeat the one to the left or the one above.
Bytes class_map(std::size_t width, std::size_t height) {
  std::mt19937 random(3);
  Bytes map(width * height);
  for (std::size_t i = 0; i < map.size(); ++i) {
    const auto r = random() % 100;
    if (i < width || r < 4)
      map[i] = static_cast<std::byte>(random() % 9);
    else
      map[i] = r < 60 ? map[i - 1] : map[i - width];
  }
  return map;
}

/// Like differences of 16-bit measurements: a noisy low byte, a high byte that is the sign.
Bytes sensor_noise(std::size_t pixels) {
  std::mt19937 random(4);
  Bytes noise;
  while (noise.size() < 2 * pixels) {
    const int value = static_cast<int>(random() % 64 + random() % 64 + random() % 64) - 96;
    noise.push_back(static_cast<std::byte>(value & 0xFF));
    noise.push_back(static_cast<std::byte>(value < 0 ? 0xFF : 0));
  }
  return noise;
}

/// Like differences of 16-bit measurements of little noise: pairs of pixels repeat, longer runs do
/// not.
Bytes calm_sensor(std::size_t pixels) {
  std::mt19937 random(5);
  Bytes noise;
  while (noise.size() < 2 * pixels) {
    const int value = static_cast<int>(random() % 32 + random() % 32 + random() % 32) - 48;
    noise.push_back(static_cast<std::byte>(value & 0xFF));
    noise.push_back(static_cast<std::byte>(value < 0 ? 0xFF : 0));
  }
  return noise;
}

Bytes by_isal(const Bytes& raw) {
  Bytes packed(kernels::Encoder({Codec::kDeflate, 1}).bound(raw.size()));
  packed.resize(kernels::IsalDeflate().compress(raw, packed));
  return packed;
}

TEST(Codec, DefaultEffortFollowsTheData) {
  const Bytes noise = sensor_noise(100000);
  const Bytes map = class_map(512, 512);
  const Bytes calm = calm_sensor(1 << 20);
  if (kernels::has_isal())
    EXPECT_EQ(encode({Codec::kDeflate, 0}, noise), by_isal(noise));
  else
    EXPECT_EQ(encode({Codec::kDeflate, 0}, noise), encode({Codec::kDeflate, 1}, noise));
  EXPECT_EQ(encode({Codec::kDeflate, 0}, calm), encode({Codec::kDeflate, 1}, calm));
  EXPECT_EQ(encode({Codec::kDeflate, 0}, map), encode({Codec::kDeflate, 6}, map));
  EXPECT_EQ(encode({Codec::kZstd, 0}, noise), encode({Codec::kZstd, 5}, noise));
  EXPECT_EQ(encode({Codec::kZstd, 0}, map), encode({Codec::kZstd, 9}, map));
}

TEST(Codec, ZstdLooksForShortMatchesWhereThereAreMany) {
  const Bytes calm = calm_sensor(1 << 20);
  const auto size = encode({Codec::kZstd, 0}, calm).size();
  EXPECT_LT(size, encode({Codec::kZstd, 5}, calm).size());
  EXPECT_LT(size, encode({Codec::kZstd, 9}, calm).size());
}

TEST(Codec, EveryZstdEffortLeavesNothingBehind) {
  const Bytes tiles[] = {class_map(512, 512), calm_sensor(200000), sensor_noise(200000)};
  Encoder used({Codec::kZstd, 0});
  for (const std::size_t i : {0u, 1u, 2u, 1u, 0u, 2u, 2u, 0u, 1u, 1u}) {
    const Bytes packed = encode(used, tiles[i]);
    EXPECT_EQ(packed, encode({Codec::kZstd, 0}, tiles[i])) << i;
    EXPECT_EQ(decode(Codec::kZstd, packed, tiles[i].size()), tiles[i]) << i;
  }
}

TEST(ShortRepeats, CountsFourBytesThatRepeatAndSixThatDoNot) {
  kernels::ShortRepeats repeats;
  for (int round = 0; round < 2; ++round) {  // what was seen before is forgotten
    EXPECT_GT(repeats.share(calm_sensor(1 << 20)), 0.7);
    EXPECT_LT(repeats.share(sensor_noise(1 << 20)), 0.6);
    EXPECT_LT(repeats.share(class_map(512, 512)), 0.1);
    EXPECT_LT(repeats.share(make_bytes(Pattern::kRandom, 1 << 20)), 0.01);
    EXPECT_LT(repeats.share(make_bytes(Pattern::kConstant, 1 << 20)), 0.01);
    EXPECT_EQ(repeats.share(Bytes(7)), 0);
    EXPECT_EQ(repeats.share({}), 0);
  }
}

TEST(QuickerOf, TriesBothAndStaysWithTheQuicker) {
  kernels::QuickerOf quicker;
  const auto share_of_second = [&](double first, double second, int rounds) {
    int seconds = 0;
    for (int i = 0; i < rounds; ++i) {
      const std::size_t way = quicker.next();
      quicker.took(way, way == 0 ? first : second);
      seconds += static_cast<int>(way);
    }
    return static_cast<double>(seconds) / rounds;
  };
  EXPECT_LT(share_of_second(1, 1.2, 1000), 0.05);
  EXPECT_GT(share_of_second(1, 1.2, 1000), 0.01) << "the slower one is never tried again";
  EXPECT_GT(share_of_second(1, 0.8, 1000), 0.8) << "what has changed is not noticed";
}

TEST(QuickerOf, OneInterruptionDoesNotCount) {
  kernels::QuickerOf quicker;
  quicker.took(0, 1.0);
  quicker.took(1, 1.5);
  quicker.took(0, 1000.0);
  EXPECT_EQ(quicker.next(), 0U);
}

TEST(Repeats, TellNoiseFromWhatCanBeFound) {
  kernels::Repeats repeats;
  for (int round = 0; round < 2; ++round) {  // what was seen before is forgotten
    const auto noise = repeats.look(make_bytes(Pattern::kRandom, 1 << 20));
    EXPECT_LT(noise.four, 0.01);
    const auto constant = repeats.look(make_bytes(Pattern::kConstant, 1 << 20));
    EXPECT_GT(constant.eight, 0.99);
    const auto map = repeats.look(class_map(512, 512));
    EXPECT_GT(map.four - map.eight, 0.2);
    EXPECT_EQ(repeats.look(Bytes(7)).four, 0);
    EXPECT_EQ(repeats.look({}).eight, 0);
  }
}

TEST(Codec, IgnoresWhatFollows) {
  for (const Codec codec : {Codec::kNone, Codec::kDeflate, Codec::kZstd, Codec::kLzw})
    for (const Pattern pattern : kPatterns) {
      const Bytes raw = make_bytes(pattern, 70000);
      Bytes packed = encode({codec, 0}, raw);
      for (const std::size_t size : {1u, 2u, 999u, 65536u, 69999u})
        ASSERT_EQ(decode(codec, packed, size),
                  Bytes(raw.begin(), raw.begin() + static_cast<std::ptrdiff_t>(size)))
            << name_of(codec) << " " << size;
      packed.resize(packed.size() + 100, std::byte{0x5A});
      EXPECT_EQ(decode(codec, packed, raw.size()), raw) << name_of(codec);
    }
}

TEST(Codec, StopsAtTheFirstZstdFrame) {
  const Bytes raw = make_bytes(Pattern::kText, 1000);
  Bytes packed = encode({Codec::kZstd, 0}, raw);
  const Bytes second = packed;
  packed.insert(packed.end(), second.begin(), second.end());
  EXPECT_EQ(decode(Codec::kZstd, packed, 1000), raw);
  EXPECT_THROW(decode(Codec::kZstd, packed, 2000), CodecError);
}

TEST(Codec, RefusesTooFewBytes) {
  for (const Codec codec : {Codec::kNone, Codec::kDeflate, Codec::kZstd, Codec::kLzw})
    for (const std::size_t size : {0u, 1u, 1000u}) {
      const Bytes packed = encode({codec, 0}, make_bytes(Pattern::kNoise, size));
      EXPECT_THROW(decode(codec, packed, size + 1), CodecError) << name_of(codec) << " " << size;
    }
}

TEST(Codec, ChecksLevels) {
  for (const CodecSpec spec :
       {CodecSpec{Codec::kDeflate, -1}, CodecSpec{Codec::kDeflate, 13}, CodecSpec{Codec::kZstd, -1},
        CodecSpec{Codec::kZstd, 23}, CodecSpec{Codec::kLzw, 1}, CodecSpec{Codec::kPackBits, 0}})
    EXPECT_THROW(Encoder{spec}, std::invalid_argument) << text(spec);
}

TEST(Codec, RefusesASmallBuffer) {
  Encoder encoder({Codec::kLzw, 0});
  const Bytes raw = make_bytes(Pattern::kRandom, 100);
  Bytes out(encoder.bound(raw.size()) - 1);
  EXPECT_THROW(encoder.encode(raw, out), std::invalid_argument);
}

TEST(PackBits, DecodesTheExampleOfApple) {
  const unsigned char packed[] = {0xFE, 0xAA, 0x02, 0x80, 0x00, 0x2A, 0xFD, 0xAA,
                                  0x03, 0x80, 0x00, 0x2A, 0x22, 0x80, 0xF7, 0xAA};
  const unsigned char raw[] = {0xAA, 0xAA, 0xAA, 0x80, 0x00, 0x2A, 0xAA, 0xAA,
                               0xAA, 0xAA, 0x80, 0x00, 0x2A, 0x22, 0xAA, 0xAA,
                               0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA};
  Bytes out(sizeof raw);
  Decoder(Codec::kPackBits).decode(std::as_bytes(std::span(packed)), out);
  EXPECT_TRUE(std::equal(out.begin(), out.end(), std::as_bytes(std::span(raw)).begin()));
  EXPECT_THROW(Decoder(Codec::kPackBits).decode(std::as_bytes(std::span(packed).first(15)), out),
               CodecError);
}

}  // namespace
}  // namespace cogmill::tests
