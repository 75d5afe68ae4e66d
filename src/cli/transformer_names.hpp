// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/job/argument.hpp"

namespace cogmill::cli {

/// Refuses a --transform-option whose name GDAL's transformers would pass over in silence.
/// @param argument NAME=VALUE, the name in any case
/// @throws report::UsageError with the nearest name, or all of them
void check_transformer_name(const job::Argument& argument);

}  // namespace cogmill::cli
