// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/computed_file.hpp"

#include <utility>

namespace cogmill::pipeline {

void WorkReport::add(const WorkReport& other) {
  bytes_read += other.bytes_read;
  bytes_decoded += other.bytes_decoded;
  tiles += other.tiles;
  bytes_done += other.bytes_done;
  warp.add(other.warp);
  corrupt.insert(corrupt.end(), other.corrupt.begin(), other.corrupt.end());
}

void ComputedFile::commit(ChunkResult result) {
  for (io::EncodedTile& tile : result.tiles) store.keep(std::move(tile));
  statistics.insert(statistics.end(), result.statistics.begin(), result.statistics.end());
  if (picture && result.picture) picture->add(*result.picture);
  report.add(result.report);
}

}  // namespace cogmill::pipeline
