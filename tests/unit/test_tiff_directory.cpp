// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tiff_images.hpp"
#include "src/report/error.hpp"
#include "tests/unit/io_files.hpp"
#include "tests/unit/tiny_tiff.hpp"

#include <gmock/gmock.h>

#include <functional>

namespace cogmill::io {
namespace {

using report::RuntimeError;
using ::testing::HasSubstr;

class TiffDirectoryTest : public ::testing::Test {
 protected:
  TiffImages read(const std::string& path) { return read_tiff_images(*ByteReader::open(path)); }

  TiffImages read(const TinyTiff& tiff) {
    write_bytes(path_, tiff.bytes());
    return read(path_);
  }

  /// @return the message, or "" if nothing was thrown
  std::string message(const TinyTiff& tiff) {
    try {
      read(tiff);
    } catch (const RuntimeError& e) {
      return e.what();
    }
    return "";
  }

  tests::TempDir dir_;
  std::string path_ = dir_.file("tiny.tif");
};

TEST_F(TiffDirectoryTest, TellsWhatGdalWrote) {
  const FileSpec spec{67,
                      45,
                      3,
                      kernels::DataType::kFloat32,
                      {"TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16", "COMPRESS=DEFLATE",
                       "PREDICTOR=3", "INTERLEAVE=BAND", "ENDIANNESS=BIG", "BIGTIFF=YES"}};
  ASSERT_TRUE(make_tiff(path_, spec));
  const TiffDirectory d = read(path_).image;
  EXPECT_EQ(d.width, 67);
  EXPECT_EQ(d.height, 45);
  EXPECT_EQ(d.block_width, 32);
  EXPECT_EQ(d.block_height, 16);
  EXPECT_TRUE(d.tiled && d.separate && d.big_endian && d.bigtiff);
  EXPECT_EQ(d.samples, 3);
  EXPECT_EQ(d.bits, 32);
  EXPECT_EQ(d.sample_format, 3);
  EXPECT_EQ(compression_name(d.compression), "DEFLATE");
  EXPECT_EQ(d.predictor, 3);
  EXPECT_EQ(d.block_count(), 3 * 3 * 3);
  EXPECT_EQ(d.stored_blocks(), 27);
  EXPECT_EQ(d.offsets.size(), 27u);
  EXPECT_EQ(d.block_index(2, 1, 1), 2 * 9 + 4);
}

TEST_F(TiffDirectoryTest, LastStripIsShort) {
  const FileSpec spec{67, 45, 2, kernels::DataType::kInt16, {"BLOCKYSIZE=8", "COMPRESS=LZW"}};
  ASSERT_TRUE(make_tiff(path_, spec));
  const TiffDirectory d = read(path_).image;
  EXPECT_FALSE(d.tiled);
  EXPECT_EQ(d.blocks_down(), 6);
  EXPECT_EQ(d.block_window(0, 5), (Window{0, 40, 67, 5}));
  EXPECT_EQ(d.block_bytes(5), 67 * 2 * 2 * 5);
}

TEST_F(TiffDirectoryTest, OneLongStripBecomesVirtualOnes) {
  TinyTiff tiff;
  const std::uint32_t data = tiff.add_data(1000 * 1000, std::byte{7});
  tiff.add_directory(
      with(image_tags(1000, 1000), {{273, {data}}, {278, {1000}}, {279, {1000 * 1000}}}));
  const TiffDirectory d = read(tiff).image;
  EXPECT_EQ(d.block_height, 262);
  ASSERT_EQ(d.offsets.size(), 4u);
  EXPECT_EQ(d.offsets[1], data + 262 * 1000);
  EXPECT_EQ(d.byte_counts[3], (1000u - 3 * 262) * 1000);
}

TEST_F(TiffDirectoryTest, AShortStripIsNotCutBeyondItsEnd) {
  TinyTiff tiff;
  const std::uint32_t data = tiff.add_data(1000 * 1000, std::byte{7});
  tiff.add_directory(
      with(image_tags(1000, 1000), {{273, {data}}, {278, {1000}}, {279, {300 * 1000}}}));
  const TiffDirectory d = read(tiff).image;
  if (d.byte_counts.size() == 1) GTEST_SKIP() << "libtiff replaced the byte count";
  ASSERT_EQ(d.byte_counts.size(), 4u);
  EXPECT_LT(d.byte_counts[3], 214u * 1000 + 1);
}

TEST_F(TiffDirectoryTest, FindsTheMaskAndNotItsOverview) {
  TinyTiff tiff;
  const std::uint32_t data = tiff.add_data(64, std::byte{255});
  const std::vector<TinyTag> strip = {{273, {data}}, {278, {8}}, {279, {64}}};
  tiff.add_directory(with(image_tags(8, 8), strip));
  tiff.add_directory(with({{254, {5}}}, with(image_tags(4, 4), strip)));
  tiff.add_directory(with({{254, {1}}}, with(image_tags(4, 4), strip)));
  EXPECT_FALSE(read(tiff).mask.has_value());
  tiff.add_directory(with({{254, {4}}}, with(image_tags(8, 8), strip)));
  const TiffImages images = read(tiff);
  ASSERT_TRUE(images.mask.has_value());
  EXPECT_EQ(images.mask->width, 8);
}

TEST_F(TiffDirectoryTest, LoopsAreRefused) {
  TinyTiff tiff;
  const std::uint32_t data = tiff.add_data(64, std::byte{1});
  const auto tags = with(image_tags(8, 8), {{273, {data}}, {278, {8}}, {279, {64}}});
  const std::uint32_t first = tiff.add_directory(tags);
  EXPECT_EQ(message(tiff), "");
  tiff.set_link(first);
  EXPECT_THAT(message(tiff), HasSubstr("loop"));
  tiff.add_directory(tags);
  tiff.set_link(first);
  EXPECT_THAT(message(tiff), HasSubstr("loop"));
}

TEST_F(TiffDirectoryTest, OverlappingDirectoriesAreRefused) {
  // Three entries at byte 10; the first one's tag is the number of entries of a directory there.
  std::vector<std::byte> file(52, std::byte{0});
  const auto put = [&](std::size_t at, int value) { file[at] = static_cast<std::byte>(value); };
  put(0, 'I'), put(1, 'I'), put(2, 42), put(4, 8);
  put(8, 3), put(10, 3), put(46, 10);
  write_bytes(path_, file);
  try {
    read(path_);
    ADD_FAILURE() << "not refused";
  } catch (const RuntimeError& e) {
    EXPECT_THAT(e.what(), HasSubstr("overlap"));
  }
}

TEST_F(TiffDirectoryTest, CutFilesAreTruncated) {
  TinyTiff tiff;
  const std::uint32_t data = tiff.add_data(64, std::byte{1});
  tiff.add_directory(with(image_tags(8, 8), {{273, {data}}, {278, {8}}, {279, {64}}}));
  const std::vector<std::byte> whole = tiff.bytes();
  for (std::size_t size = 1; size < whole.size(); ++size) {
    write_bytes(path_, {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
    EXPECT_THROW(read(path_), RuntimeError) << size;
  }
  tiff.set_link(1 << 30);
  EXPECT_THAT(message(tiff), HasSubstr("is truncated: it has a directory at byte 1073741824"));
}

TEST_F(TiffDirectoryTest, AbsurdNumbersAreRefusedBeforeAnythingIsAllocated) {
  const auto tiled = [](std::uint32_t width, std::uint32_t height, std::uint32_t tile_width,
                        std::uint32_t tile_height, std::uint32_t bands) {
    TinyTiff tiff;
    std::vector<TinyTag> tags = image_tags(width, height);
    tags.back().values = {bands};
    tiff.add_directory(
        with(tags, {{322, {tile_width}}, {323, {tile_height}}, {324, {8}}, {325, {64}}}));
    return tiff;
  };
  EXPECT_THAT(message(tiled(1u << 30, 1u << 30, 1u << 14, 1u << 15, 1)),  // 2^31 tiles
              HasSubstr("it claims 2147483648 blocks"));
  EXPECT_THAT(message(tiled(1u << 30, 1u << 30, 1024, 1024, 1)), HasSubstr("damaged"));  // 2^40
  EXPECT_THAT(message(tiled(16, 16, 1u << 30, 1u << 30, 1)), HasSubstr("absurd block size"));
  EXPECT_THAT(message(tiled(4000000000u, 16, 16, 16, 1)), HasSubstr("absurd size"));
  EXPECT_THAT(message(tiled(4294967295u, 16, 16, 16, 1)), HasSubstr("damaged"));
  EXPECT_THAT(message(tiled(0, 16, 16, 16, 1)), HasSubstr("damaged"));
  EXPECT_THAT(message(tiled(16, 16, 0, 16, 1)), HasSubstr("damaged"));
  EXPECT_THAT(message(tiled(16, 16, 30000, 30000, 65535)), HasSubstr("damaged"));
}

TEST_F(TiffDirectoryTest, HugeStripsAreNotCutIntoMillions) {
  TinyTiff tiff;
  tiff.add_directory(with(image_tags(1u << 20, 2147483647u),
                          {{273, {8}}, {278, {2147483647u}}, {279, {4000000000u}}}));
  try {
    EXPECT_LE(read(tiff).image.offsets.size(), 1u);
  } catch (const RuntimeError& e) {
    EXPECT_THAT(e.what(), HasSubstr("damaged"));
  }
}

TEST_F(TiffDirectoryTest, OtherFilesAreNotTiffs) {
  write_bytes(path_, std::vector<std::byte>(100, std::byte{'I'}));
  EXPECT_THROW(read(path_), RuntimeError);
  write_bytes(path_, {});
  EXPECT_THROW(read(path_), RuntimeError);
}

}  // namespace
}  // namespace cogmill::io
