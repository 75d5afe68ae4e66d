// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// ISA-L beside libdeflate and zlib. Its machine code is not seen by sanitizers, so memory has
// walls.
#include "kernels/isal_deflate.hpp"
#include "kernels/isal_place.hpp"
#include "tests/unit/codec_data.hpp"
#include "tests/unit/guarded_bytes.hpp"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <vector>
#include <zlib.h>

namespace cogmill::tests {
namespace {

using Wall = GuardedBytes::Wall;
using kernels::IsalDeflate;
using kernels::IsalInflate;

constexpr std::size_t kMost = std::size_t{256} << 10;

class Isal : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!kernels::has_isal()) GTEST_SKIP() << "built without ISA-L: NOTHING OF IT IS TESTED";
  }

  Bytes compress(const Bytes& raw) {
    Bytes packed(libdeflate_zlib_compress_bound(nullptr, raw.size()));
    packed.resize(deflate_.compress(raw, packed));
    return packed;
  }
  /// Both decoders get exactly their bytes, with a wall behind or before them.
  /// @return whether ISA-L accepts the stream, which libdeflate then has to read alike
  bool accepts(std::span<const std::byte> packed, std::size_t size, Wall wall) {
    const auto in = in_.copy(wall, packed);
    const auto out = out_.at(wall, size);
    std::ranges::fill(out, std::byte{0xA5});
    if (!inflate_.decompress(in, out)) return false;
    Bytes expected(size);
    std::size_t filled = 0;
    EXPECT_EQ(libdeflate_zlib_decompress(decompressor_, in.data(), in.size(), expected.data(), size,
                                         &filled),
              LIBDEFLATE_SUCCESS);
    EXPECT_EQ(filled, size);
    EXPECT_TRUE(std::ranges::equal(out, expected));
    return true;
  }

  ~Isal() override { libdeflate_free_decompressor(decompressor_); }

  IsalDeflate deflate_;
  IsalInflate inflate_;
  GuardedBytes in_{kMost}, out_{kMost};
  libdeflate_decompressor* decompressor_ = libdeflate_alloc_decompressor();
};

Bytes by_libdeflate(const Bytes& raw, int level) {
  libdeflate_compressor* const compressor = libdeflate_alloc_compressor(level);
  Bytes packed(libdeflate_zlib_compress_bound(compressor, raw.size()));
  packed.resize(
      libdeflate_zlib_compress(compressor, raw.data(), raw.size(), packed.data(), packed.size()));
  libdeflate_free_compressor(compressor);
  return packed;
}

TEST_F(Isal, WhatItWritesOthersRead) {
  for (const Pattern pattern : kPatterns)
    for (const std::size_t size :
         {0U, 1U, 2U, 3U, 5U, 257U, 4096U, 65535U, 65536U, 65537U, 200000U}) {
      const Bytes raw = make_bytes(pattern, size);
      const Bytes packed = compress(raw);
      ASSERT_FALSE(packed.empty()) << size;
      Bytes back(size + 1);
      uLongf filled = back.size();
      ASSERT_EQ(uncompress(reinterpret_cast<Bytef*>(back.data()), &filled,
                           reinterpret_cast<const Bytef*>(packed.data()), packed.size()),
                Z_OK);
      back.resize(filled);
      EXPECT_EQ(back, raw) << static_cast<int>(pattern) << " " << size;
      for (const Wall wall : {Wall::kBehind, Wall::kBefore})
        EXPECT_TRUE(accepts(packed, size, wall)) << static_cast<int>(pattern) << " " << size;
    }
}

/// A pattern that comes again and again: matches with the first bytes matter most.
Bytes repeated(std::mt19937& random) {
  Bytes bytes(1024 + random() % 8000);
  const std::size_t period = 1 + random() % 2000;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = i < period ? static_cast<std::byte>(random()) : bytes[i - period];
  return bytes;
}

TEST_F(Isal, ItWritesTheSameBytesInEveryThread) {
  std::mt19937 random(13);
  std::vector<IsalDeflate> elsewhere(12);
  for (int round = 0; round < 5000; ++round) {
    const Bytes raw = repeated(random);
    const Bytes expected = compress(raw);
    for (IsalDeflate& other : elsewhere) {
      Bytes packed(libdeflate_zlib_compress_bound(nullptr, raw.size()));
      packed.resize(other.compress(raw, packed));
      ASSERT_EQ(packed, expected) << round;
    }
  }
}

TEST(IsalPlace, AllPlacesHaveOneHash) {
  std::vector<std::unique_ptr<kernels::IsalPlace>> places;
  for (int i = 0; i < 600; ++i) {
    places.push_back(std::make_unique<kernels::IsalPlace>(100000));
    const void* const data = places.back()->data();
    EXPECT_EQ(kernels::IsalPlace::hash_of(data), kernels::IsalPlace::hash_of(places[0]->data()));
    for (int k = 0; k < i; ++k) ASSERT_NE(places[static_cast<std::size_t>(k)]->data(), data);
  }
}

TEST_F(Isal, ItReadsWhatLibdeflateWrites) {
  for (const int level : {0, 1, 6, 12})
    for (const Pattern pattern : kPatterns)
      for (const std::size_t size : {1U, 300U, 70000U, 200000U}) {
        const Bytes raw = make_bytes(pattern, size);
        EXPECT_TRUE(accepts(by_libdeflate(raw, level), size, Wall::kBehind))
            << level << " " << size;
      }
}

TEST_F(Isal, ItStaysInsideTheMemoryItIsGiven) {
  std::mt19937 random(11);
  int fitted = 0;
  for (int round = 0; round < 400; ++round) {
    const Bytes raw = make_bytes(kPatterns[round % 5], 1 + random() % 100000, random());
    const Bytes whole = compress(raw);
    for (const Wall wall : {Wall::kBehind, Wall::kBefore}) {
      const auto in = in_.copy(wall, raw);
      const auto out = out_.at(wall, random() % (whole.size() + 9));
      const std::size_t written = deflate_.compress(in, out);
      ASSERT_LE(written, out.size());
      if (written == 0) continue;
      ++fitted;  // room for less than the whole may lead to another stream, never to a wrong one
      const Bytes packed(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(written));
      EXPECT_TRUE(accepts(packed, raw.size(), wall));
    }
  }
  EXPECT_GT(fitted, 10);
}

TEST_F(Isal, DamagedStreamsAreRefusedOrRight) {
  std::mt19937 random(12);
  int refused = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::size_t size = 1 + random() % 20000;
    const Bytes raw = make_bytes(kPatterns[round % 5], size, random());
    Bytes packed =
        random() % 2 == 0 ? compress(raw) : by_libdeflate(raw, 1 + static_cast<int>(random() % 9));
    if (random() % 4 == 0) packed.resize(random() % packed.size());
    for (auto flips = random() % 4; flips > 0 && !packed.empty(); --flips)
      packed[random() % packed.size()] ^= static_cast<std::byte>(1u << random() % 8);
    const std::size_t asked = random() % 5 == 0 ? random() % (2 * size) : size;
    refused += accepts(packed, asked, round % 2 == 0 ? Wall::kBehind : Wall::kBefore) ? 0 : 1;
  }
  EXPECT_GT(refused, 1000);
  for (int round = 0; round < 20000; ++round) {  // what was never a stream
    Bytes noise(random() % 400);
    std::ranges::generate(noise, [&] { return static_cast<std::byte>(random()); });
    if (noise.size() > 2) noise[0] = std::byte{0x78}, noise[1] = std::byte{0x01};
    accepts(noise, random() % 5000, round % 2 == 0 ? Wall::kBehind : Wall::kBefore);
  }
}

TEST_F(Isal, StreamsBeginAlikeWithEveryVersion) {
  const Bytes packed = compress(make_bytes(Pattern::kNoise, 5000));
  EXPECT_EQ(packed[0], std::byte{0x78});
  EXPECT_EQ(packed[1], std::byte{0x01});
}

TEST_F(Isal, AWrongChecksumIsNoticed) {
  const Bytes raw = make_bytes(Pattern::kNoise, 5000);
  Bytes packed = compress(raw);
  ASSERT_TRUE(accepts(packed, raw.size(), Wall::kBehind));
  packed.back() ^= std::byte{1};
  EXPECT_FALSE(accepts(packed, raw.size(), Wall::kBehind));
}

TEST_F(Isal, OnlyWholeStreamsOfTheRightLengthAreAccepted) {
  const Bytes raw = make_bytes(Pattern::kNoise, 5000);
  const Bytes packed = compress(raw);
  EXPECT_FALSE(accepts(packed, raw.size() - 1, Wall::kBehind));
  EXPECT_FALSE(accepts(packed, raw.size() + 1, Wall::kBehind));
}

TEST(IsalVersion, IsKnownWhereItIsBuiltIn) {
  EXPECT_EQ(kernels::has_isal(), !kernels::isal_version().empty());
}

}  // namespace
}  // namespace cogmill::tests
