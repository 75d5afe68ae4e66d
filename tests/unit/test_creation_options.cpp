// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/job/creation_options.hpp"
#include "src/report/error.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cogmill::job {
namespace {

using kernels::Codec;
using kernels::Resampling;

CreationOptions parse(const std::vector<std::string>& arguments) {
  return parse_creation_options(arguments);
}

/// The message of the UsageError that the arguments cause, or empty.
std::string error_of(const std::vector<std::string>& arguments) {
  try {
    parse(arguments);
  } catch (const report::UsageError& e) {
    return e.what();
  }
  return {};
}

TEST(CreationOptions, DefaultsAreThoseOfTheManual) {
  const CreationOptions options = parse({});
  EXPECT_EQ(options.codec, (kernels::CodecSpec{Codec::kDeflate, 0}));
  EXPECT_EQ(options.predictor, PredictorChoice::kByType);
  EXPECT_EQ(options.block_size, 512);
  EXPECT_EQ(options.overviews, Overviews::kAuto);
  EXPECT_EQ(options.overview_count, std::nullopt);
  EXPECT_EQ(options.resampling, std::nullopt);
  EXPECT_EQ(options.bigtiff, BigTiff::kIfNeeded);
  EXPECT_FALSE(options.sparse_ok);
  EXPECT_EQ(options.statistics, StatisticsChoice::kAuto);
  EXPECT_EQ(options.interleave, Interleave::kPixel);
  EXPECT_EQ(options.num_threads, std::nullopt);
}

TEST(CreationOptions, Compress) {
  EXPECT_EQ(parse({"COMPRESS=DEFLATE"}).codec.codec, Codec::kDeflate);
  EXPECT_EQ(parse({"compress=zstd"}).codec.codec, Codec::kZstd);
  EXPECT_EQ(parse({"COMPRESS=LZW"}).codec.codec, Codec::kLzw);
  EXPECT_EQ(parse({"Compress=None"}).codec.codec, Codec::kNone);
}

TEST(CreationOptions, LevelWhateverTheOrder) {
  EXPECT_EQ(parse({"LEVEL=12"}).codec, (kernels::CodecSpec{Codec::kDeflate, 12}));
  EXPECT_EQ(parse({"LEVEL=22", "COMPRESS=ZSTD"}).codec, (kernels::CodecSpec{Codec::kZstd, 22}));
  EXPECT_EQ(parse({"COMPRESS=ZSTD", "LEVEL=1"}).codec, (kernels::CodecSpec{Codec::kZstd, 1}));
}

TEST(CreationOptions, Predictor) {
  EXPECT_EQ(parse({"PREDICTOR=YES"}).predictor, PredictorChoice::kByType);
  EXPECT_EQ(parse({"PREDICTOR=no"}).predictor, PredictorChoice::kNone);
  EXPECT_EQ(parse({"PREDICTOR=STANDARD"}).predictor, PredictorChoice::kHorizontal);
  EXPECT_EQ(parse({"PREDICTOR=FLOATING_POINT"}).predictor, PredictorChoice::kFloatingPoint);
  EXPECT_EQ(parse({"PREDICTOR=1"}).predictor, PredictorChoice::kNone);
  EXPECT_EQ(parse({"PREDICTOR=2"}).predictor, PredictorChoice::kHorizontal);
  EXPECT_EQ(parse({"PREDICTOR=3"}).predictor, PredictorChoice::kFloatingPoint);
  EXPECT_EQ(parse({"PREDICTOR=NO", "COMPRESS=NONE"}).predictor, PredictorChoice::kNone);
}

TEST(CreationOptions, TilesAndOverviews) {
  EXPECT_EQ(parse({"BLOCKSIZE=128"}).block_size, 128);
  EXPECT_EQ(parse({"BLOCKSIZE=4096"}).block_size, 4096);
  EXPECT_EQ(parse({"OVERVIEWS=AUTO"}).overviews, Overviews::kAuto);
  EXPECT_EQ(parse({"OVERVIEWS=IGNORE_EXISTING"}).overviews, Overviews::kIgnoreExisting);
  EXPECT_EQ(parse({"OVERVIEWS=NONE"}).overviews, Overviews::kNone);
  EXPECT_EQ(parse({"OVERVIEW_COUNT=3"}).overview_count, 3);
  EXPECT_EQ(parse({"OVERVIEW_COUNT=0", "OVERVIEWS=NONE"}).overview_count, 0);
  EXPECT_EQ(parse({"RESAMPLING=cubic"}).resampling, Resampling::kCubic);
  EXPECT_EQ(parse({"OVERVIEW_RESAMPLING=NEAREST"}).overview_resampling, Resampling::kNearest);
  EXPECT_EQ(parse({"OVERVIEW_RESAMPLING=AVERAGE"}).overview_resampling, Resampling::kAverage);
  EXPECT_EQ(parse({"OVERVIEW_RESAMPLING=BILINEAR"}).overview_resampling, Resampling::kBilinear);
  EXPECT_EQ(parse({"OVERVIEW_RESAMPLING=MODE"}).overview_resampling, Resampling::kMode);
}

TEST(CreationOptions, TheRest) {
  EXPECT_EQ(parse({"BIGTIFF=YES"}).bigtiff, BigTiff::kYes);
  EXPECT_EQ(parse({"BIGTIFF=NO"}).bigtiff, BigTiff::kNo);
  EXPECT_EQ(parse({"BIGTIFF=IF_NEEDED"}).bigtiff, BigTiff::kIfNeeded);
  EXPECT_EQ(parse({"BIGTIFF=if_safer"}).bigtiff, BigTiff::kIfSafer);
  EXPECT_EQ(parse({"NUM_THREADS=8"}).num_threads, 8);
  EXPECT_EQ(parse({"NUM_THREADS=ALL_CPUS"}).num_threads, std::nullopt);
  EXPECT_TRUE(parse({"SPARSE_OK=TRUE"}).sparse_ok);
  EXPECT_TRUE(parse({"SPARSE_OK=yes"}).sparse_ok);
  EXPECT_FALSE(parse({"SPARSE_OK=OFF"}).sparse_ok);
  EXPECT_EQ(parse({"STATISTICS=YES"}).statistics, StatisticsChoice::kYes);
  EXPECT_EQ(parse({"STATISTICS=NO"}).statistics, StatisticsChoice::kNo);
  EXPECT_EQ(parse({"STATISTICS=AUTO"}).statistics, StatisticsChoice::kAuto);
  EXPECT_EQ(parse({"INTERLEAVE=BAND"}).interleave, Interleave::kBand);
  EXPECT_EQ(parse({"INTERLEAVE=pixel"}).interleave, Interleave::kPixel);
}

TEST(CreationOptions, EveryOptionOfTheManualIsTaken) {
  EXPECT_EQ(
      creation_option_names(),
      (std::vector<std::string>{"COMPRESS", "LEVEL", "PREDICTOR", "BLOCKSIZE", "OVERVIEWS",
                                "OVERVIEW_COUNT", "RESAMPLING", "OVERVIEW_RESAMPLING", "BIGTIFF",
                                "NUM_THREADS", "SPARSE_OK", "STATISTICS", "INTERLEAVE"}));
}

struct BadArguments {
  std::vector<std::string> arguments;
  std::string message;
};

const std::vector<BadArguments> kMistakes = {
    {{"COMPRESS"}, "creation option 'COMPRESS' is not NAME=VALUE, as in COMPRESS=ZSTD"},
    {{"=ZSTD"}, "creation option '=ZSTD' is not NAME=VALUE, as in COMPRESS=ZSTD"},
    {{"LEVEL="}, "creation option 'LEVEL=' is not NAME=VALUE, as in COMPRESS=ZSTD"},
    {{"COMPRES=ZSTD"}, "unknown creation option 'COMPRES'; did you mean 'COMPRESS'?"},
    {{"blocksiez=256"}, "unknown creation option 'BLOCKSIEZ'; did you mean 'BLOCKSIZE'?"},
    {{"FOO=1"},
     "unknown creation option 'FOO'; cogmill takes COMPRESS, LEVEL, PREDICTOR, BLOCKSIZE, "
     "OVERVIEWS, OVERVIEW_COUNT, RESAMPLING, OVERVIEW_RESAMPLING, BIGTIFF, NUM_THREADS, "
     "SPARSE_OK, STATISTICS, INTERLEAVE"},
    {{"QUALITY=75"},
     "creation option QUALITY is not supported: it belongs to lossy codecs, and cogmill writes "
     "lossless ones"},
    {{"BLOCKXSIZE=256"},
     "creation option BLOCKXSIZE is not supported: tiles are square; use BLOCKSIZE"},
    {{"ZLEVEL=9"}, "creation option ZLEVEL is not supported: use LEVEL"},
    {{"COMPRESS=JPEG"},
     "creation option COMPRESS=JPEG: cogmill writes DEFLATE, ZSTD, LZW and NONE; for JPEG use "
     "gdal_translate -of COG"},
    {{"COMPRESS=lerc_zstd"},
     "creation option COMPRESS=lerc_zstd: cogmill writes DEFLATE, ZSTD, LZW and NONE; for "
     "LERC_ZSTD use gdal_translate -of COG"},
    {{"COMPRESS=DEFLAT"},
     "creation option COMPRESS=DEFLAT: takes one of DEFLATE, ZSTD, LZW, NONE; did you mean "
     "'DEFLATE'?"},
    {{"LEVEL=0"}, "creation option LEVEL=0: takes an integer from 1 to 12"},
    {{"LEVEL=13"}, "creation option LEVEL=13: takes an integer from 1 to 12"},
    {{"LEVEL=6x"}, "creation option LEVEL=6x: takes an integer from 1 to 12"},
    {{"LEVEL=99999999999999999999"},
     "creation option LEVEL=99999999999999999999: takes an integer from 1 to 12"},
    {{"LEVEL=23", "COMPRESS=ZSTD"}, "creation option LEVEL=23: takes an integer from 1 to 22"},
    {{"LEVEL=5", "COMPRESS=LZW"},
     "creation option LEVEL=5: COMPRESS=LZW has no levels; DEFLATE (1 to 12) and ZSTD (1 to 22) "
     "have"},
    {{"COMPRESS=NONE", "LEVEL=5"},
     "creation option LEVEL=5: COMPRESS=NONE has no levels; DEFLATE (1 to 12) and ZSTD (1 to "
     "22) have"},
    {{"PREDICTOR=4"},
     "creation option PREDICTOR=4: takes one of YES, NO, STANDARD, FLOATING_POINT, 1, 2, 3"},
    {{"PREDICTOR=2", "COMPRESS=NONE"},
     "creation option PREDICTOR=2: COMPRESS=NONE has no predictor; leave it out or choose a "
     "codec"},
    {{"BLOCKSIZE=500"},
     "creation option BLOCKSIZE=500: takes a multiple of 16 from 128 to 4096; the nearest is "
     "496"},
    {{"BLOCKSIZE=64"}, "creation option BLOCKSIZE=64: takes an integer from 128 to 4096"},
    {{"BLOCKSIZE=4112"}, "creation option BLOCKSIZE=4112: takes an integer from 128 to 4096"},
    {{"BLOCKSIZE=-512"}, "creation option BLOCKSIZE=-512: takes an integer from 128 to 4096"},
    {{"OVERVIEWS=FORCE_USE_EXISTING"},
     "creation option OVERVIEWS=FORCE_USE_EXISTING: cogmill computes overviews anew; use AUTO, "
     "or NONE to have none"},
    {{"OVERVIEWS=NON"},
     "creation option OVERVIEWS=NON: takes one of AUTO, IGNORE_EXISTING, NONE; did you mean "
     "'NONE'?"},
    {{"OVERVIEW_COUNT=3", "OVERVIEWS=NONE"},
     "creation option OVERVIEW_COUNT=3: contradicts OVERVIEWS=NONE; give one of them"},
    {{"OVERVIEW_COUNT=-1"}, "creation option OVERVIEW_COUNT=-1: takes an integer from 0 to 31"},
    {{"RESAMPLING=LANCZOS"},
     "creation option RESAMPLING=LANCZOS: cogmill resamples overviews by NEAREST, AVERAGE, "
     "BILINEAR, CUBIC and MODE"},
    {{"OVERVIEW_RESAMPLING=averge"},
     "creation option OVERVIEW_RESAMPLING=averge: takes one of NEAREST, AVERAGE, BILINEAR, "
     "CUBIC, MODE; did you mean 'AVERAGE'?"},
    {{"BIGTIFF=IF_SAFE"},
     "creation option BIGTIFF=IF_SAFE: takes one of YES, NO, IF_NEEDED, IF_SAFER; did you mean "
     "'IF_SAFER'?"},
    {{"NUM_THREADS=0"},
     "creation option NUM_THREADS=0: takes a number from 1 to 4096, or ALL_CPUS"},
    {{"NUM_THREADS=ALL"},
     "creation option NUM_THREADS=ALL: takes a number from 1 to 4096, or ALL_CPUS"},
    {{"SPARSE_OK=maybe"},
     "creation option SPARSE_OK=maybe: takes one of YES, NO, TRUE, FALSE, ON, OFF, 1, 0"},
    {{"STATISTICS=YEP"},
     "creation option STATISTICS=YEP: takes one of AUTO, YES, NO; did you mean 'YES'?"},
    {{"INTERLEAVE=TILE"},
     "creation option INTERLEAVE=TILE: cogmill writes PIXEL (the default) and BAND"},
    {{"INTERLEAVE=LINE"}, "creation option INTERLEAVE=LINE: takes one of PIXEL, BAND"},
    {{"LEVEL=3", "level=4"}, "creation option LEVEL is given twice: 3 and 4"},
};

TEST(CreationOptions, MistakesGetOneHelpfulLine) {
  for (const BadArguments& bad : kMistakes) EXPECT_EQ(error_of(bad.arguments), bad.message);
}

}  // namespace
}  // namespace cogmill::job
