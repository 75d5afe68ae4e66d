// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/source.hpp"
#include "src/io/tile_store.hpp"
#include "src/plan/plan.hpp"

#include <memory>

namespace cogmill::pipeline {

/// Reads a level of the output back from the compressed tiles that this rank has made (`own`) or
/// was sent (`guests`): the source of the later overview rounds. Sparse tiles are empty pixels.
/// Band numbers are the output's; io::kMaskBand is its mask.
/// @pre the stores hold every tile, but sparse ones, that will be asked for
std::unique_ptr<io::Source> make_stored_level_source(const plan::Plan& plan, int level,
                                                     const io::TileStore& own,
                                                     const io::TileStore& guests);

/// What a later round does: copy all bands, and the mask, of the level it starts from.
plan::Operation stored_level_operation(const plan::OutputImage& image);

}  // namespace cogmill::pipeline
