// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/predictor.hpp"
#include "partition/window.hpp"
#include "src/io/source.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cogmill::io {

/// Blocks of one shape, and which planes come out of them.
struct RawGroup {
  kernels::DataType type = kernels::DataType::kUInt8;
  std::int64_t columns = 0, rows = 0;  ///< of a block [px]; the last strip may have fewer rows
  std::int64_t samples = 1;            ///< interleaved in a block
  kernels::Predictor predictor = kernels::Predictor::kNone;
  bool swap = false;                 ///< elements are big-endian
  std::vector<int> taken;            ///< samples of each block
  std::vector<std::size_t> outputs;  ///< plane of each: position in the list of fetched bands
};

/// A block as it is behind its codec: predicted, interleaved, in the file's byte order.
struct RawBlock {
  std::size_t group = 0;
  std::int64_t bytes = 0;
  partition::Window part;               ///< of the block [px] that the window has
  std::int64_t to_col = 0, to_row = 0;  ///< of the part in the planes [px]
};
struct RawWindow {
  std::vector<RawGroup> groups;
  std::vector<RawBlock> blocks;
};

/// A source whose blocks can be decompressed here and turned into pixels elsewhere. Thread-safe.
class RawSource : public Source {
 public:
  /// @return nothing where a window is more than whole blocks of pixels: masks, sparse or damaged
  /// blocks that may be replaced, blocks that reach beyond it into a neighbour's. Use decode().
  virtual std::optional<RawWindow> raw_window(const Fetched& fetched) const = 0;

  /// Decompresses block `i` of raw_window().   @pre out.size() is its size
  /// @throws report::RuntimeError naming file, band and tile
  virtual void decompress(const Fetched& fetched, std::size_t i, std::span<std::byte> out) = 0;
};

}  // namespace cogmill::io
