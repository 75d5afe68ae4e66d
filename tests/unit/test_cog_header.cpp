// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/cog_header.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace cogmill::io {
namespace {

std::uint64_t main_ifd(bool big, bool separate, bool mask) {
  const std::uint64_t end = (big ? 16 : 8) + ghost_area_text(separate, mask).size();
  return end + end % 2;
}

/// The six positions of reference GDAL files.
TEST(GhostArea, MainDirectoryStandsWhereGdalPutsIt) {
  EXPECT_EQ(main_ifd(false, false, false), 192U);
  EXPECT_EQ(main_ifd(true, false, false), 200U);
  EXPECT_EQ(main_ifd(false, false, true), 226U);
  EXPECT_EQ(main_ifd(true, false, true), 234U);
  EXPECT_EQ(main_ifd(false, true, false), 208U);
  EXPECT_EQ(main_ifd(true, true, false), 216U);
}

TEST(GhostArea, TextIsExact) {
  EXPECT_EQ(ghost_area_text(false, true),
            "GDAL_STRUCTURAL_METADATA_SIZE=000174 bytes\n"
            "LAYOUT=IFDS_BEFORE_DATA\n"
            "BLOCK_ORDER=ROW_MAJOR\n"
            "BLOCK_LEADER=SIZE_AS_UINT4\n"
            "BLOCK_TRAILER=LAST_4_BYTES_REPEATED\n"
            "KNOWN_INCOMPATIBLE_EDITION=NO\n "
            "MASK_INTERLEAVED_WITH_IMAGERY=YES\n");
}

CogStructure two_levels(bool big) {
  CogStructure s;
  s.bigtiff = big;
  s.levels = {{1000, 700}, {500, 350}};
  s.tile = 512;
  s.bands = 3;
  TiffTag bits{258, 3, 3, std::vector<std::byte>(6, std::byte{0})};
  TiffTag late{42113, 2, 2, {std::byte{'0'}, std::byte{0}}};
  s.main_tags = {bits, late};
  s.overview_tags = {bits};
  return s;
}

template <class T>
T number_at(const std::vector<std::byte>& bytes, std::size_t at) {
  T value{};
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

TEST(CogHeader, SizeDoesNotDependOnTheTiles) {
  for (const bool big : {false, true}) {
    const CogStructure s = two_levels(big);
    const std::vector<partition::LevelTileBytes> sizes = {{{10, 20, 30, 0}, {}}, {{5}, {}}};
    const auto layout = partition::place_tiles(sizes, s.frame_rule(), header_bytes(s));
    const auto header = make_header(s, sizes, layout);
    EXPECT_EQ(header.size(), header_bytes(s));
    EXPECT_EQ(header.size() % 2, 0U);
    EXPECT_EQ(layout.levels[1].image[0], header.size() + 4);  // smallest level first
  }
}

/// Tags ascend, as TIFF demands, and the chain of directories ends.
TEST(CogHeader, DirectoriesAreSortedAndChained) {
  const CogStructure s = two_levels(false);
  const std::vector<partition::LevelTileBytes> sizes = {{{10, 20, 30, 0}, {}}, {{5}, {}}};
  const auto layout = partition::place_tiles(sizes, s.frame_rule(), header_bytes(s));
  const auto header = make_header(s, sizes, layout);
  std::size_t position = number_at<std::uint32_t>(header, 4);
  EXPECT_EQ(position, 192U);
  int directories = 0;
  while (position != 0) {
    ++directories;
    const auto count = number_at<std::uint16_t>(header, position);
    std::uint16_t last = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const auto tag = number_at<std::uint16_t>(header, position + 2 + 12 * i);
      EXPECT_GT(tag, last);
      last = tag;
    }
    position = number_at<std::uint32_t>(header, position + 2 + 12 * std::size_t{count});
  }
  EXPECT_EQ(directories, 2);
}

}  // namespace
}  // namespace cogmill::io
