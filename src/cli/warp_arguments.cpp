// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/warp_arguments.hpp"

#include "src/cli/transformer_names.hpp"
#include "src/cli/warp_option.hpp"
#include "src/job/argument.hpp"
#include "src/job/number_list.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <sstream>
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

job::Choices<kernels::WarpResampling> resamplings() {
  using kernels::WarpResampling;
  job::Choices<WarpResampling> choices;
  for (auto r = WarpResampling::kNearest; r <= WarpResampling::kSum;
       r = static_cast<WarpResampling>(static_cast<int>(r) + 1))
    choices.push_back({std::string(kernels::name_of(r)), r});
  return choices;
}

job::Choices<job::ResolutionRule> resolution_rules() {
  using job::ResolutionRule;
  return {{"highest", ResolutionRule::kHighest},
          {"lowest", ResolutionRule::kLowest},
          {"average", ResolutionRule::kAverage}};
}

bool begins_with_letter(const std::string& text) {
  return !text.empty() && std::isalpha(static_cast<unsigned char>(text.front())) != 0;
}

/// As it would be typed: 0.125.
std::string short_number(double number) {
  std::ostringstream text;
  text << number;
  return text.str();
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
  return job::choose(argument, resamplings());
}

void WarpArguments::value(OptionTable& options, job::OptionText text, OptionTable::Setter set) {
  options.value(std::move(text), [this, set = std::move(set)](const Argument& argument) {
    given_ = true;
    set(argument);
  });
}

void WarpArguments::declare_crs(OptionTable& options) {
  crs::GridOptions& grid = warp_.grid;
  value(options,
        {.name = "dst-crs",
         .value = "CRS",
         .otherwise = "INPUT's",
         .text = "CRS of the output: EPSG:n, WKT, PROJJSON or a PROJ string."},
        [&](const Argument& a) { grid.dst_crs = a.value; });
  value(options,
        {.name = "src-crs",
         .value = "CRS",
         .otherwise = "the file's",
         .text = "CRS of the input, instead of what the file says."},
        [this](const Argument& a) { warp_.src_crs = a.value; });
  value(options,
        {.name = "like",
         .value = "FILE",
         .text = "Take the whole grid of this raster; in calc also of an input, by its name."},
        [&](const Argument& a) { grid.like = a.value; });
}

void WarpArguments::declare_grid(OptionTable& options) {
  crs::GridOptions& grid = warp_.grid;
  value(options,
        {.name = "bbox",
         .value = "XMIN,YMIN,XMAX,YMAX",
         .otherwise = "all of INPUT",
         .text = "Extent of the output, in its CRS or in --bbox-crs."},
        [&](const Argument& a) { grid.bbox = parse_bbox(a); });
  value(options,
        {.name = "bbox-crs",
         .value = "CRS",
         .otherwise = "OUTPUT's",
         .text = "What the numbers of --bbox are in."},
        [&](const Argument& a) { grid.bbox_crs = a.value; });
  if (mosaic_ == nullptr) declare_resolution(options);
  value(options,
        {.name = "size",
         .value = "W,H",
         .unit = "px",
         .text = "Width and height of the output; one of them may be 0 and follows the other."},
        [&](const Argument& a) { grid.size = parse_size(a); });
  options.flag({.name = "target-aligned-pixels",
                .alias = "tap",
                .text = "Edges of the output are multiples of --resolution."},
               aligned_pixels_);
  options.flag({.name = "allow-large-output",
                .text = "Do not refuse an output that looks too large to be meant."},
               allow_large_);
}

/// Of a mosaic's sources several resolutions are known, and a word chooses.
void WarpArguments::declare_resolution(OptionTable& options) {
  job::OptionText text{.name = "resolution",
                       .value = "X,Y",
                       .unit = "CRS unit",
                       .text = "Size of an output pixel; one number for both."};
  if (mosaic_ == nullptr) {
    value(options, std::move(text),
          [this](const Argument& a) { warp_.grid.resolution = parse_resolution(a); });
    return;
  }
  text.words = job::words_of(resolution_rules());
  text.value += '|' + job::join(text.words, "|");
  text.initial = job::word_for(mosaic_->resolution, resolution_rules());
  text.text += " Or of the sources' sizes in the output's CRS one, as gdalbuildvrt.";
  value(options, std::move(text), [this](const Argument& a) {
    if (begins_with_letter(a.value))
      mosaic_->resolution = job::choose(a, resolution_rules());
    else
      warp_.grid.resolution = parse_resolution(a);
  });
}

void WarpArguments::declare_transform(OptionTable& options) {
  value(options,
        {.name = "coordinate-operation",
         .alias = "ct",
         .value = "PIPELINE",
         .text = "PROJ pipeline from the input's CRS to the output's, instead of PROJ's choice."},
        [this](const Argument& a) { warp_.coordinate_operation = a.value; });
  options.repeated(
      {.name = "transform-option",
       .alias = "to",
       .value = "NAME=VALUE",
       .text = "Option of GDAL's transformers, such as METHOD=GCP_TPS or RPC_DEM=FILE; "
               "repeatable.",
       .keywords = transformer_option_texts()},
      [this](const Argument& a) {
        if (a.value.find('=') == std::string::npos)
          a.fail("takes NAME=VALUE, such as METHOD=GCP_TPS");
        check_transformer_name(a);
        given_ = true;
        warp_.transformer_options.push_back(a.value);
      });
}

void WarpArguments::declare_resampling(OptionTable& options) {
  value(options,
        {.name = "resampling",
         .alias = "r",
         .initial = job::word_for(warp_.resampling, resamplings()),
         .text = "How an output pixel is computed from those of the input, as gdalwarp does.",
         .words = job::words_of(resamplings())},
        [this](const Argument& a) { warp_.resampling = parse_warp_resampling(a); });
  value(options,
        {.name = "error-threshold",
         .alias = "et",
         .value = "N",
         .unit = "source px",
         .initial = short_number(warp_.error_threshold),
         .text = "How far interpolated positions may be off. 0: every position is exact, which is "
                 "the default with --to RPC_DEM=FILE."},
        [this](const Argument& a) { error_threshold_ = parse_threshold(a); });
  value(options,
        {.name = "overview",
         .alias = "ovr",
         .value = "N|auto|none",
         .initial = "auto",
         .text = "Which overview of the input is read. auto: the coarsest that is not coarser than "
                 "the output; auto-N: finer by N levels; none: full resolution.",
         .words = {"auto", "none"}},
        [this](const Argument& a) { warp_.overview = parse_overview(a); });
  options.repeated({.name = "warp-option",
                    .alias = "wo",
                    .value = "NAME=VALUE",
                    .text = "Option of gdalwarp's algorithm; repeatable.",
                    .keywords = warp_option_texts()},
                   [this](const Argument& a) {
                     given_ = true;
                     set_warp_option(a, warp_);
                   });
  options.flag({.name = "add-alpha", .text = "Add an alpha band that hides pixels without data."},
               add_alpha_);
}

void WarpArguments::declare(OptionTable& options, const std::string& explained_in) {
  options.section("Grid", explained_in);
  declare_crs(options);
  declare_grid(options);
  options.section("Resampling", explained_in);
  declare_resampling(options);
  declare_transform(options);
}

void WarpArguments::declare_for_mosaic(OptionTable& options, job::MosaicOptions& mosaic,
                                       const std::string& explained_in) {
  mosaic_ = &mosaic;
  declare_resolution(options);
  declare(options, explained_in);
}

void WarpArguments::declare_cutline(OptionTable& options, const std::string& explained_in) {
  options.section("Cutline", explained_in);
  value(options,
        {.name = "cutline",
         .value = "FILE",
         .text = "What lies outside of these polygons is without data; any file that OGR opens."},
        [this](const Argument& a) { cutline_.path = a.value; });
  value(options,
        {.name = "cutline-layer",
         .value = "NAME",
         .otherwise = "only one",
         .text = "The layer of the polygons."},
        [this](const Argument& a) { cutline_.layer = a.value; });
  value(options,
        {.name = "cutline-where",
         .value = "SQL",
         .otherwise = "all",
         .text = "Which features are taken, such as \"class = 3\"."},
        [this](const Argument& a) { cutline_.where = a.value; });
  options.flag({.name = "crop-to-cutline",
                .text = "The output's extent is that of the polygons, unless --bbox is given."},
               cutline_.crop);
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
