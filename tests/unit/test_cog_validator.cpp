// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// COGs that GDAL wrote are valid; with any one property broken they are not, for GDAL's own script
// and for ours alike.
#include "src/io/cog_validator.hpp"
#include "src/report/error.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/cog_files.hpp"

#include <cpl_vsi.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <random>

namespace cogmill::io {
namespace {

using tests::CogBytes;

std::string text_of(const ValidationReport& report) {
  std::string text;
  for (const Finding& finding : report.findings)
    text += (finding.severity == Severity::kError ? "error: " : "warning: ") + finding.text + "\n";
  return text;
}

class CogValidatorTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { GDALAllRegister(); }

  std::string make_cog(const std::string& name, int width, int height, int bands, bool mask,
                       std::vector<const char*> options = {}) {
    const std::string path = dir_.file(name);
    const auto image = tests::make_image(width, height, bands, mask);
    options.push_back("COMPRESS=DEFLATE");
    EXPECT_TRUE(tests::write_image(path, *image, "COG", options)) << name;
    return path;
  }
  /// A COG of three levels, 2 overviews: 700 x 600, 3 x 3 tiles.
  std::string make_small_cog(bool mask = false) {
    const char* name = mask ? "masked.tif" : "small.tif";
    if (std::filesystem::exists(dir_.file(name))) return dir_.file(name);
    return make_cog(name, 700, 600, 2, mask, {"BLOCKSIZE=256"});
  }
  tests::TempDir dir_;
};

TEST_F(CogValidatorTest, cogs_of_gdal_are_valid) {
  for (const auto& [width, height] :
       {std::pair{1, 1}, {1, 2000}, {127, 131}, {512, 512}, {513, 511}, {1021, 769}})
    for (const bool mask : {false, true})
      for (const char* bigtiff : {"BIGTIFF=NO", "BIGTIFF=YES"}) {
        const std::string path =
            make_cog("valid.tif", width, height, 2, mask, {"BLOCKSIZE=128", bigtiff});
        const ValidationReport report = validate_cog(path);
        EXPECT_TRUE(report.valid(true)) << width << "x" << height << "\n" << text_of(report);
        EXPECT_TRUE(report.details.checked_blocks);
        EXPECT_EQ(report.details.mask, mask);
        EXPECT_EQ(report.details.width, width);
        EXPECT_EQ(report.details.bigtiff, bigtiff == std::string("BIGTIFF=YES"));
        EXPECT_EQ(report.details.tile_width, 128);
        EXPECT_EQ(report.details.compression, "DEFLATE");
        EXPECT_EQ(report.details.ghost_keys.size(), mask ? 6U : 5U);
        EXPECT_GT(report.details.header_bytes, report.details.ifd_offset);
      }
}

TEST_F(CogValidatorTest, sparse_cog_is_valid) {
  GDALDatasetUniquePtr image(
      GetGDALDriverManager()->GetDriverByName("MEM")->Create("", 1000, 1000, 1, GDT_Byte, nullptr));
  const std::string path = dir_.file("sparse.tif");
  ASSERT_TRUE(tests::write_image(path, *image, "COG", {"SPARSE_OK=YES", "BLOCKSIZE=128"}));
  const ValidationReport report = validate_cog(path);
  EXPECT_TRUE(report.valid(true)) << text_of(report);
  EXPECT_EQ(report.details.header_bytes, 0);
}

TEST_F(CogValidatorTest, big_endian_cog_is_valid) {
  const std::string source = make_small_cog(true);
  GDALDatasetUniquePtr cog(GDALDataset::Open(source.c_str()));
  const std::string path = dir_.file("big.tif");
  ASSERT_TRUE(tests::write_image(path, *cog, "GTiff",
                                 {"COPY_SRC_OVERVIEWS=YES", "TILED=YES", "ENDIANNESS=BIG",
                                  "COMPRESS=DEFLATE", "BLOCKXSIZE=256", "BLOCKYSIZE=256"}));
  const ValidationReport report = validate_cog(path);
  EXPECT_TRUE(report.valid(true)) << text_of(report);
  EXPECT_TRUE(report.details.big_endian);
  EXPECT_TRUE(report.details.checked_blocks);
  EXPECT_EQ(report.details.overviews.size(), 2U);
}

/// One way to break a COG.
struct Break {
  std::string name;
  std::string finding;  ///< part of what has to be said
  bool error;           ///< an error for GDAL's script too
  std::function<void(CogBytes&)> damage;
  bool mask = false;
  bool gdal_misses_it = false;  ///< its script does not see that a read came back short
};

// Directories of the small COG: 0 main, 1 and 2 overviews. With a mask: 0 main, 1 mask, 2 and 3
// overviews, 4 and 5 masks of them.
std::vector<Break> breaks() {
  const auto data = [](const std::vector<std::uint64_t>& offsets, std::size_t i) {
    return offsets.at(i);
  };
  return {
      {"ghost key", "does not say BLOCK_ORDER=ROW_MAJOR", false,
       [](CogBytes& c) { c.replace("BLOCK_ORDER=ROW_MAJOR", "BLOCK_ORDER=COL_MAJOR"); }},
      {"ghost line", "not NAME=VALUE", false,
       [](CogBytes& c) { c.replace("LAYOUT=IFDS_BEFORE_DATA", "LAYOUT IFDS_BEFORE_DATA"); }},
      {"ghost size", "offset of the main IFD should be", true,
       [](CogBytes& c) { c.replace("SIZE=000140", "SIZE=000142"); }},
      {"edition", "KNOWN_INCOMPATIBLE_EDITION=YES", true,
       [](CogBytes& c) { c.replace("EDITION=NO\n ", "EDITION=YES\n"); }},
      {"leader", "size in leader bytes is wrong", true,
       [=](CogBytes& c) { c.flip(data(c.levels().main.offsets, 4) - 4); }},
      {"leader of overview", "Overview 1: for block (0, 0), size in leader", true,
       [=](CogBytes& c) { c.flip(data(c.levels().overviews[1].offsets, 0) - 2); }},
      {"trailer", "trailer bytes are invalid", true,
       [=](CogBytes& c) {
         const CogLevel& main = c.levels().main;
         c.flip(data(main.offsets, 8) + data(main.byte_counts, 8) + 1);
       }},
      {"trailer cut off", "trailer bytes are invalid", true,
       [](CogBytes& c) { c.bytes().resize(c.bytes().size() - 2); }, false, true},
      {"tile cut off", "beyond the end of the file", true,
       [](CogBytes& c) { c.bytes().resize(c.bytes().size() - 100); }, false, true},
      {"tiles swapped", "offset is smaller than that of the previous block", true,
       [=](CogBytes& c) {
         const CogLevel& main = c.levels().main;
         for (const std::size_t i : {3U, 5U}) {
           c.set_number(0, kTagTileOffsets, i, data(main.offsets, 8 - i));
           c.set_number(0, kTagTileByteCounts, i, data(main.byte_counts, 8 - i));
         }
       }},
      {"directories swapped", "larger dimension than overview of index 0", true,
       [](CogBytes& c) {
         c.put(c.next_link(0), c.ifd(2), 4);
         c.put(c.next_link(2), c.ifd(1), 4);
         c.put(c.next_link(1), 0, 4);
       }},
      {"data of the overview last", "first block of the main resolution image should be after",
       true,
       [=](CogBytes& c) { c.set_number(1, kTagTileOffsets, 0, data(c.levels().main.offsets, 8)); }},
      {"data before the directory", "should be after its IFD", true,
       [](CogBytes& c) { c.set_number(2, kTagTileOffsets, 0, 60); }},
      {"no overviews", "recommended to include internal overviews", false,
       [](CogBytes& c) { c.put(c.next_link(0), 0, 4); }},
      {"main directory elsewhere", "offset of the main IFD should be", true,
       [](CogBytes& c) {
         const std::uint64_t end = c.bytes().size() + c.bytes().size() % 2;
         const std::string ifd = c.bytes().substr(c.ifd(0), c.next_link(0) + 4 - c.ifd(0));
         c.bytes().resize(end);
         c.bytes() += ifd;
         c.put(4, end, 4);
       }},
      {"mask not behind its tile", "offset of its mask is wrong", true,
       [=](CogBytes& c) {
         c.set_number(1, kTagTileOffsets, 2, data(c.levels().mask->offsets, 2) + 1);
       },
       true},
      {"mask of an overview", "Overview 0: for block (1, 0), offset of its mask is wrong", true,
       [=](CogBytes& c) {
         c.set_number(4, kTagTileOffsets, 1, data(c.levels().mask_overviews[0].offsets, 1) - 1);
       },
       true},
  };
}

TEST_F(CogValidatorTest, each_broken_property_is_found) {
  for (const Break& broken : breaks()) {
    CogBytes cog(make_small_cog(broken.mask));
    ASSERT_EQ(cog.walk().directories().size(), broken.mask ? 6U : 3U);
    broken.damage(cog);
    const std::string path = dir_.file("broken.tif");
    cog.save(path);
    const ValidationReport report = validate_cog(path);
    EXPECT_NE(text_of(report).find(broken.finding), std::string::npos) << broken.name << ":\n"
                                                                       << text_of(report);
    EXPECT_EQ(report.has_errors(), broken.error) << broken.name << ":\n" << text_of(report);
    EXPECT_FALSE(report.valid(true));
  }
}

TEST_F(CogValidatorTest, without_the_full_check_no_tile_is_read) {
  CogBytes cog(make_small_cog());
  cog.flip(cog.levels().main.offsets[4] - 4);
  cog.save(dir_.file("broken.tif"));
  EXPECT_TRUE(validate_cog(dir_.file("broken.tif"), false).valid(true));
  EXPECT_FALSE(validate_cog(dir_.file("broken.tif"), true).valid(false));
}

TEST_F(CogValidatorTest, many_broken_tiles_are_counted) {
  CogBytes cog(make_cog("many.tif", 1024, 1024, 1, false, {"BLOCKSIZE=128"}));
  for (const std::uint64_t offset : cog.levels().main.offsets) cog.flip(offset - 4);
  cog.save(dir_.file("broken.tif"));
  const ValidationReport report = validate_cog(dir_.file("broken.tif"));
  EXPECT_EQ(report.findings.size(), 11U);
  EXPECT_NE(text_of(report).find("54 more blocks"), std::string::npos) << text_of(report);
}

/// Files that are no COG by their making, and whether they are errors.
std::map<std::string, bool> make_others(const tests::TempDir& dir) {
  std::map<std::string, bool> files;
  const auto image = tests::make_image(1500, 600, 1, false);
  const auto add = [&](const char* name, bool error, const std::vector<const char*>& options) {
    EXPECT_TRUE(tests::write_image(dir.file(name), *image, "GTiff", options));
    files[dir.file(name)] = error;
    return dir.file(name);
  };
  add("strips.tif", true, {});
  add("tiles.tif", false, {"TILED=YES"});
  const std::string inside = add("late_overviews.tif", true, {"TILED=YES"});
  const std::string outside = add("sidecar.tif", true, {"TILED=YES"});
  int factor = 2;
  for (const auto& [path, access] : {std::pair{inside, GDAL_OF_UPDATE}, {outside, 0}}) {
    GDALDatasetUniquePtr opened(GDALDataset::Open(path.c_str(), static_cast<unsigned>(access)));
    static_cast<void>(opened->BuildOverviews("NEAREST", 1, &factor, 0, nullptr, nullptr, nullptr));
  }
  return files;
}

TEST_F(CogValidatorTest, files_that_are_no_cog) {
  for (const auto& [path, error] : make_others(dir_)) {
    const ValidationReport report = validate_cog(path);
    EXPECT_EQ(report.has_errors(), error) << path << "\n" << text_of(report);
    EXPECT_FALSE(report.valid(true)) << path;
  }
  EXPECT_NE(text_of(validate_cog(dir_.file("sidecar.tif"))).find("external .ovr"),
            std::string::npos);
  EXPECT_NE(text_of(validate_cog(dir_.file("strips.tif"))).find("is not tiled"), std::string::npos);
}

TEST_F(CogValidatorTest, loops_and_non_tiffs_are_findings_and_missing_files_throw) {
  CogBytes cog(make_small_cog());
  cog.put(cog.next_link(2), cog.ifd(1), 4);
  cog.save(dir_.file("loop.tif"));
  EXPECT_NE(text_of(validate_cog(dir_.file("loop.tif"))).find("loop"), std::string::npos);
  std::ofstream(dir_.file("text.tif")) << "this is no image at all";
  EXPECT_TRUE(validate_cog(dir_.file("text.tif")).has_errors());
  std::ofstream(dir_.file("empty.tif")).flush();
  EXPECT_TRUE(validate_cog(dir_.file("empty.tif")).has_errors());
  EXPECT_THROW(validate_cog(dir_.file("none.tif")), report::RuntimeError);
  EXPECT_THROW(validate_cog(dir_.path().string()), report::RuntimeError);
}

TEST_F(CogValidatorTest, absurd_directories_are_refused_before_memory_is_taken) {
  for (const auto& [tag, value] : std::vector<std::pair<std::uint16_t, std::uint64_t>>{
           {kTagTileWidth, 0}, {kTagImageWidth, 0}, {kTagImageWidth, 65535}, {kTagTileLength, 1}}) {
    CogBytes cog(make_small_cog());
    cog.set_number(0, tag, 0, value);
    cog.save(dir_.file("absurd.tif"));
    EXPECT_NE(text_of(validate_cog(dir_.file("absurd.tif"))).find("is damaged"), std::string::npos)
        << tag;
  }
}

TEST_F(CogValidatorTest, mutated_files_never_crash) {
  const std::string path = make_cog("fuzz.tif", 300, 200, 2, true, {"BLOCKSIZE=128"});
  CogBytes cog(path);
  const std::string original = cog.bytes();
  const auto header = static_cast<std::size_t>(validate_cog(path).details.header_bytes);
  std::mt19937 random(7);
  int with_errors = 0;
  for (int i = 0; i < 1500; ++i) {
    std::string bytes = original;
    for (std::uint32_t k = random() % 4 + 1; k > 0; --k)
      bytes[random() % header] = static_cast<char>(random() % 3 == 0 ? 0xFF : random() & 0xFF);
    if (random() % 8 == 0) bytes.resize(random() % bytes.size());
    const char* name = "/vsimem/cogmill_fuzz.tif";
    VSIFCloseL(
        VSIFileFromMemBuffer(name, reinterpret_cast<GByte*>(bytes.data()), bytes.size(), FALSE));
    with_errors += validate_cog(name).has_errors() ? 1 : 0;
    VSIUnlink(name);
  }
  EXPECT_GT(with_errors, 500);
}

/// Asks GDAL's own script. @return per path: has errors; empty if python3 has no GDAL
std::map<std::string, bool> ask_gdal(const tests::TempDir& dir,
                                     const std::vector<std::string>& paths) {
  const std::string script = dir.file("ask.py");
  std::ofstream(script) << R"(import sys
from osgeo import gdal
from osgeo_utils.samples import validate_cloud_optimized_geotiff as v
gdal.PushErrorHandler('CPLQuietErrorHandler')
for path in sys.argv[1:]:
    try:
        broken = bool(v.validate(path, full_check=True)[1])
    except Exception:
        broken = True
    print('BROKEN' if broken else 'VALID', path)
)";
  std::map<std::string, bool> answers;
  for (const char* python : {"python3", "/usr/bin/python3"}) {
    std::string command = std::string(python) + " " + script;
    for (const std::string& path : paths) command += " " + path;
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen((command + " 2>/dev/null").c_str(), "r"),
                                                     &pclose);
    std::array<char, 4096> line;
    while (pipe && fgets(line.data(), line.size(), pipe.get()) != nullptr) {
      std::string text = line.data();
      text.erase(text.find_last_not_of('\n') + 1);
      answers[text.substr(text.find(' ') + 1)] = text.rfind("BROKEN", 0) == 0;
    }
    if (!answers.empty()) return answers;
  }
  return answers;
}

TEST_F(CogValidatorTest, agrees_with_gdals_script) {
  std::vector<std::string> paths = {make_small_cog(), make_small_cog(true)};
  for (const Break& broken : breaks()) {
    if (broken.gdal_misses_it) continue;
    CogBytes cog(make_small_cog(broken.mask));
    broken.damage(cog);
    paths.push_back(dir_.file("broken_" + std::to_string(paths.size()) + ".tif"));
    cog.save(paths.back());
  }
  for (const auto& [path, error] : make_others(dir_)) paths.push_back(path);
  const auto answers = ask_gdal(dir_, paths);
  if (answers.empty())
    GTEST_SKIP() << "python3 has no GDAL (package python3-gdal): agreement with "
                    "validate_cloud_optimized_geotiff.py was NOT tested";
  ASSERT_EQ(answers.size(), paths.size());
  for (const std::string& path : paths) {
    const ValidationReport report = validate_cog(path);
    EXPECT_EQ(report.has_errors(), answers.at(path)) << path << "\n" << text_of(report);
  }
}

}  // namespace
}  // namespace cogmill::io
