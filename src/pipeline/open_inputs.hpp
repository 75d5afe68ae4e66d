// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/scene_info.hpp"
#include "src/io/source.hpp"
#include "src/io/tile_store.hpp"
#include "src/pipeline/stages.hpp"

#include <cstdint>
#include <vector>

namespace cogmill::pipeline {

/// Opens the job's inputs for the first round. Local.
/// @param cache_bytes for decoded blocks of all inputs   @throws report::RuntimeError
RoundInput open_inputs(const plan::Plan& plan, const std::vector<io::SceneInfo>& scenes,
                       io::OnError on_error, std::int64_t cache_bytes);

/// The level of the output that a later round starts from, as its input.
/// @param own the tiles of this rank   @param guests those that other ranks have made
RoundInput reopen_level(const plan::Plan& plan, const partition::Round& round,
                        const io::TileStore& own, const io::TileStore& guests);

}  // namespace cogmill::pipeline
