// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/file_layout.hpp"
#include "src/exchange/communicator.hpp"
#include "src/io/cog_header.hpp"
#include "src/io/tile_store.hpp"
#include "src/plan/plan.hpp"

#include <cstdint>
#include <vector>

namespace cogmill::pipeline {

/// Compressed sizes of every tile of the file, from what each rank has made. *Collective.*
std::vector<partition::LevelTileBytes> share_tile_sizes(const plan::Plan& plan,
                                                        const io::TileStore& store,
                                                        exchange::Communicator& comm);

/// Bytes in front of the first tile frame, for both kinds of file.
struct HeaderBytes {
  std::uint64_t classic = 0;
  std::uint64_t big = 0;
};
HeaderBytes measure_header(io::CogStructure structure);

/// Where everything stands: Classic TIFF if it fits in 4 GiB, else BigTIFF, unless asked otherwise.
struct Placement {
  bool bigtiff = false;
  partition::FileLayout layout;
};

/// Pure: the same on every rank.
/// @throws report::RuntimeError if BIGTIFF=NO and the file is too large for Classic TIFF
Placement place(const plan::Plan& plan, const HeaderBytes& header,
                const std::vector<partition::LevelTileBytes>& sizes);

/// How the tiles of the planned file are framed.
partition::FrameRule frame_rule(const plan::Plan& plan);

}  // namespace cogmill::pipeline
