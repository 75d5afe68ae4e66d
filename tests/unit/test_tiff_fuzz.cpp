// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Thousands of damaged TIFFs: each can be read, or is refused with a RuntimeError. Worth most under
// AddressSanitizer.
#include "src/report/error.hpp"
#include "tests/unit/io_files.hpp"

#include <cpl_error.h>

#include <algorithm>
#include <random>
#include <sys/resource.h>

namespace cogmill::io {
namespace {

using kernels::DataType;

std::vector<FileSpec> seeds() {
  const std::string tiles = "TILED=YES";
  const std::string width = "BLOCKXSIZE=16";
  const std::string height = "BLOCKYSIZE=16";
  return {
      {20, 19, 2, DataType::kUInt8, {tiles, width, height, "COMPRESS=DEFLATE", "PREDICTOR=2"}},
      {20, 19, 2, DataType::kUInt16, {tiles, width, height, "COMPRESS=LZW", "INTERLEAVE=BAND"}},
      {20, 19, 1, DataType::kFloat32, {"COMPRESS=ZSTD", "PREDICTOR=3", "BLOCKYSIZE=5"}},
      {20, 19, 3, DataType::kInt16, {"COMPRESS=PACKBITS", "ENDIANNESS=BIG"}, -5},
      {20, 19, 1, DataType::kFloat64, {"BIGTIFF=YES", tiles, width, height}},
      {20, 19, 1, DataType::kInt32, {"BIGTIFF=YES", "ENDIANNESS=BIG", "COMPRESS=LZW"}},
  };
}

/// What happened to a file.
struct Tally {
  int refused = 0, read = 0, damaged = 0;
};

/// Reads everything, or the corners of what only claims to be large.
void read_all(const SceneInfo& scene, Tally& tally) {
  const auto source = open_source(scene, {OnError::kNodata, 10000});
  std::vector<int> bands = all_bands(scene);
  bands.resize(std::min<std::size_t>(bands.size(), 4));
  bands.push_back(kMaskBand);
  constexpr std::int64_t kSide = 40;
  const std::int64_t width = std::min(scene.width, kSide);
  const std::int64_t height = std::min(scene.height, kSide);
  for (const Window& window : {Window{0, 0, width, height},
                               Window{scene.width - width, scene.height - height, width, height}}) {
    DecodeReport report;
    read_ours(*source, scene, window, bands, &report);
    tally.damaged += report.corrupt.empty() ? 0 : 1;
  }
  ++tally.read;
}

void try_file(const std::string& path, Tally& tally) {
  try {
    read_all(read_scene_info(path), tally);
  } catch (const report::RuntimeError&) {
    ++tally.refused;
  }
}

/// One to four bytes changed, now and then to what breaks the most; or the end cut off.
std::vector<std::byte> mutate(std::vector<std::byte> bytes, std::mt19937& random) {
  const auto pick = [&](std::size_t end) { return static_cast<std::size_t>(random() % end); };
  if (pick(8) == 0) {
    bytes.resize(1 + pick(bytes.size() - 1));
    return bytes;
  }
  for (std::size_t n = 1 + pick(4); n > 0; --n) {
    constexpr std::byte kHard[] = {std::byte{0}, std::byte{0xFF}, std::byte{0x7F}, std::byte{0x80}};
    // Directories are small and hold most of what can go wrong: the first bytes and the last.
    const std::size_t zone = std::min<std::size_t>(bytes.size(), 600);
    const std::size_t at = pick(3) == 0   ? pick(bytes.size())
                           : pick(2) == 0 ? pick(zone)
                                          : bytes.size() - 1 - pick(zone);
    bytes[at] = pick(2) == 0 ? kHard[pick(4)] : static_cast<std::byte>(random());
  }
  return bytes;
}

TEST(TiffFuzz, DamagedFilesAreReadOrRefused) {
  CPLSetConfigOption("GDAL_CACHEMAX", "16");
  CPLPushErrorHandler(CPLQuietErrorHandler);
  const tests::TempDir dir;
  const std::string path = dir.file("fuzz.tif");
  std::mt19937 random(20240229);
  rusage before = {};
  ASSERT_EQ(getrusage(RUSAGE_SELF, &before), 0);
  Tally tally;
  for (const FileSpec& spec : seeds()) {
    const ConfigOption config("GDAL_TIFF_INTERNAL_MASK", "YES");
    {
      const GDALDatasetUniquePtr dataset = create_tiff(path, spec);
      ASSERT_EQ(dataset->CreateMaskBand(GMF_PER_DATASET), CE_None);
      ASSERT_EQ(dataset->GetRasterBand(1)->GetMaskBand()->Fill(255), CE_None);
      for (int b = 1; b <= spec.bands; ++b) write_band(*dataset, spec, b);
    }
    const std::vector<std::byte> whole = read_bytes(path);
    for (int n = 0; n < 350; ++n) {
      write_bytes(path, mutate(whole, random));
      try_file(path, tally);
    }
  }
  rusage after = {};
  ASSERT_EQ(getrusage(RUSAGE_SELF, &after), 0);
  CPLPopErrorHandler();
  EXPECT_EQ(tally.read + tally.refused, 6 * 350);
  EXPECT_GT(tally.read, 500);
  EXPECT_GT(tally.refused, 300);
  EXPECT_GT(tally.damaged, 100);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 600 * 1024) << "KiB";
}

}  // namespace
}  // namespace cogmill::io
