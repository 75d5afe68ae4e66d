// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/alignment.hpp"
#include "src/report/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cogmill::plan {
namespace {

using kernels::DataType;
using kernels::Nodata;
using kernels::WarpResampling;

/// A scene of two bands, and the job, alignment and interpretation that go with it.
struct Fixture {
  job::Job job;
  std::vector<io::SceneInfo> scenes;
  Alignment alignment;

  explicit Fixture(DataType type = DataType::kUInt8) {
    job.command = "reproject";
    job.inputs = {{"A", "a.tif"}};
    job.warp.emplace();
    io::SceneInfo scene;
    scene.path = "a.tif";
    scene.width = scene.height = 100;
    scene.bands.resize(2);
    for (io::BandInfo& band : scene.bands) band.type = type;
    scenes.push_back(scene);
  }
  Interpretation aligned() {
    alignment.grid.width = 70;
    alignment.grid.height = 50;
    alignment.inputs = {{false, scenes[0], {}}};
    Interpretation result = interpret(job, scenes);
    align(job, alignment, result);
    return result;
  }
};

TEST(Align, TheOutputHasTheGridsSize) {
  const auto result = Fixture().aligned();
  EXPECT_EQ(result.image.width, 70);
  EXPECT_EQ(result.image.height, 50);
  ASSERT_TRUE(result.grid && result.operation.inputs[0].warp);
  EXPECT_EQ(result.operation.inputs[0].bands, (std::vector<int>{1, 2}));
}

TEST(Align, AnInputOnTheGridIsTakenAsItIs) {
  Fixture f;
  f.alignment.inputs = {{true, f.scenes[0], {}}};
  Interpretation result = interpret(f.job, f.scenes);
  align(f.job, f.alignment, result);
  EXPECT_FALSE(result.operation.inputs[0].warp);
}

TEST(Align, ResamplesInTheOutputsTypeIfItIsWider) {
  struct Row {
    DataType source, output, working;
  };
  for (const Row& row : {Row{DataType::kUInt8, DataType::kUInt8, DataType::kUInt8},
                         Row{DataType::kUInt8, DataType::kFloat32, DataType::kFloat32},
                         Row{DataType::kUInt8, DataType::kInt16, DataType::kInt16},
                         Row{DataType::kInt16, DataType::kUInt32, DataType::kInt16},
                         Row{DataType::kInt32, DataType::kFloat32, DataType::kFloat64},
                         Row{DataType::kFloat32, DataType::kUInt8, DataType::kFloat32},
                         Row{DataType::kFloat32, DataType::kFloat64, DataType::kFloat64},
                         Row{DataType::kUInt16, DataType::kUInt8, DataType::kUInt16}}) {
    Fixture f(row.source);
    f.job.output_type = row.output;
    EXPECT_EQ(f.aligned().operation.inputs[0].types[0], row.working);
  }
}

TEST(Align, HolesStayHolesInTheWorkingType) {
  const Nodata nan(std::numeric_limits<double>::quiet_NaN());
  struct Row {
    DataType source, output;
    Nodata nodata;
    DataType working;
    Nodata hole;
  };
  for (const Row& row :
       {Row{DataType::kUInt16, DataType::kInt16, Nodata(-9999.0), DataType::kInt32,
            Nodata(-9999.0)},
        Row{DataType::kInt16, DataType::kUInt16, Nodata(65535.0), DataType::kInt32,
            Nodata(65535.0)},
        Row{DataType::kUInt32, DataType::kInt32, Nodata(-1.0), DataType::kInt64, Nodata(-1.0)},
        Row{DataType::kUInt64, DataType::kInt64, Nodata(-1.0), DataType::kInt64, Nodata(-1.0)},
        Row{DataType::kUInt16, DataType::kUInt8, Nodata(255.0), DataType::kUInt16, Nodata(255.0)},
        Row{DataType::kInt16, DataType::kUInt8, Nodata(0.0), DataType::kInt16,
            Nodata(std::int64_t{-32768})},
        Row{DataType::kFloat32, DataType::kUInt8, Nodata(255.0), DataType::kFloat32, nan},
        Row{DataType::kInt32, DataType::kFloat32, Nodata(-9999.0), DataType::kFloat64, nan}}) {
    Fixture f(row.source);
    f.job.output_type = row.output;
    f.job.dst_nodata = row.nodata;
    const auto result = f.aligned();
    const InputUse& use = result.operation.inputs[0];
    EXPECT_EQ(use.types[1], row.working);
    EXPECT_EQ(use.warp->dst_nodata[1], row.hole);
    const auto& changes = result.operation.nodata_changes;
    ASSERT_EQ(changes.size(), 2);
    EXPECT_EQ(changes[1].has_value(), row.working != row.output);
    if (changes[1]) {
      EXPECT_EQ(changes[1]->from, row.hole);
    }
  }
}

TEST(Align, ColoursAreResampledWhereNumbersWouldBeMixed) {
  Fixture f;
  f.scenes[0].bands[1].has_color_table = true;
  const auto colours_of = [&](WarpResampling resampling) {
    f.alignment.inputs = {{false, f.scenes[0], {resampling}}};
    return make_setup(f.job, {}, f.alignment.inputs[0]).colours;
  };
  for (const auto resampling :
       {WarpResampling::kNearest, WarpResampling::kMode, WarpResampling::kMax, WarpResampling::kQ3})
    EXPECT_TRUE(colours_of(resampling).empty());
  for (const auto resampling : {WarpResampling::kBilinear, WarpResampling::kLanczos,
                                WarpResampling::kAverage, WarpResampling::kRms}) {
    const auto colours = colours_of(resampling);
    ASSERT_EQ(colours.size(), 2);
    EXPECT_FALSE(colours[0]);
    ASSERT_TRUE(colours[1]);
    EXPECT_EQ(colours[1]->path, "a.tif");
    EXPECT_EQ(colours[1]->band, 2);
  }
  EXPECT_THROW(colours_of(WarpResampling::kSum), report::UsageError);
  f.scenes[0].min_is_white = true;  // a table that is made up
  EXPECT_FALSE(colours_of(WarpResampling::kAverage)[1]);
}

TEST(Interpret, OnlyWhatChangesIsChanged) {
  Fixture f;
  f.job.command = "convert";
  f.scenes[0].alpha_band = 2;
  for (io::BandInfo& band : f.scenes[0].bands) band.nodata = Nodata(std::int64_t{7});
  const auto changes = [&] { return interpret(f.job, f.scenes).operation.nodata_changes; };
  EXPECT_FALSE(changes().at(0) || changes().at(1));
  f.job.dst_nodata = Nodata(7.0);
  EXPECT_FALSE(changes().at(0)) << "the same pixel, whatever the number's type";
  f.job.dst_nodata = Nodata(9.0);
  EXPECT_TRUE(changes().at(0) && changes().at(0)->from == Nodata(std::int64_t{7}));
  EXPECT_FALSE(changes().at(1)) << "alpha stays";
  EXPECT_EQ(interpret(f.job, f.scenes).image.nodata.at(0), Nodata(9.0));
  EXPECT_FALSE(interpret(f.job, f.scenes).image.nodata.at(1));
}

TEST(Interpret, NanIsLookedForWhereTheValueIsKept) {
  Fixture f(DataType::kFloat32);
  f.job.command = "convert";
  for (io::BandInfo& band : f.scenes[0].bands) band.nodata = Nodata(7.0);
  EXPECT_FALSE(interpret(f.job, f.scenes).operation.nodata_changes.at(0));
  f.job.dst_nodata = Nodata(7.0);
  EXPECT_TRUE(interpret(f.job, f.scenes).operation.nodata_changes.at(0));
}

TEST(Align, InvalidPixelsGetTheOutputsNodataAtOnce) {
  Fixture f;
  f.scenes[0].bands[0].nodata = f.scenes[0].bands[1].nodata = Nodata(7.0);
  f.job.dst_nodata = Nodata(9.0);
  const auto result = f.aligned();
  const auto& warp = *result.operation.inputs[0].warp;
  EXPECT_EQ(warp.src_nodata[1], Nodata(7.0));
  EXPECT_EQ(warp.dst_nodata[1], Nodata(9.0));
  ASSERT_FALSE(result.operation.nodata_changes.empty());
  for (const auto& change : result.operation.nodata_changes) EXPECT_FALSE(change);
}

TEST(Align, UnifiedNodataFollowsGdal) {
  using kernels::CentreRule;
  Fixture f;
  EXPECT_FALSE(f.aligned().operation.inputs[0].warp->all_bands_invalid);
  EXPECT_EQ(f.aligned().operation.inputs[0].warp->kernel.centre, CentreRule::kAnyBand);
  f.job.warp->unified_nodata = job::UnifiedNodata::kNo;
  EXPECT_EQ(f.aligned().operation.inputs[0].warp->kernel.centre, CentreRule::kNone);
  f.scenes[0].mask = io::MaskKind::kDataset;
  EXPECT_EQ(f.aligned().operation.inputs[0].warp->kernel.centre, CentreRule::kAnyBand);
  f.job.warp->unified_nodata.reset();
  f.job.src_nodata = Nodata(0.0);
  EXPECT_TRUE(f.aligned().operation.inputs[0].warp->all_bands_invalid);
  EXPECT_EQ(f.aligned().operation.inputs[0].warp->kernel.centre, CentreRule::kBand);
}

TEST(Align, AddsAnAlphaBehindTheBandsAndBeforeTheMask) {
  Fixture f;
  f.scenes[0].mask = io::MaskKind::kDataset;
  f.job.warp->add_alpha = true;
  const auto result = f.aligned();
  EXPECT_EQ(result.image.bands, 3);
  EXPECT_EQ(result.image.alpha, 2);
  EXPECT_EQ(result.operation.inputs[0].bands,
            (std::vector<int>{1, 2, warp::kAddedAlphaBand, io::kMaskBand}));
  f.scenes[0].mask = io::MaskKind::kAlpha;
  f.scenes[0].alpha_band = 2;
  EXPECT_EQ(f.aligned().image.bands, 2) << "it has one";
}

TEST(Align, ExpressionsSeeWhereThereIsNoSource) {
  Fixture f;
  f.job.command = "calc";
  f.job.expressions = {"A[1] + 1"};
  const auto result = f.aligned();
  const InputUse& use = result.operation.inputs[0];
  ASSERT_TRUE(use.validity);
  EXPECT_EQ(use.bands[static_cast<std::size_t>(*use.validity)], io::kMaskBand);
  EXPECT_EQ(use.types[static_cast<std::size_t>(*use.validity)], DataType::kUInt8);
}

TEST(Align, ComplexPixelsHaveNoOrder) {
  for (const auto method : {WarpResampling::kMode, WarpResampling::kMax, WarpResampling::kMed}) {
    Fixture f(DataType::kCFloat32);
    f.alignment.inputs = {{false, f.scenes[0], {method, 1, 1}}};
    Interpretation result = interpret(f.job, f.scenes);
    EXPECT_THROW(align(f.job, f.alignment, result), report::UsageError);
    f.alignment.inputs[0].kernel.resampling = WarpResampling::kAverage;
    EXPECT_NO_THROW(align(f.job, f.alignment, result));
  }
}

}  // namespace
}  // namespace cogmill::plan
