// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/parse_helpers.hpp"

#include <gtest/gtest.h>

namespace cogmill::cli {
namespace {

using job::MosaicMethod;
using job::ResolutionRule;

TEST(ParseMosaic, InputsAndOutput) {
  const job::Job job = job_of("mosaic a.tif tiles @list --input-file-list more.txt out.tif");
  ASSERT_TRUE(job.mosaic && job.warp);
  ASSERT_EQ(job.inputs.size(), 3U);
  EXPECT_EQ(job.inputs[2].path, "@list");
  EXPECT_EQ(job.mosaic->lists, std::vector<std::string>{"more.txt"});
  EXPECT_EQ(job.output, "out.tif");
  EXPECT_EQ(job.mosaic->method, MosaicMethod::kLast);
  EXPECT_EQ(job.mosaic->resolution, ResolutionRule::kHighest);
  EXPECT_TRUE(job_of("mosaic --input-file-list more.txt out.tif").inputs.empty());
}

TEST(ParseMosaic, Resolution) {
  EXPECT_EQ(job_of("mosaic a.tif b.tif --resolution Average").mosaic->resolution,
            ResolutionRule::kAverage);
  const job::Job job = job_of("mosaic a.tif b.tif --resolution 10,20 --tap");
  EXPECT_EQ(*job.warp->grid.resolution, (std::array<double, 2>{10, 20}));
  EXPECT_TRUE(job_of("mosaic a.tif b.tif --tap").warp->grid.target_aligned_pixels);
}

TEST(ParseMosaic, Cutline) {
  const job::Job job = job_of(
      "mosaic a.tif b.tif --cutline c.gpkg --cutline-layer l --cutline-where x>3 "
      "--crop-to-cutline");
  ASSERT_TRUE(job.warp->cutline);
  EXPECT_EQ(job.warp->cutline->path, "c.gpkg");
  EXPECT_EQ(job.warp->cutline->layer, "l");
  EXPECT_EQ(job.warp->cutline->where, "x>3");
  EXPECT_TRUE(job.warp->cutline->crop);
}

TEST(ParseMosaic, MistakesGetOneHelpfulLine) {
  const std::vector<BadLine> table = {
      {"mosaic", "mosaic has no INPUT; give cogmill mosaic INPUT... OUTPUT"},
      {"mosaic a.tif", "mosaic has no OUTPUT; give cogmill mosaic INPUT... OUTPUT"},
      {"mosaic a.tif b.tif --method medn",
       "option --method=medn: takes one of last, first, mean, min, max; did you mean 'mean'?"},
      {"mosaic a.tif b.tif --cutline-layer x",
       "--crop-to-cutline, --cutline-layer and --cutline-where need --cutline FILE"},
  };
  for (const BadLine& bad : table) EXPECT_EQ(error_of(bad.line), bad.message);
  EXPECT_NE(error_of("calc -i a.tif --calc A --cutline c b.tif"), "");
}

}  // namespace
}  // namespace cogmill::cli
