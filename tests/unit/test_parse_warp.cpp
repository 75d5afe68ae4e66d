// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/parse_helpers.hpp"

#include <gtest/gtest.h>

namespace cogmill::cli {
namespace {

TEST(ParseWarp, GridsAndTransforms) {
  const job::Job job = job_of(
      "reproject a.tif b.tif --dst-crs EPSG:3857 --src-crs EPSG:4326 --bbox -1.5,2,3,4e1 "
      "--bbox-crs EPSG:4326 --resolution 10 --tap --allow-large-output --ct +proj=noop "
      "--to METHOD=GCP_TPS --to RPC_HEIGHT=3");
  ASSERT_TRUE(job.warp);
  const crs::GridOptions& grid = job.warp->grid;
  EXPECT_EQ(grid.dst_crs, "EPSG:3857");
  EXPECT_EQ(*grid.bbox, (std::array<double, 4>{-1.5, 2, 3, 40}));
  EXPECT_EQ(grid.bbox_crs, "EPSG:4326");
  EXPECT_EQ(*grid.resolution, (std::array<double, 2>{10, 10}));
  EXPECT_TRUE(grid.target_aligned_pixels && grid.allow_large);
  EXPECT_EQ(job.warp->src_crs, "EPSG:4326");
  EXPECT_EQ(job.warp->coordinate_operation, "+proj=noop");
  EXPECT_EQ(job.warp->transformer_options,
            (std::vector<std::string>{"METHOD=GCP_TPS", "RPC_HEIGHT=3"}));
}

TEST(ParseWarp, Resampling) {
  const job::Job job = job_of(
      "reproject a.tif b.tif --size 30,0 -r Cubic --et 0 --ovr AUTO-2 --add-alpha --wo xscale=0.5 "
      "--wo YSCALE=2 --wo UNIFIED_SRC_NODATA=no");
  ASSERT_TRUE(job.warp);
  EXPECT_EQ(*job.warp->grid.size, (std::array<std::int64_t, 2>{30, 0}));
  EXPECT_EQ(job.warp->resampling, kernels::WarpResampling::kCubic);
  EXPECT_EQ(job.warp->error_threshold, 0);
  EXPECT_EQ(job.warp->overview.rule, crs::OverviewOption::Rule::kAuto);
  EXPECT_EQ(job.warp->overview.number, 2);
  EXPECT_TRUE(job.warp->add_alpha);
  EXPECT_EQ(job.warp->x_scale, 0.5);
  EXPECT_EQ(job.warp->y_scale, 2);
  EXPECT_EQ(job.warp->unified_nodata, job::UnifiedNodata::kNo);
}

TEST(ParseWarp, HeightsAreExactUnlessAThresholdIsGiven) {
  EXPECT_EQ(job_of("reproject a.tif b.tif").warp->error_threshold, 0.125);
  EXPECT_EQ(job_of("reproject a.tif b.tif --to RPC_HEIGHT=3").warp->error_threshold, 0.125);
  EXPECT_EQ(job_of("reproject a.tif b.tif --to rpc_dem=d.tif").warp->error_threshold, 0);
  EXPECT_EQ(job_of("reproject a.tif b.tif --et 0.5 --to RPC_DEM=d.tif").warp->error_threshold, 0.5);
}

TEST(ParseWarp, OtherCommandsWarpOnlyWhereAGridIsNamed) {
  EXPECT_FALSE(job_of("convert a.tif b.tif").warp);
  EXPECT_TRUE(job_of("convert a.tif b.tif --tap --resolution 3").warp);
  EXPECT_TRUE(job_of("reproject a.tif b.tif").warp);
  const job::Job job =
      job_of("calc -i A=a.tif -i B=b.tif,resampling=near --like A --calc A+B out.tif");
  ASSERT_TRUE(job.warp);
  EXPECT_EQ(job.warp->grid.like, "A");
  EXPECT_EQ(job.inputs[0].resampling, std::nullopt);
  EXPECT_EQ(job.inputs[1].resampling, kernels::WarpResampling::kNearest);
  EXPECT_EQ(job.inputs[1].path, "b.tif");
}

TEST(ParseWarp, MistakesGetOneHelpfulLine) {
  const std::vector<BadLine> table = {
      {"--resolution 0,1", "option --resolution=0,1: takes numbers above 0"},
      {"--resolution 1,2,3", "option --resolution=1,2,3: takes X,Y or one number for both"},
      {"--resolution nan", "option --resolution=nan: takes X,Y or one number for both"},
      {"--size 1.5,2", "option --size=1.5,2: takes whole numbers from 0 to 2147483647"},
      {"--size 0,0", "option --size=0,0: only one of the sides may be 0"},
      {"--bbox 1,2,3", "option --bbox=1,2,3: takes XMIN,YMIN,XMAX,YMAX"},
      {"--bbox 3,0,1,1",
       "option --bbox=3,0,1,1: takes XMIN,YMIN,XMAX,YMAX, the smaller of each pair first"},
      {"--et -1",
       "option --error-threshold=-1: takes a number of source pixels, 0 for exact positions"},
      {"--wo NUM_THREADS=3", "option --warp-option=NUM_THREADS=3: use --threads"},
      {"--wo XSCALE", "option --warp-option=XSCALE: takes NAME=VALUE, such as XSCALE=0.5"},
      {"--to METHOD", "option --transform-option=METHOD: takes NAME=VALUE, such as METHOD=GCP_TPS"},
      {"--to RPC_DEMS=a.tif",
       "option --transform-option=RPC_DEMS=a.tif: GDAL's transformers have no option RPC_DEMS; did "
       "you mean RPC_DEM?"},
      {"--tap", "--target-aligned-pixels needs --resolution X,Y"},
      {"--bbox-crs EPSG:4326",
       "--bbox-crs says what --bbox is in; give --bbox XMIN,YMIN,XMAX,YMAX"},
      {"--like c.tif --dst-crs EPSG:4326",
       "--like takes a whole grid: leave out --dst-crs, --resolution, --size and --bbox"},
  };
  for (const BadLine& bad : table)
    EXPECT_EQ(error_of("reproject a.tif b.tif " + bad.line), bad.message) << bad.line;
  EXPECT_EQ(error_of("reproject a.tif"),
            "reproject has no OUTPUT; give cogmill reproject INPUT OUTPUT");
}

}  // namespace
}  // namespace cogmill::cli
