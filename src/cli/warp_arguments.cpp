// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/warp_arguments.hpp"

#include "src/cli/transformer_names.hpp"
#include "src/job/argument.hpp"
#include "src/job/number_list.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string_view>
#include <utility>

namespace cogmill::cli {
namespace {

using crs::OverviewOption;
using job::Argument;
using report::UsageError;

std::array<double, 2> parse_resolution(const Argument& argument) {
  const auto numbers = job::parse_numbers(argument, 1, 2, "takes X,Y or one number for both");
  const std::array<double, 2> resolution{numbers.front(), numbers.back()};
  if (!(resolution[0] > 0 && resolution[1] > 0)) argument.fail("takes numbers above 0");
  return resolution;
}

std::array<std::int64_t, 2> parse_size(const Argument& argument) {
  constexpr double kMost = 2147483647;
  const auto numbers =
      job::parse_numbers(argument, 2, 2, "takes W,H; one of them may be 0 to follow the other");
  for (const double number : numbers)
    if (!(number >= 0 && number <= kMost && number == std::floor(number)))
      argument.fail("takes whole numbers from 0 to 2147483647");
  if (numbers[0] + numbers[1] == 0) argument.fail("only one of the sides may be 0");
  return {static_cast<std::int64_t>(numbers[0]), static_cast<std::int64_t>(numbers[1])};
}

std::array<double, 4> parse_bbox(const Argument& argument) {
  const auto numbers = job::parse_numbers(argument, 4, 4, "takes XMIN,YMIN,XMAX,YMAX");
  if (!(numbers[0] < numbers[2] && numbers[1] < numbers[3]))
    argument.fail("takes XMIN,YMIN,XMAX,YMAX, the smaller of each pair first");
  return {numbers[0], numbers[1], numbers[2], numbers[3]};
}

double parse_threshold(const Argument& argument) {
  const double threshold =
      job::parse_numbers(argument, 1, 1, "takes a number of source pixels").front();
  if (threshold < 0) argument.fail("takes a number of source pixels, 0 for exact positions");
  return threshold;
}

OverviewOption parse_overview(const Argument& argument) {
  using Rule = OverviewOption::Rule;
  constexpr int kMost = 63;
  constexpr std::string_view kFiner = "AUTO-";
  const std::string text = job::to_upper(argument.value);
  if (text == "AUTO") return {};
  if (text == "NONE") return {Rule::kNone, 0};
  if (!text.starts_with(kFiner)) return {Rule::kLevel, job::parse_integer(argument, 0, kMost)};
  return {Rule::kAuto, job::parse_integer({argument.name, text.substr(kFiner.size())}, 0, kMost)};
}

/// The warp options of GDAL that mean something here.
void set_warp_option(const Argument& argument, job::WarpOptions& warp) {
  const auto equals = argument.value.find('=');
  if (equals == std::string::npos) argument.fail("takes NAME=VALUE, such as XSCALE=0.5");
  const std::string name = job::to_upper(argument.value.substr(0, equals));
  const Argument option{"warp option " + name, argument.value.substr(equals + 1)};
  if (name == "XSCALE" || name == "YSCALE") {
    const double scale = job::parse_numbers(option, 1, 1, "takes a number").front();
    if (!(scale > 0)) option.fail("takes a number above 0, output pixels per source pixel");
    (name == "XSCALE" ? warp.x_scale : warp.y_scale) = scale;
  } else if (name == "UNIFIED_SRC_NODATA") {
    using job::UnifiedNodata;
    warp.unified_nodata =
        job::choose<UnifiedNodata>(option, {{"YES", UnifiedNodata::kYes},
                                            {"NO", UnifiedNodata::kNo},
                                            {"PARTIAL", UnifiedNodata::kPartial}});
  } else if (name == "NUM_THREADS") {
    argument.fail("use --threads");
  } else if (name == "SAMPLE_GRID" || name == "SAMPLE_STEPS" || name == "SOURCE_EXTRA" ||
             name == "OPTIMIZE_SIZE") {
    argument.fail(name + " works around limits that cogmill does not have: leave it out");
  } else {
    argument.fail("cogmill takes XSCALE, YSCALE and UNIFIED_SRC_NODATA");
  }
}

/// Heights under neighbouring pixels differ: positions are not to be interpolated, as in gdalwarp.
bool has_dem(const std::vector<std::string>& transformer_options) {
  return std::ranges::any_of(transformer_options, [](const std::string& option) {
    constexpr std::string_view kName = "RPC_DEM=";
    return std::ranges::equal(option.substr(0, kName.size()), kName, {},
                              [](unsigned char c) { return std::toupper(c); });
  });
}

}  // namespace

kernels::WarpResampling parse_warp_resampling(const Argument& argument) {
  if (const auto known = kernels::warp_resampling_from_name(argument.value)) return *known;
  using kernels::WarpResampling;
  std::vector<job::Choice<WarpResampling>> choices;
  for (auto r = WarpResampling::kNearest; r <= WarpResampling::kSum;
       r = static_cast<WarpResampling>(static_cast<int>(r) + 1))
    choices.push_back({std::string(kernels::name_of(r)), r});
  return job::choose(argument, choices);
}

void WarpArguments::value(OptionTable& options, const std::string& name, OptionTable::Setter set) {
  options.value(name, [this, set = std::move(set)](const Argument& argument) {
    given_ = true;
    set(argument);
  });
}

void WarpArguments::declare_grid(OptionTable& options) {
  crs::GridOptions& grid = warp_.grid;
  value(options, "dst-crs", [&](const Argument& a) { grid.dst_crs = a.value; });
  value(options, "like", [&](const Argument& a) { grid.like = a.value; });
  value(options, "resolution", [this](const Argument& a) { set_resolution(a); });
  value(options, "size", [&](const Argument& a) { grid.size = parse_size(a); });
  value(options, "bbox", [&](const Argument& a) { grid.bbox = parse_bbox(a); });
  value(options, "bbox-crs", [&](const Argument& a) { grid.bbox_crs = a.value; });
  options.flag("target-aligned-pixels", aligned_pixels_);
  options.flag("allow-large-output", allow_large_);
  options.alias("tap", "target-aligned-pixels");
}

void WarpArguments::set_resolution(const Argument& argument) {
  using job::ResolutionRule;
  const bool word = !argument.value.empty() &&
                    std::isalpha(static_cast<unsigned char>(argument.value.front())) != 0;
  if (mosaic_ == nullptr || !word) {
    warp_.grid.resolution = parse_resolution(argument);
    return;
  }
  mosaic_->resolution =
      job::choose<ResolutionRule>(argument, {{"highest", ResolutionRule::kHighest},
                                             {"lowest", ResolutionRule::kLowest},
                                             {"average", ResolutionRule::kAverage}});
}

void WarpArguments::declare_transform(OptionTable& options) {
  value(options, "src-crs", [this](const Argument& a) { warp_.src_crs = a.value; });
  value(options, "coordinate-operation",
        [this](const Argument& a) { warp_.coordinate_operation = a.value; });
  options.alias("ct", "coordinate-operation");
  options.repeated("transform-option", [this](const Argument& a) {
    if (a.value.find('=') == std::string::npos) a.fail("takes NAME=VALUE, such as METHOD=GCP_TPS");
    check_transformer_name(a);
    given_ = true;
    warp_.transformer_options.push_back(a.value);
  });
  options.alias("to", "transform-option");
}

void WarpArguments::declare_resampling(OptionTable& options) {
  value(options, "resampling",
        [this](const Argument& a) { warp_.resampling = parse_warp_resampling(a); });
  options.alias("r", "resampling");
  value(options, "error-threshold",
        [this](const Argument& a) { error_threshold_ = parse_threshold(a); });
  options.alias("et", "error-threshold");
  value(options, "overview", [this](const Argument& a) { warp_.overview = parse_overview(a); });
  options.alias("ovr", "overview");
  options.repeated("warp-option", [this](const Argument& a) {
    given_ = true;
    set_warp_option(a, warp_);
  });
  options.alias("wo", "warp-option");
  options.flag("add-alpha", add_alpha_);
}

void WarpArguments::declare(OptionTable& options) {
  declare_grid(options);
  declare_transform(options);
  declare_resampling(options);
}

void WarpArguments::declare_for_mosaic(OptionTable& options, job::MosaicOptions& mosaic) {
  mosaic_ = &mosaic;
  declare(options);
}

void WarpArguments::declare_cutline(OptionTable& options) {
  value(options, "cutline", [this](const Argument& a) { cutline_.path = a.value; });
  value(options, "cutline-layer", [this](const Argument& a) { cutline_.layer = a.value; });
  value(options, "cutline-where", [this](const Argument& a) { cutline_.where = a.value; });
  options.flag("crop-to-cutline", cutline_.crop);
}

void WarpArguments::finish(job::Job& job, bool always) const {
  const bool given = given_ || aligned_pixels_ || allow_large_ || add_alpha_ || cutline_.crop;
  if (!given && !always) return;
  job.warp = warp_;
  job.warp->grid.target_aligned_pixels = aligned_pixels_;
  job.warp->grid.allow_large = allow_large_;
  job.warp->add_alpha = add_alpha_;
  if (has_dem(warp_.transformer_options)) job.warp->error_threshold = 0;
  if (error_threshold_) job.warp->error_threshold = *error_threshold_;
  if (!cutline_.path.empty()) job.warp->cutline = cutline_;
  if (cutline_.path.empty() &&
      (cutline_.crop || !cutline_.layer.empty() || !cutline_.where.empty()))
    throw UsageError("--crop-to-cutline, --cutline-layer and --cutline-where need --cutline FILE");
  const crs::GridOptions& grid = job.warp->grid;
  if (!grid.bbox_crs.empty() && !grid.bbox)
    throw UsageError("--bbox-crs says what --bbox is in; give --bbox XMIN,YMIN,XMAX,YMAX");
  if (grid.target_aligned_pixels && !grid.resolution && mosaic_ == nullptr)
    throw UsageError("--target-aligned-pixels needs --resolution X,Y");
  const bool own_grid = !grid.dst_crs.empty() || grid.resolution || grid.size || grid.bbox;
  if (!grid.like.empty() && own_grid)
    throw UsageError("--like takes a whole grid: leave out --dst-crs, --resolution, --size and " +
                     std::string("--bbox"));
}

}  // namespace cogmill::cli
