// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/byte_reader.hpp"
#include "src/report/error.hpp"
#include "tests/unit/io_files.hpp"

#include <cpl_vsi.h>

#include <algorithm>
#include <filesystem>

namespace cogmill::io {
namespace {

std::vector<std::byte> numbered(std::size_t size) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i * 7 + i / 256);
  return bytes;
}

void expect_reads(const std::string& path, const std::vector<std::byte>& bytes) {
  const auto reader = ByteReader::open(path);
  const auto size = static_cast<std::int64_t>(bytes.size());
  ASSERT_EQ(reader->size(), size);
  for (const auto& [offset, count] :
       std::vector<std::pair<std::int64_t, std::size_t>>{{0, bytes.size()}, {3, 100}, {size, 0}}) {
    std::vector<std::byte> out(count);
    reader->read_at(offset, out);
    EXPECT_TRUE(std::equal(out.begin(), out.end(), bytes.begin() + offset));
  }
  std::vector<std::byte> out(10);
  EXPECT_THROW(reader->read_at(size - 9, out), report::RuntimeError);
  EXPECT_THROW(reader->read_at(-1, out), report::RuntimeError);
  EXPECT_THROW(reader->read_at(INT64_MAX - 3, out), report::RuntimeError);
}

TEST(ByteReader, LocalFile) {
  const tests::TempDir dir;
  const auto bytes = numbered(5000);
  write_bytes(dir.file("a"), bytes);
  expect_reads(dir.file("a"), bytes);
}

TEST(ByteReader, VirtualFile) {
  const auto bytes = numbered(5000);
  const tests::TempDir dir;
  write_bytes(dir.file("a"), bytes);
  expect_reads("/vsisubfile/0_5000," + dir.file("a"), bytes);
}

TEST(ByteReader, MissingFileAndDirectory) {
  const tests::TempDir dir;
  EXPECT_THROW(ByteReader::open(dir.file("none")), report::RuntimeError);
  EXPECT_THROW(ByteReader::open("/vsimem/none"), report::RuntimeError);
  EXPECT_THROW(ByteReader::open(dir.path().string()), report::RuntimeError);
}

TEST(ByteReader, AFileCutWhileItIsReadIsAnError) {
  const tests::TempDir dir;
  write_bytes(dir.file("a"), numbered(5000));
  const auto reader = ByteReader::open(dir.file("a"));
  std::filesystem::resize_file(dir.file("a"), 2000);
  std::vector<std::byte> out(1000);
  reader->read_at(0, out);
  EXPECT_THROW(reader->read_at(1500, out), report::RuntimeError);
}

TEST(MergeRanges, JoinsNeighboursWithinTheGapAndTheLimit) {
  const std::vector<ByteRange> ranges = {{0, 10}, {12, 10}, {40, 10}, {41, 3}, {60, 200}, {70, 5}};
  const auto reads = merge_ranges(ranges, 5, 100);
  ASSERT_EQ(reads.size(), 3u);
  EXPECT_EQ(reads[0].range.size, 22);
  EXPECT_EQ(reads[0].last, 2u);
  EXPECT_EQ(reads[1].range.offset, 40);
  EXPECT_EQ(reads[1].range.size, 10);
  EXPECT_EQ(reads[2].range.size, 200);  // longer than the limit: alone, with what lies inside
  EXPECT_EQ(reads[2].last, 6u);
}

TEST(MergeRanges, EveryRangeIsInsideItsRead) {
  std::vector<ByteRange> ranges;
  for (std::int64_t i = 0; i < 500; ++i) ranges.push_back({i * 97 % 311 * 40, i * 31 % 90});
  std::sort(ranges.begin(), ranges.end(),
            [](const ByteRange& a, const ByteRange& b) { return a.offset < b.offset; });
  std::size_t next = 0;
  for (const MergedRead& read : merge_ranges(ranges, 16, 512)) {
    EXPECT_EQ(read.first, next);
    EXPECT_LE(read.range.size, 512);
    for (std::size_t i = read.first; i < read.last; ++i) {
      EXPECT_GE(ranges[i].offset, read.range.offset);
      EXPECT_LE(ranges[i].end(), read.range.end());
    }
    next = read.last;
  }
  EXPECT_EQ(next, ranges.size());
  EXPECT_TRUE(merge_ranges({}).empty());
}

}  // namespace
}  // namespace cogmill::io
