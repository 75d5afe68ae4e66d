// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/file_layout.hpp"
#include "src/exchange/communicator.hpp"
#include "src/io/output_target.hpp"
#include "src/io/scene_info.hpp"
#include "src/pipeline/computed_file.hpp"
#include "src/plan/plan.hpp"
#include "src/report/trace.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cogmill::pipeline {

/// What became of a file. Sizes in bytes.
struct WrittenFile {
  std::int64_t file_bytes = 0;        ///< of the whole file
  std::int64_t written_bytes = 0;     ///< by this rank
  std::int64_t sparse_tiles = 0;      ///< of the whole file
  std::vector<std::string> warnings;  ///< on root
};

/// A format of output: how it wants its tiles, and how all ranks write what they have computed.
class FileOutput {
 public:
  virtual ~FileOutput() = default;

  /// What stands before and behind each compressed tile.
  virtual partition::FrameRule frame() const = 0;

  /// Places and writes the file with all ranks of `comm` that have computed it, and syncs it.
  /// It is complete when this returns, and waits to be published. *Collective.*
  /// @throws exchange::AgreedError
  virtual WrittenFile write(const ComputedFile& file, io::OutputTarget& target,
                            exchange::Communicator& comm) = 0;
};

/// A tiled GeoTIFF; with plan.cog one that is laid out for the cloud. Every offset is known before
/// the first byte is written, and each rank writes its own tiles.
/// All arguments outlive it.   @param scenes the first has the metadata that are carried over
std::unique_ptr<FileOutput> make_tiff_output(const plan::Plan& plan,
                                             const std::vector<io::SceneInfo>& scenes,
                                             report::Trace& trace);

}  // namespace cogmill::pipeline
