// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/parse_helpers.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace cogmill::cli {
namespace {

using job::OutputFormat;

TEST(ParseConvert, DefaultsAreThoseOfTheManual) {
  const job::Job job = job_of("convert in.tif out.tif");
  EXPECT_EQ(job.command, "convert");
  ASSERT_EQ(job.inputs.size(), 1U);
  EXPECT_EQ(job.inputs[0].name, "");
  EXPECT_EQ(job.inputs[0].path, "in.tif");
  EXPECT_EQ(job.output, "out.tif");
  EXPECT_EQ(job.format, OutputFormat::kCog);
  EXPECT_EQ(job.output_type, std::nullopt);
  EXPECT_EQ(job.dst_nodata, std::nullopt);
  EXPECT_EQ(job.src_nodata, std::nullopt);
  EXPECT_EQ(job.run.backend, job::Backend::kAuto);
  EXPECT_EQ(job.run.threads, std::nullopt);
  EXPECT_EQ(job.run.memory, std::nullopt);
  EXPECT_EQ(job.run.on_error, io::OnError::kStop);
  EXPECT_FALSE(job.run.overwrite);
  EXPECT_FALSE(job.run.dry_run);
  EXPECT_EQ(job.run.progress, job::ProgressMode::kAuto);
  EXPECT_EQ(job.run.log_level, "warning");
  EXPECT_EQ(job.command_line, "cogmill convert in.tif out.tif");
}

TEST(ParseConvert, EveryOptionReachesTheJob) {
  const job::Job job = job_of(
      "convert --output-format GTiff --output-data-type int16 --dst-nodata -9999 --src-nodata nan "
      "--creation-option COMPRESS=ZSTD --creation-option level=3 --overwrite --backend cpu "
      "--threads 4 --memory 2GiB --scratch /scratch --on-error nodata --dry-run --record r.yaml "
      "--trace t.json --quicklook q.png --price-per-hour 2.50 --progress json --log-level debug "
      "--config GDAL_CACHEMAX=64 --config A=b=c --config E= in.tif out.tif");
  EXPECT_EQ(job.format, OutputFormat::kGTiff);
  EXPECT_EQ(job.output_type, kernels::DataType::kInt16);
  EXPECT_EQ(job.dst_nodata, kernels::Nodata(-9999.0));
  EXPECT_TRUE(std::isnan(job.src_nodata->as_double()));
  EXPECT_EQ(job.creation.codec, (kernels::CodecSpec{kernels::Codec::kZstd, 3}));
  EXPECT_TRUE(job.run.overwrite);
  EXPECT_EQ(job.run.backend, job::Backend::kCpu);
  EXPECT_EQ(job.run.threads, 4);
  EXPECT_EQ(job.run.memory, std::int64_t{2} << 30);
  EXPECT_EQ(job.run.scratch, "/scratch");
  EXPECT_EQ(job.run.on_error, io::OnError::kNodata);
  EXPECT_TRUE(job.run.dry_run);
  EXPECT_EQ(job.run.record, "r.yaml");
  EXPECT_EQ(job.run.trace, "t.json");
  EXPECT_EQ(job.run.quicklook, "q.png");
  EXPECT_EQ(job.run.price_per_hour, 2.5);
  EXPECT_EQ(job.run.progress, job::ProgressMode::kJson);
  EXPECT_EQ(job.run.log_level, "debug");
  EXPECT_EQ(job.run.config,
            (std::map<std::string, std::string>{{"A", "b=c"}, {"E", ""}, {"GDAL_CACHEMAX", "64"}}));
}

TEST(ParseConvert, GdalsShortFormsAreTaken) {
  for (const char* line :
       {"convert -of COG -ot Byte -co COMPRESS=LZW -overwrite a.tif b.tif",
        "convert --of=COG --ot=Byte --co=COMPRESS=LZW --overwrite a.tif b.tif",
        "convert a.tif b.tif --of cog --ot uint8 --co compress=lzw --overwrite"}) {
    const job::Job job = job_of(line);
    EXPECT_EQ(job.format, OutputFormat::kCog) << line;
    EXPECT_EQ(job.output_type, kernels::DataType::kUInt8) << line;
    EXPECT_EQ(job.creation.codec.codec, kernels::Codec::kLzw) << line;
    EXPECT_TRUE(job.run.overwrite) << line;
    EXPECT_EQ(job.inputs[0].path, "a.tif") << line;
    EXPECT_EQ(job.output, "b.tif") << line;
  }
}

TEST(ParseConvert, FormatByExtension) {
  EXPECT_EQ(job_of("convert a.tif b.tif").format, OutputFormat::kCog);
  EXPECT_EQ(job_of("convert a.tif B.TIFF").format, OutputFormat::kCog);
  EXPECT_EQ(job_of("convert a.tif b.vrt").format, OutputFormat::kVrt);
  EXPECT_EQ(job_of("convert a.tif b.vrt --of VRT").format, OutputFormat::kVrt);
  EXPECT_EQ(job_of("convert a.tif b.gtiff --of GTiff").format, OutputFormat::kGTiff);
  EXPECT_EQ(job_of("convert a.tif b --of COG").format, OutputFormat::kCog);
}

TEST(ParseConvert, EveryTypeByGdalsName) {
  for (int i = 0; i < kernels::kDataTypeCount; ++i) {
    const auto type = static_cast<kernels::DataType>(i);
    const std::string name(kernels::name_of(type));
    EXPECT_EQ(job_of("convert a.tif b.tif --ot " + name).output_type, type);
  }
}

TEST(ParseConvert, NodataKeepsIntegersOf64Bits) {
  const job::Job job = job_of("convert a.tif b.tif --dst-nodata 18446744073709551615");
  EXPECT_EQ(job.dst_nodata->as<std::uint64_t>(), 18446744073709551615U);
}

TEST(ParseConvert, ThreadsOutdoNumThreads) {
  const std::string line = "convert a.tif b.tif --co NUM_THREADS=3";
  EXPECT_EQ(job_of(line).creation.num_threads, 3);
  EXPECT_EQ(job_of(line + " --threads 2").run.threads, 2);
  EXPECT_EQ(job_of(line + " --threads ALL_CPUS").run.threads, std::nullopt);
  EXPECT_EQ(job_of(line + " --threads ALL_CPUS").creation.num_threads, std::nullopt);
}

TEST(ParseConvert, TwoDashesEndTheOptions) {
  const job::Job job = job_of("convert --overwrite -- -a.tif --overwrite.tif");
  EXPECT_EQ(job.inputs[0].path, "-a.tif");
  EXPECT_EQ(job.output, "--overwrite.tif");
}

const std::vector<BadLine> kMistakes = {
    {"convert", "convert has no INPUT; give cogmill convert INPUT OUTPUT"},
    {"convert a.tif", "convert has no OUTPUT; give cogmill convert INPUT OUTPUT"},
    {"convert a.tif b.tif c.tif",
     "convert takes one INPUT and one OUTPUT; c.tif is one file too many"},
    {"convert a.tif b.tif -5", "convert takes one INPUT and one OUTPUT; -5 is one file too many"},
    {"convert a.tif b.h5",
     "output b.h5: HDF5 and netCDF output are not in this version of cogmill; use .tif"},
    {"convert a.tif b.nc",
     "output b.nc: HDF5 and netCDF output are not in this version of cogmill; use .tif"},
    {"convert a.tif b.png",
     "output b.png: the format cannot be told by the name; end it in .tif or .vrt, or give "
     "--output-format"},
    {"convert a.tif b",
     "output b: the format cannot be told by the name; end it in .tif or .vrt, or give "
     "--output-format"},
    {"convert a.tif b.tif --of VRT",
     "output b.tif contradicts --output-format: a VRT ends in .vrt, and nothing else does"},
    {"convert a.tif b.vrt --of COG",
     "output b.vrt contradicts --output-format: a VRT ends in .vrt, and nothing else does"},
    {"convert a.tif b.tif --of COGG",
     "option --output-format=COGG: takes one of COG, GTiff, VRT; did you mean 'COG'?"},
    {"convert a.tif b.nc --of netCDF",
     "option --output-format=netCDF: HDF5 and netCDF output are not in this version of cogmill; "
     "use COG"},
    {"convert a.tif b.tif --ot Flaot32",
     "option --output-data-type=Flaot32: takes one of Byte, Int8, UInt16, Int16, UInt32, Int32, "
     "UInt64, Int64, Float32, Float64, CInt16, CInt32, CFloat32, CFloat64; did you mean "
     "'Float32'?"},
    {"convert a.tif b.tif --dst-nodata none",
     "option --dst-nodata=none: takes a number, nan, inf or -inf"},
    {"convert a.tif b.tif --src-nodata 1,2",
     "option --src-nodata=1,2: takes a number, nan, inf or -inf"},
    {"convert a.tif b.tif --gpu-memory 0",
     "option --gpu-memory=0: takes a size such as 512MB or 2GiB"},
    {"convert a.tif b.tif --backend gpu",
     "option --backend=gpu: takes one of auto, cpu, cuda; did you mean 'cpu'?"},
    {"convert a.tif b.tif --threads 0",
     "option --threads=0: takes a number from 1 to 4096, or ALL_CPUS"},
    {"convert a.tif b.tif --threads -1",
     "option --threads=-1: takes a number from 1 to 4096, or ALL_CPUS"},
    {"convert a.tif b.tif --memory lots",
     "option --memory=lots: takes a size such as 512MB or 2GiB"},
    {"convert a.tif b.tif --memory 0", "option --memory=0: takes a size such as 512MB or 2GiB"},
    {"convert a.tif b.tif --on-error skip", "option --on-error=skip: takes one of stop, nodata"},
    {"convert a.tif b.tif --progress jsom",
     "option --progress=jsom: takes one of auto, bar, plain, json, none; did you mean 'json'?"},
    {"convert a.tif b.tif --log-level warn",
     "option --log-level=warn: takes one of debug, info, warning, error"},
    {"convert a.tif b.tif --price-per-hour -1",
     "option --price-per-hour=-1: takes a number that is not negative, such as 2.5"},
    {"convert a.tif b.tif --price-per-hour inf",
     "option --price-per-hour=inf: takes a number that is not negative, such as 2.5"},
    {"convert a.tif b.tif --config CACHE",
     "option --config=CACHE: takes NAME=VALUE, such as GDAL_CACHEMAX=64"},
    {"convert a.tif b.tif --co COMPRES=ZSTD",
     "unknown creation option 'COMPRES'; did you mean 'COMPRESS'?"},
    {"convert a.tif b.tif --overwite",
     "unknown option '--overwite' of cogmill convert; did you mean '--overwrite'?"},
    {"convert a.tif b.tif --creation",
     "unknown option '--creation' of cogmill convert; see cogmill "
     "convert --help"},  // never completed
    {"convert a.tif b.tif --compress ZSTD",
     "unknown option '--compress' of cogmill convert: use --co COMPRESS=VALUE"},
    {"convert a.tif b.tif --resume",
     "unknown option '--resume' of cogmill convert: it is not in this version of cogmill"},
    {"convert a.tif b.tif -t_srs EPSG:3857",
     "unknown option '-t_srs' of cogmill convert: use --dst-crs"},
    {"convert a.tif b.tif -a_nodata 0",
     "unknown option '-a_nodata' of cogmill convert: use --dst-nodata"},
    {"convert a.tif b.tif -q", "unknown option '-q' of cogmill convert: use --progress none"},
    {"convert a.tif b.tif --calc b1",
     "unknown option '--calc' of cogmill convert; see cogmill convert --help"},
    {"convert a.tif b.tif --overwrite=yes",
     "option --overwrite takes no value, but has one: --overwrite=yes"},
    {"convert a.tif b.tif --record", "option --record needs a value"},
    {"convert a.tif b.tif --record --trace t.json",
     "option --record needs a value, but --trace follows"},
    {"convert a.tif b.tif --threads 2 --threads 3", "option --threads is given twice"},
    {"convert a.tif b.tif --ot Byte --output-data-type Byte",
     "option --output-data-type is given twice"},
    {"convert a.tif a.tif", "OUTPUT and an input are one file: a.tif; give them different names"},
    {"convert a.tif b.tif --record b.tif",
     "--record and OUTPUT are one file: b.tif; give them different names"},
    {"convert a.tif b.tif --quicklook x --trace x",
     "--quicklook and --trace are one file: x; give them different names"},
};

TEST(ParseConvert, MistakesGetOneHelpfulLine) {
  for (const BadLine& bad : kMistakes) EXPECT_EQ(error_of(bad.line), bad.message) << bad.line;
}

}  // namespace
}  // namespace cogmill::cli
