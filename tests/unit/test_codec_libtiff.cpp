// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/codec_data.hpp"
#include "tests/unit/raw_tiff.hpp"

#include <gtest/gtest.h>

namespace cogmill::tests {
namespace {

using kernels::Codec;

struct Tag {
  Codec codec;
  std::uint16_t compression;
};
constexpr Tag kTags[] = {{Codec::kNone, COMPRESSION_NONE},
                         {Codec::kDeflate, COMPRESSION_ADOBE_DEFLATE},
                         {Codec::kLzw, COMPRESSION_LZW},
                         {Codec::kPackBits, COMPRESSION_PACKBITS}};

TEST(CodecAndLibtiff, WeReadWhatLibtiffWrites) {
  for (const Tag tag : kTags)
    for (const std::uint32_t size : {16u, 128u, 256u})
      for (const Pattern pattern : kPatterns) {
        RawTiff tiff;
        tiff.compression = tag.compression;
        tiff.size = size;
        const Bytes raw = make_bytes(pattern, tiff.bytes());
        ASSERT_EQ(decode(tag.codec, tiff.compress(raw), raw.size()), raw)
            << name_of(tag.codec) << " " << size << " pattern " << static_cast<int>(pattern);
      }
}

TEST(CodecAndLibtiff, LibtiffReadsWhatWeWrite) {
  for (const Tag tag : kTags) {
    if (tag.codec == Codec::kPackBits) continue;
    for (const std::uint32_t size : {16u, 128u, 256u})
      for (const Pattern pattern : kPatterns) {
        RawTiff tiff;
        tiff.compression = tag.compression;
        tiff.size = size;
        const Bytes raw = make_bytes(pattern, tiff.bytes());
        ASSERT_EQ(tiff.decompress(encode({tag.codec, 0}, raw)), raw)
            << name_of(tag.codec) << " " << size << " pattern " << static_cast<int>(pattern);
      }
  }
}

TEST(CodecAndLibtiff, OurLzwIsAsSmallAsLibtiffs) {
  RawTiff tiff;
  tiff.compression = COMPRESSION_LZW;
  tiff.size = 256;
  for (const Pattern pattern : kPatterns) {
    const Bytes raw = make_bytes(pattern, tiff.bytes());
    EXPECT_LE(static_cast<double>(encode({Codec::kLzw, 0}, raw).size()),
              1.01 * static_cast<double>(tiff.compress(raw).size()) + 8);
  }
}

}  // namespace
}  // namespace cogmill::tests
