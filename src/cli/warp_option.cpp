// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/warp_option.hpp"

#include "src/job/number_list.hpp"

#include <string>

namespace cogmill::cli {
namespace {

using job::Argument;

job::Choices<job::UnifiedNodata> unified_rules() {
  using job::UnifiedNodata;
  return {{"YES", UnifiedNodata::kYes},
          {"NO", UnifiedNodata::kNo},
          {"PARTIAL", UnifiedNodata::kPartial}};
}

double parse_scale(const Argument& option) {
  const double scale = job::parse_numbers(option, 1, 1, "takes a number").front();
  if (!(scale > 0)) option.fail("takes a number above 0, output pixels per source pixel");
  return scale;
}

/// Those of GDAL's options that cogmill does not take.
[[noreturn]] void fail_other(const Argument& argument, const std::string& name) {
  if (name == "NUM_THREADS") argument.fail("use --threads");
  if (name == "SAMPLE_GRID" || name == "SAMPLE_STEPS" || name == "SOURCE_EXTRA" ||
      name == "OPTIMIZE_SIZE")
    argument.fail(name + " works around limits that cogmill does not have: leave it out");
  argument.fail("cogmill takes XSCALE, YSCALE and UNIFIED_SRC_NODATA");
}

}  // namespace

void set_warp_option(const Argument& argument, job::WarpOptions& warp) {
  const auto equals = argument.value.find('=');
  if (equals == std::string::npos) argument.fail("takes NAME=VALUE, such as XSCALE=0.5");
  const std::string name = job::to_upper(argument.value.substr(0, equals));
  const Argument option{"warp option " + name, argument.value.substr(equals + 1)};
  if (name == "XSCALE")
    warp.x_scale = parse_scale(option);
  else if (name == "YSCALE")
    warp.y_scale = parse_scale(option);
  else if (name == "UNIFIED_SRC_NODATA")
    warp.unified_nodata = job::choose(option, unified_rules());
  else
    fail_other(argument, name);
}

std::vector<job::OptionText> warp_option_texts() {
  const job::OptionText x_scale{.name = "XSCALE",
                                .value = "N",
                                .unit = "output px per source px",
                                .otherwise = "measured",
                                .text = "How much wider kernels get where the output is coarser."};
  job::OptionText y_scale = x_scale;
  y_scale.name = "YSCALE";
  y_scale.text = "The same along y.";
  return {x_scale,
          y_scale,
          {.name = "UNIFIED_SRC_NODATA",
           .otherwise = "YES with --src-nodata, else PARTIAL",
           .text = "What makes a pixel of several bands invalid. YES: all bands without data; NO: "
                   "each band for itself; PARTIAL: each band, and the alpha if all are.",
           .words = job::words_of(unified_rules())}};
}

}  // namespace cogmill::cli
