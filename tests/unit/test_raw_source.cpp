// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Blocks that are decompressed by one and turned into pixels by another, against decode().
#include "kernels/predictor.hpp"
#include "kernels/tile_pack.hpp"
#include "src/io/tiff_source.hpp"
#include "src/report/error.hpp"
#include "tests/unit/io_files.hpp"

#include <algorithm>

namespace cogmill::io {
namespace {

using kernels::DataType;
using kernels::Plane;

/// What a device does with a raw window.
Pixels unpack_raw(TiffSource& source, const Fetched& fetched, const RawWindow& raw,
                  const Window& window, Pixels pixels, DataType type) {
  for (std::size_t i = 0; i < raw.blocks.size(); ++i) {
    const RawBlock& block = raw.blocks[i];
    const RawGroup& group = raw.groups[block.group];
    std::vector<std::byte> bytes(static_cast<std::size_t>(block.bytes));
    source.decompress(fetched, i, bytes);
    const std::int64_t row_bytes = group.columns * group.samples * kernels::size_bytes(group.type);
    if (group.swap) kernels::swap_bytes(bytes, kernels::size_bytes(group.type));
    std::vector<std::byte> scratch(static_cast<std::size_t>(row_bytes));
    kernels::undo_predictor(group.predictor,
                            {group.type, group.columns, block.bytes / row_bytes, group.samples},
                            bytes, scratch);
    std::vector<Plane> parts;
    for (const std::size_t output : group.outputs)
      parts.push_back(
          Plane{pixels[output].data(), type, window.width, window.height, window.width}.crop(
              block.to_col, block.to_row, block.part.width, block.part.height));
    kernels::unpack_tile(bytes, group.columns, group.samples, block.part.col, block.part.row,
                         group.taken, parts);
  }
  return pixels;
}

void expect_raw_as_decoded(const std::string& path, const Window& window, DataType type) {
  const SceneInfo scene = read_scene_info(path);
  TiffSource source(scene, {OnError::kStop, 10000});
  const std::vector<int> bands = {3, 1};
  const auto fetched = source.fetch(window, bands);
  const auto raw = source.raw_window(*fetched);
  ASSERT_TRUE(raw.has_value());
  const Pixels expected = read_ours(source, scene, window, bands);
  Pixels blank = expected;
  for (auto& plane : blank) std::fill(plane.begin(), plane.end(), std::byte{0x5A});
  EXPECT_EQ(unpack_raw(source, *fetched, *raw, window, blank, type), expected);
}

TEST(RawSource, WholeBlocksOfEveryLayout) {
  const tests::TempDir dir;
  const std::string path = dir.file("a.tif");
  for (const DataType type : {DataType::kUInt8, DataType::kInt16, DataType::kFloat32})
    for (const std::string codec : {"DEFLATE", "NONE", "LZW"})
      for (const std::string interleave : {"INTERLEAVE=PIXEL", "INTERLEAVE=BAND"})
        for (const std::string order : {"ENDIANNESS=LITTLE", "ENDIANNESS=BIG"}) {
          FileSpec spec{67, 45, 3, type, {"COMPRESS=" + codec, interleave, order}};
          if (codec != "NONE")
            spec.options.push_back(type == DataType::kFloat32 ? "PREDICTOR=3" : "PREDICTOR=2");
          spec.options.insert(spec.options.end(), {"TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16"});
          SCOPED_TRACE(std::string(kernels::name_of(type)) + codec + interleave + order);
          ASSERT_TRUE(make_tiff(path, spec));
          expect_raw_as_decoded(path, {0, 0, 67, 45}, type);
          expect_raw_as_decoded(path, {32, 16, 35, 29}, type);  // to the image's edges
          expect_raw_as_decoded(path, {32, 16, 32, 16}, type);
        }
}

TEST(RawSource, StripsWithAShorterLastOne) {
  const tests::TempDir dir;
  ASSERT_TRUE(make_tiff(dir.file("a.tif"), {67, 45, 3, DataType::kUInt16, {"BLOCKYSIZE=7"}}));
  expect_raw_as_decoded(dir.file("a.tif"), {0, 7, 67, 38}, DataType::kUInt16);
}

TEST(RawSource, NothingWhereAWindowIsMoreThanWholeBlocks) {
  const tests::TempDir dir;
  const std::string path = dir.file("a.tif");
  const std::vector<std::string> tiled = {"TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16"};
  ASSERT_TRUE(make_tiff(path, {67, 45, 3, DataType::kUInt16, tiled}));
  const SceneInfo scene = read_scene_info(path);
  const std::vector<int> bands = {1}, with_mask = {1, kMaskBand};
  TiffSource stop(scene, {OnError::kStop, 0}), lenient(scene, {OnError::kNodata, 0});
  const Window cut{1, 0, 31, 16}, whole{0, 0, 32, 16};
  EXPECT_FALSE(stop.raw_window(*stop.fetch(cut, bands)));
  EXPECT_FALSE(stop.raw_window(*stop.fetch(whole, with_mask)));
  EXPECT_FALSE(lenient.raw_window(*lenient.fetch(whole, bands)));
  EXPECT_TRUE(stop.raw_window(*stop.fetch(whole, bands)));
}

TEST(RawSource, DamagedBlockIsNamed) {
  const tests::TempDir dir;
  const std::string path = dir.file("a.tif");
  ASSERT_TRUE(
      make_tiff(path, {67,
                       45,
                       3,
                       DataType::kUInt16,
                       {"TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16", "COMPRESS=DEFLATE"}}));
  const SceneInfo scene = read_scene_info(path);
  TiffSource source(scene, {OnError::kStop, 0});
  const std::vector<int> bands = {1};
  const auto fetched = source.fetch({0, 0, 32, 16}, bands);
  const auto raw = source.raw_window(*fetched);
  ASSERT_TRUE(raw);
  std::vector<std::byte> too_large(static_cast<std::size_t>(raw->blocks[0].bytes) + 1);
  try {
    source.decompress(*fetched, 0, too_large);
    FAIL() << "a block that holds too little was taken";
  } catch (const report::RuntimeError& e) {
    EXPECT_NE(std::string(e.what()).find("tile col 0 row 0"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace cogmill::io
