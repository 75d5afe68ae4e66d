// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "src/io/tile_store.hpp"
#include "src/plan/plan.hpp"

#include <cstddef>

namespace cogmill::pipeline {

/// Sends every rank the compressed tiles, made by others in round `round` - 1, that its chunks of
/// `round` start from. What this rank receives goes to `guests`. *Collective.*
void exchange_tiles(const plan::Plan& plan, const plan::RankBounds& bounds, std::size_t round,
                    const io::TileStore& own, io::TileStore& guests, exchange::Communicator& comm);

}  // namespace cogmill::pipeline
