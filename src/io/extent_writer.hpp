// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/file_layout.hpp"
#include "src/io/output_target.hpp"
#include "src/io/tile_store.hpp"

#include <cstdint>

namespace cogmill::io {

/// Writes every tile of the store to its place in the open output, neighbours in one large call.
/// Local: each rank writes only what it made. Uses oneTBB tasks.
/// @return bytes written   @throws report::RuntimeError when the disk is full or fails
std::uint64_t write_extents(const TileStore& store, const partition::FileLayout& layout,
                            OutputTarget& output);

}  // namespace cogmill::io
