// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// A job that fails on one rank ends on all of them, and the same ranks can do the next one.
#include "src/cli/run.hpp"
#include "src/exchange/packing.hpp"
#include "tests/ranks/rank_cases.hpp"
#include "tests/support/temp_dir.hpp"

#include <gdal_priv.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace cogmill::cli {
namespace {

namespace fs = std::filesystem;
using exchange::Communicator;

constexpr int kSize = 512, kTile = 64;

/// Noise in DEFLATE tiles, so that a damaged byte is noticed.
void write_scene(const std::string& path) {
  GDALAllRegister();
  const char* const options[] = {"TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "COMPRESS=DEFLATE",
                                 nullptr};
  GDALDriver* const driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  const std::unique_ptr<GDALDataset> file(
      driver->Create(path.c_str(), kSize, kSize, 1, GDT_Byte, const_cast<char**>(options)));
  ASSERT_TRUE(file);
  std::mt19937 random(5);
  std::vector<std::uint8_t> row(kSize);
  for (int y = 0; y < kSize; ++y) {
    for (auto& pixel : row) pixel = static_cast<std::uint8_t>(1 + random() % 200);
    ASSERT_EQ(file->GetRasterBand(1)->RasterIO(GF_Write, 0, y, kSize, 1, row.data(), kSize, 1,
                                               GDT_Byte, 0, 0),
              CE_None);
  }
}

/// Overwrites a part of the pixels of the last tiles.
void damage(const std::string& path) {
  const auto size = static_cast<std::streamoff>(fs::file_size(path));
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(size - size / 20);
  file << std::string(300, 'x');
  ASSERT_TRUE(file.good());
}

int run_words(std::vector<std::string> words, Communicator& comm) {
  words.insert(words.begin(), "cogmill");
  words.insert(words.end(), {"--co", "BLOCKSIZE=128", "--threads", "1", "--progress", "none"});
  std::vector<const char*> arguments;
  for (const std::string& word : words) arguments.push_back(word.c_str());
  return run(static_cast<int>(arguments.size()), arguments.data(), comm);
}

class FailingJobsTest : public tests::RankTest {};

TEST_P(FailingJobsTest, RanksOfAJobThatFailedDoTheNext) {
  on_each_rank([](Communicator& comm) {
    const auto folder =
        comm.is_root() ? std::optional<tests::TempDir>(std::in_place) : std::nullopt;
    const fs::path at = exchange::unpack_text(
        comm.broadcast(exchange::pack_text(folder ? folder->path().string() : "")));
    const std::string good = at / "good.tif", bad = at / "bad.tif";
    if (comm.is_root()) {
      write_scene(good);
      fs::copy_file(good, bad);
      damage(bad);
    }
    comm.barrier();
    for (const char* const name : {"out.tif", "out.vrt"}) {
      const std::string out = at / name;
      for (int times = 0; times < 2; ++times) {
        EXPECT_EQ(run_words({"convert", bad, out, "--overwrite"}, comm), 1);
        EXPECT_EQ(fs::exists(out), times > 0) << "an old output stays as it was";
        EXPECT_FALSE(fs::exists(out + ".partial"));
        comm.barrier();
        EXPECT_EQ(run_words({"convert", good, out, "--overwrite"}, comm), 0);
        EXPECT_TRUE(fs::exists(out));
        comm.barrier();
      }
    }
  });
}

INSTANTIATE_TEST_SUITE_P(On, FailingJobsTest, testing::ValuesIn(tests::ranks_to_test()),
                         tests::name_of);

}  // namespace
}  // namespace cogmill::cli
