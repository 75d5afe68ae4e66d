// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/job/argument.hpp"
#include "src/job/option_text.hpp"
#include "src/job/warp_options.hpp"

#include <vector>

namespace cogmill::cli {

/// Takes one --warp-option NAME=VALUE: those of GDAL that mean something here, names in any case.
/// @throws report::UsageError for any other, with what to do instead
void set_warp_option(const job::Argument& argument, job::WarpOptions& warp);

/// What set_warp_option takes.
std::vector<job::OptionText> warp_option_texts();

}  // namespace cogmill::cli
