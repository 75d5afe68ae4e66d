// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/job/creation_options.hpp"

#include "src/job/argument.hpp"
#include "src/report/error.hpp"
#include "src/report/nearest.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace cogmill::job {
namespace {

using report::UsageError;

using R = kernels::Resampling;

// Words of values. Texts name the first of those that mean the same.

Choices<bool> booleans() {
  return {{"YES", true}, {"NO", false},  {"TRUE", true}, {"FALSE", false},
          {"ON", true},  {"OFF", false}, {"1", true},    {"0", false}};
}

Choices<kernels::Codec> codecs() {
  using kernels::Codec;
  return {{"DEFLATE", Codec::kDeflate},
          {"ZSTD", Codec::kZstd},
          {"LZW", Codec::kLzw},
          {"NONE", Codec::kNone}};
}

Choices<PredictorChoice> predictors() {
  using P = PredictorChoice;
  return {{"YES", P::kByType},
          {"NO", P::kNone},
          {"STANDARD", P::kHorizontal},
          {"FLOATING_POINT", P::kFloatingPoint},
          {"1", P::kNone},
          {"2", P::kHorizontal},
          {"3", P::kFloatingPoint}};
}

Choices<Overviews> overviews() {
  return {{"AUTO", Overviews::kAuto},
          {"IGNORE_EXISTING", Overviews::kIgnoreExisting},
          {"NONE", Overviews::kNone}};
}

Choices<R> resamplings() {
  return {{"NEAREST", R::kNearest},
          {"AVERAGE", R::kAverage},
          {"BILINEAR", R::kBilinear},
          {"CUBIC", R::kCubic},
          {"MODE", R::kMode}};
}

Choices<BigTiff> bigtiffs() {
  return {{"YES", BigTiff::kYes},
          {"NO", BigTiff::kNo},
          {"IF_NEEDED", BigTiff::kIfNeeded},
          {"IF_SAFER", BigTiff::kIfSafer}};
}

Choices<StatisticsChoice> statistics() {
  using S = StatisticsChoice;
  return {{"AUTO", S::kAuto}, {"YES", S::kYes}, {"NO", S::kNo}};
}

Choices<Interleave> interleaves() {
  return {{"PIXEL", Interleave::kPixel}, {"BAND", Interleave::kBand}};
}

void set_compress(CreationOptions& options, const Argument& argument) {
  static const std::set<std::string> kNotWritten = {"JPEG",      "WEBP", "LERC", "LERC_DEFLATE",
                                                    "LERC_ZSTD", "LZMA", "JXL",  "PACKBITS"};
  if (kNotWritten.contains(to_upper(argument.value)))
    argument.fail("cogmill writes DEFLATE, ZSTD, LZW and NONE; for " + to_upper(argument.value) +
                  " use gdal_translate -of COG");
  options.codec.codec = choose(argument, codecs());
}

/// The codec is known by now: COMPRESS is looked at first.
void set_level(CreationOptions& options, const Argument& argument) {
  switch (options.codec.codec) {
    case kernels::Codec::kDeflate:
      options.codec.level = parse_integer(argument, 1, 12);
      return;
    case kernels::Codec::kZstd:
      options.codec.level = parse_integer(argument, 1, 22);
      return;
    default:
      argument.fail("COMPRESS=" + std::string(kernels::name_of(options.codec.codec)) +
                    " has no levels; DEFLATE (1 to 12) and ZSTD (1 to 22) have");
  }
}

void set_predictor(CreationOptions& options, const Argument& argument) {
  options.predictor = choose(argument, predictors());
  if (options.codec.codec == kernels::Codec::kNone && options.predictor != PredictorChoice::kNone)
    argument.fail("COMPRESS=NONE has no predictor; leave it out or choose a codec");
}

void set_block_size(CreationOptions& options, const Argument& argument) {
  options.block_size = parse_integer(argument, 128, 4096);
  if (options.block_size % 16 != 0)
    argument.fail("takes a multiple of 16 from 128 to 4096; the nearest is " +
                  std::to_string((options.block_size + 8) / 16 * 16));
}

void set_overviews(CreationOptions& options, const Argument& argument) {
  if (to_upper(argument.value) == "FORCE_USE_EXISTING")
    argument.fail("cogmill computes overviews anew; use AUTO, or NONE to have none");
  options.overviews = choose(argument, overviews());
}

/// OVERVIEWS is looked at first.
void set_overview_count(CreationOptions& options, const Argument& argument) {
  constexpr int kMostLevels = 31;  // 2^31 pixels are halved no more often
  options.overview_count = parse_integer(argument, 0, kMostLevels);
  if (options.overviews == Overviews::kNone && *options.overview_count > 0)
    argument.fail("contradicts OVERVIEWS=NONE; give one of them");
}

R resampling(const Argument& argument) {
  static const std::set<std::string> kNotBuilt = {"CUBICSPLINE", "LANCZOS", "RMS", "GAUSS"};
  if (kNotBuilt.contains(to_upper(argument.value)))
    argument.fail("cogmill resamples overviews by NEAREST, AVERAGE, BILINEAR, CUBIC and MODE");
  return choose(argument, resamplings());
}

void set_interleave(CreationOptions& options, const Argument& argument) {
  if (to_upper(argument.value) == "TILE")
    argument.fail("cogmill writes PIXEL (the default) and BAND");
  options.interleave = choose(argument, interleaves());
}

struct Option {
  OptionText text;
  std::function<void(CreationOptions&, const Argument&)> set;
};

/// An option whose value is one of some words, with its default.
template <class T>
OptionText one_of(std::string name, const Choices<T>& choices, const T& initial, std::string text) {
  return {.name = std::move(name),
          .initial = word_for(initial, choices),
          .text = std::move(text),
          .words = words_of(choices)};
}

std::vector<Option> codec_options() {
  const CreationOptions initial;
  return {
      {one_of("COMPRESS", codecs(), initial.codec.codec, "The codec of all tiles."), set_compress},
      {{.name = "LEVEL",
        .value = "N",
        .otherwise = "by each tile's pixels",
        .text = "How hard the codec tries: 1 to 12 for DEFLATE, 1 to 22 for ZSTD."},
       set_level},
      {one_of("PREDICTOR", predictors(), initial.predictor,
              "What is stored of samples. YES: differences of integers, byte planes of floats."),
       set_predictor},
      {{.name = "BLOCKSIZE",
        .value = "N",
        .unit = "px",
        .initial = std::to_string(initial.block_size),
        .text = "Side of a tile: a multiple of 16 from 128 to 4096."},
       set_block_size}};
}

std::vector<Option> overview_options() {
  return {{one_of("OVERVIEWS", overviews(), CreationOptions().overviews,
                  "Whether there are overviews; they are always computed anew."),
           set_overviews},
          {{.name = "OVERVIEW_COUNT",
            .value = "N",
            .otherwise = "down to one tile",
            .text = "Number of overview levels, each half the one below."},
           set_overview_count},
          {{.name = "RESAMPLING",
            .otherwise = "AVERAGE, NEAREST for colour tables",
            .text = "How overviews are computed.",
            .words = words_of(resamplings())},
           [](auto& options, auto& a) { options.resampling = resampling(a); }},
          {{.name = "OVERVIEW_RESAMPLING",
            .otherwise = "as RESAMPLING",
            .text = "The same, and stronger than RESAMPLING.",
            .words = words_of(resamplings())},
           [](auto& options, auto& a) { options.overview_resampling = resampling(a); }}};
}

std::vector<Option> file_options() {
  const CreationOptions initial;
  return {{one_of("BIGTIFF", bigtiffs(), initial.bigtiff,
                  "Whether the file is a BigTIFF. IF_NEEDED: if it has 4 GiB and more."),
           [](auto& options, auto& a) { options.bigtiff = choose(a, bigtiffs()); }},
          {{.name = "NUM_THREADS",
            .value = "N|ALL_CPUS",
            .initial = "ALL_CPUS",
            .text = "Threads of a rank, as --threads, which is stronger.",
            .words = {"ALL_CPUS"}},
           [](auto& options, auto& a) { options.num_threads = parse_threads(a); }},
          {one_of("SPARSE_OK", booleans(), initial.sparse_ok,
                  "Tiles without data are left out of the file."),
           [](auto& options, auto& a) { options.sparse_ok = choose(a, booleans()); }},
          {one_of("STATISTICS", statistics(), initial.statistics,
                  "Statistics of each band in its metadata. AUTO: those of the input, where they "
                  "still hold."),
           [](auto& options, auto& a) { options.statistics = choose(a, statistics()); }},
          {one_of("INTERLEAVE", interleaves(), initial.interleave,
                  "Bands of a pixel side by side, or each band in tiles of its own."),
           set_interleave}};
}

/// In an order in which what an option depends on comes before it.
const std::vector<Option>& option_table() {
  static const std::vector<Option> table = [] {
    std::vector<Option> all = codec_options();
    for (auto more : {overview_options(), file_options()})
      std::move(more.begin(), more.end(), std::back_inserter(all));
    return all;
  }();
  return table;
}

/// What to say of options that GDAL's COG or GTiff driver has and cogmill has not.
std::string advice_for(const std::string& name) {
  static const std::map<std::string, std::string> kAdvice = {
      {"QUALITY", "it belongs to lossy codecs, and cogmill writes lossless ones"},
      {"MAX_Z_ERROR", "it belongs to LERC, and cogmill writes lossless codecs"},
      {"JXL_LOSSLESS", "it belongs to JPEG XL, which cogmill does not write"},
      {"OVERVIEW_COMPRESS", "overviews are compressed as the image"},
      {"OVERVIEW_PREDICTOR", "overviews have the predictor of the image"},
      {"OVERVIEW_QUALITY", "it belongs to lossy codecs, and cogmill writes lossless ones"},
      {"TILING_SCHEME", "cogmill keeps the grid of its input"},
      {"TARGET_SRS", "cogmill keeps the grid of its input"},
      {"RES", "cogmill keeps the grid of its input"},
      {"EXTENT", "cogmill keeps the grid of its input"},
      {"ZOOM_LEVEL", "cogmill keeps the grid of its input"},
      {"ALIGNED_LEVELS", "cogmill keeps the grid of its input"},
      {"WARP_RESAMPLING", "cogmill keeps the grid of its input"},
      {"ADD_ALPHA", "masks and alpha bands are kept as they are"},
      {"NBITS", "pixels are written in whole bytes"},
      {"GEOTIFF_VERSION", "it is chosen by the CRS, as with AUTO"},
      {"TILED", "output is always tiled; BLOCKSIZE sets the tile's side"},
      {"BLOCKXSIZE", "tiles are square; use BLOCKSIZE"},
      {"BLOCKYSIZE", "tiles are square; use BLOCKSIZE"},
      {"ZLEVEL", "use LEVEL"},
      {"ZSTD_LEVEL", "use LEVEL"},
      {"COPY_SRC_OVERVIEWS", "use OVERVIEWS"},
      {"PHOTOMETRIC", "colours are kept as they are"},
  };
  const auto found = kAdvice.find(name);
  return found == kAdvice.end() ? std::string() : found->second;
}

[[noreturn]] void fail_unknown(const std::string& name) {
  const std::string advice = advice_for(name);
  if (!advice.empty()) throw UsageError("creation option " + name + " is not supported: " + advice);
  const auto found = report::nearest(name, creation_option_names());
  throw UsageError("unknown creation option '" + name + "'; " +
                   (found ? "did you mean '" + *found + "'?"
                          : "cogmill takes " + join(creation_option_names(), ", ")));
}

std::map<std::string, Argument> split(std::span<const std::string> arguments) {
  std::map<std::string, Argument> by_name;
  for (const std::string& text : arguments) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
      throw UsageError("creation option '" + text + "' is not NAME=VALUE, as in COMPRESS=ZSTD");
    const std::string name = to_upper(text.substr(0, equals));
    const Argument argument{"creation option " + name, text.substr(equals + 1)};
    const auto& names = creation_option_names();
    if (std::find(names.begin(), names.end(), name) == names.end()) fail_unknown(name);
    if (!by_name.emplace(name, argument).second)
      throw UsageError(argument.name + " is given twice: " + by_name.at(name).value + " and " +
                       argument.value);
  }
  return by_name;
}

}  // namespace

std::vector<OptionText> creation_option_texts() {
  std::vector<OptionText> texts;
  for (const Option& option : option_table()) texts.push_back(option.text);
  return texts;
}

const std::vector<std::string>& creation_option_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for (const Option& option : option_table()) list.push_back(option.text.name);
    return list;
  }();
  return names;
}

CreationOptions parse_creation_options(std::span<const std::string> arguments) {
  const std::map<std::string, Argument> by_name = split(arguments);
  CreationOptions options;
  for (const Option& option : option_table())
    if (const auto found = by_name.find(option.text.name); found != by_name.end())
      option.set(options, found->second);
  return options;
}

}  // namespace cogmill::job
