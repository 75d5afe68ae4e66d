// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/job/argument.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace cogmill::job {

/// Finite numbers between commas.
/// @param hint what the argument takes, for the message
/// @throws report::UsageError unless there are `least` to `most` of them
std::vector<double> parse_numbers(const Argument& argument, std::size_t least, std::size_t most,
                                  const std::string& hint);

}  // namespace cogmill::job
