// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "src/io/tile_store.hpp"
#include "src/plan/plan.hpp"

#include <string>

namespace cogmill::pipeline {

/// True if any pixel of the output's full resolution is valid in any band: it is neither nodata nor
/// NaN, and neither mask nor alpha hide it. Pixels of a resampled image that has none of these are
/// 0 where there is no source, and count as data where they are not 0.
/// Looks into the largest compressed tile of every rank first, which nearly always tells; only if
/// none of them does into all others. *Collective.*
/// @param own the compressed tiles that this rank has made   @throws exchange::AgreedError
bool has_data(const plan::Plan& plan, const io::TileStore& own, exchange::Communicator& comm);

/// What to say of an output without data: what is wrong, and what to look at.
std::string describe_no_data(const plan::Plan& plan, const std::string& output);

}  // namespace cogmill::pipeline
