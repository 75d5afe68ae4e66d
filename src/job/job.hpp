// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/codec.hpp"
#include "kernels/data_type.hpp"
#include "kernels/evaluate.hpp"
#include "kernels/nodata.hpp"
#include "kernels/overview.hpp"
#include "src/io/source.hpp"
#include "src/job/mosaic_options.hpp"
#include "src/job/warp_options.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cogmill::job {

enum class YesNo : std::uint8_t { kNo, kYes };
enum class PredictorChoice : std::uint8_t { kByType, kNone, kHorizontal, kFloatingPoint };
enum class BigTiff : std::uint8_t { kIfNeeded, kIfSafer, kYes, kNo };
enum class Interleave : std::uint8_t { kPixel, kBand };
enum class Overviews : std::uint8_t { kAuto, kIgnoreExisting, kNone };
enum class StatisticsChoice : std::uint8_t { kAuto, kNo, kYes };
enum class OutputFormat : std::uint8_t { kCog, kGTiff, kVrt };

/// The creation options of GDAL's COG driver that cogmill takes, resolved.
struct CreationOptions {
  kernels::CodecSpec codec{kernels::Codec::kDeflate, 0};
  PredictorChoice predictor = PredictorChoice::kByType;
  std::int64_t block_size = 512;  ///< [px], multiple of 16, 128 .. 4096
  Overviews overviews = Overviews::kAuto;
  std::optional<int> overview_count;
  std::optional<kernels::Resampling> resampling;           ///< RESAMPLING
  std::optional<kernels::Resampling> overview_resampling;  ///< OVERVIEW_RESAMPLING, wins
  BigTiff bigtiff = BigTiff::kIfNeeded;
  bool sparse_ok = false;
  StatisticsChoice statistics = StatisticsChoice::kAuto;
  Interleave interleave = Interleave::kPixel;
  std::optional<int> num_threads;  ///< NUM_THREADS; --threads wins
};

/// One `-i NAME=FILE`.
struct Input {
  std::string name;  ///< "A"; empty where the command has one unnamed input
  std::string path;
  std::optional<kernels::WarpResampling> resampling = {};  ///< `,resampling=cubic` behind the name
};

/// Where progress goes.
enum class ProgressMode : std::uint8_t { kAuto, kBar, kPlain, kJson, kNone };
enum class Backend : std::uint8_t { kAuto, kCpu, kCuda };

/// How to run, whatever the job is.
struct RunOptions {
  Backend backend = Backend::kAuto;
  std::optional<int> threads;              ///< per rank; default: its share of the node's cores
  std::optional<std::int64_t> memory;      ///< bytes, bound of a rank's peak resident size
  std::optional<std::int64_t> gpu_memory;  ///< bytes of its device that a rank may take
  std::optional<std::string> scratch;      ///< folder for spilled tiles; default: beside the output
  io::OnError on_error = io::OnError::kStop;
  bool overwrite = false;
  bool dry_run = false;
  std::optional<std::string> record;     ///< YAML file
  std::optional<std::string> trace;      ///< JSON file
  std::optional<std::string> quicklook;  ///< PNG file
  std::optional<double> price_per_hour;  ///< any currency, of the whole allocation
  ProgressMode progress = ProgressMode::kAuto;
  std::string log_level = "warning";          ///< debug info warning error
  std::map<std::string, std::string> config;  ///< --config NAME=VALUE for GDAL
};

/// A processing job as the command line gave it: nothing has been opened yet. Every rank parses the
/// same one.
struct Job {
  std::string command;       ///< "calc", "convert", "reproject", "mosaic"
  std::string command_line;  ///< as typed, for the record
  std::vector<Input> inputs;
  std::vector<std::string> expressions;  ///< one per output band (calc)
  std::optional<std::string> index;      ///< --index NAME (calc), instead of expressions
  std::map<std::string, int> roles;      ///< --red 3 --nir 4: band numbers of the first input
  std::optional<kernels::Precision> precision;
  std::string output;
  OutputFormat format = OutputFormat::kCog;
  std::optional<kernels::DataType> output_type;
  std::optional<kernels::Nodata> dst_nodata;
  std::optional<kernels::Nodata> src_nodata;
  std::optional<WarpOptions> warp;  ///< inputs are brought onto a grid; nothing: they are on one
  std::optional<MosaicOptions> mosaic;  ///< the inputs name the sources of one image; with warp
  CreationOptions creation;
  RunOptions run;
};

}  // namespace cogmill::job
