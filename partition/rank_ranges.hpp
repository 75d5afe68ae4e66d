// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace cogmill::partition {

/// Cuts a sequence of chunks into one contiguous range per rank, of about equal cost.
/// @param costs estimated cost of each chunk, >= 0, any unit
/// @return ranks + 1 bounds: rank r owns chunks [bounds[r], bounds[r + 1]); ranges may be empty
/// @pre ranks >= 1
std::vector<std::int64_t> split_by_cost(std::span<const std::int64_t> costs, int ranks);

}  // namespace cogmill::partition
