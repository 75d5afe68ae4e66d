// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/job/argument.hpp"
#include "src/job/option_text.hpp"

#include <vector>

namespace cogmill::cli {

/// Refuses a --transform-option whose name GDAL's transformers would pass over in silence.
/// @param argument NAME=VALUE, the name in any case
/// @throws report::UsageError with the nearest name, or all of them
void check_transformer_name(const job::Argument& argument);

/// The names, for completion. What they do is in GDAL's manual.
std::vector<job::OptionText> transformer_option_texts();

}  // namespace cogmill::cli
