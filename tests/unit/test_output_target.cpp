// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/local_target.hpp"
#include "src/io/partial_folder.hpp"
#include "src/io/piece_path.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <sys/uio.h>

namespace cogmill::io {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

class LocalTargetTest : public testing::Test {
 protected:
  /// Writes "0123456789" by two ranks, the second in two parts.
  void fill(LocalTarget& first, LocalTarget& second) {
    first.create(10);
    first.open();
    second.open();
    first.write_at(0, bytes_of("0123"));
    std::string four = "45", six = "6789";
    std::array parts = {iovec{four.data(), 2}, iovec{six.data(), 4}};
    second.write_at(4, parts);
    first.sync();
    second.sync();
  }
  LocalTarget target() { return {folder_.path() / "growing", folder_.path() / "out.tif"}; }

  tests::TempDir folder_;
  fs::path out_ = folder_.path() / "out.tif";
};

TEST_F(LocalTargetTest, ManyWriteAndOnePublishes) {
  LocalTarget root = target(), other = target();
  EXPECT_FALSE(root.exists());
  fill(root, other);
  EXPECT_FALSE(root.exists()) << "it has no name yet";
  root.publish();
  EXPECT_EQ(text_of(out_), "0123456789");
  EXPECT_TRUE(root.exists());
  EXPECT_FALSE(fs::exists(folder_.path() / "growing"));
}

TEST_F(LocalTargetTest, WhatBelongsToAnOlderFileGoes) {
  put(out_, "old");
  for (const char* suffix : {".aux.xml", ".msk", ".ovr"}) put(out_.string() + suffix, "old");
  LocalTarget root = target(), other = target();
  fill(root, other);
  root.keep_beside("<new/>");
  root.publish();
  EXPECT_EQ(text_of(out_), "0123456789");
  EXPECT_EQ(text_of(out_.string() + ".aux.xml"), "<new/>");
  EXPECT_FALSE(fs::exists(out_.string() + ".msk"));
  EXPECT_FALSE(fs::exists(out_.string() + ".ovr"));
}

TEST_F(LocalTargetTest, AnAbandonedFileLeavesNothing) {
  put(out_, "old");
  LocalTarget root = target(), other = target();
  fill(root, other);
  root.keep_beside("<new/>");
  root.abandon();
  EXPECT_EQ(text_of(out_), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 1);
}

TEST_F(LocalTargetTest, SaysWhatIsInItsPlace) {
  const auto complaint = [&] {
    try {
      require_new(target(), "piece");
    } catch (const std::exception& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  EXPECT_EQ(complaint(), "");
  put(out_.string() + ".msk", "old");
  EXPECT_EQ(complaint(), out_.string() + ".msk exists and would be read as a part of the piece " +
                             out_.string() + ": move it away, or give --overwrite to remove it");
  put(out_, "old");
  EXPECT_EQ(complaint(), "the piece " + out_.string() + " exists: give --overwrite to replace it");
  fs::remove(out_);
  fs::create_symlink("nowhere", out_);
  EXPECT_TRUE(target().exists()) << "a dangling link is there too";
}

TEST_F(LocalTargetTest, RemovesWhatWasPublished) {
  put(out_, "old");
  put(out_.string() + ".aux.xml", "old");
  EXPECT_TRUE(target().remove_published());
  EXPECT_FALSE(target().exists());
  EXPECT_FALSE(target().remove_published());
}

TEST_F(LocalTargetTest, FailuresNameTheFile) {
  LocalTarget nowhere(folder_.path() / "no" / "growing", out_);
  EXPECT_THROW(nowhere.create(10), std::runtime_error);
  EXPECT_THROW(nowhere.open(), std::runtime_error);
  EXPECT_THROW(nowhere.publish(), std::runtime_error);
}

TEST(PartialFolder, RemovesOnlyWhatItEntered) {
  const tests::TempDir folder;
  const std::string output = folder.path() / "out.tif";
  PartialFolder running(output, "");
  running.create();
  put(running.output_file(), "growing");
  { const PartialFolder planned(output, ""); }  // as a dry run beside a running job has it
  EXPECT_EQ(text_of(running.output_file()), "growing");
}

TEST(PiecePath, LiesBesideTheVrt) {
  EXPECT_EQ(piece_path("a/out.vrt", 3), "a/out_00003.tif");
  EXPECT_EQ(piece_path("out.vrt", 123456), "out_123456.tif");
  EXPECT_EQ(piece_name("a.b/c.d.vrt", 0), "c.d_00000.tif");
}

}  // namespace
}  // namespace cogmill::io
