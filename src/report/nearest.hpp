// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cogmill::report {

/// The candidate that `name` is probably a misspelling of: fewest insertions, deletions,
/// replacements and swaps of neighbours, whatever the case of letters; the first of equals.
/// @return nothing if more than about a third of the name would have to change
std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates);

/// The tail of an error message: "; did you mean 'zstd'?", or empty.
std::string did_you_mean(std::string_view name, std::span<const std::string> candidates);

}  // namespace cogmill::report
