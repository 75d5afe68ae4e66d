// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/job/job.hpp"
#include "src/job/option_text.hpp"

#include <span>
#include <string>
#include <vector>

namespace cogmill::job {

/// Resolves `--co NAME=VALUE` arguments. Names and words of values in any case.
/// Options and values as GDAL's COG driver has them; PREDICTOR also takes the numbers 1, 2 and 3.
/// ALL_CPUS threads are the default, so num_threads stays empty.
/// @throws report::UsageError for a name that is unknown (with the nearest one), that cogmill does
/// not support (with what to do), that is given twice, or a value out of its range
CreationOptions parse_creation_options(std::span<const std::string> arguments);

/// What is taken, in the order of the manual, with the defaults of CreationOptions.
std::vector<OptionText> creation_option_texts();

/// The names alone.
const std::vector<std::string>& creation_option_names();

}  // namespace cogmill::job
