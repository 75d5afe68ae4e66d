// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "partition/file_layout.hpp"

#include <cstddef>

namespace cogmill::partition {
namespace {

/// Walks through the file and hands out positions.
class Cursor {
 public:
  Cursor(const FrameRule& rule, std::uint64_t begin) : rule_(rule), end_(begin) {}

  /// @return payload offset of the next frame, 0 if it is sparse
  std::uint64_t place(std::uint32_t bytes) {
    if (bytes == 0) return 0;
    const std::uint64_t offset = end_ + rule_.leader;
    end_ = offset + bytes + rule_.trailer;
    return offset;
  }
  std::uint64_t end() const { return end_; }

 private:
  FrameRule rule_;
  std::uint64_t end_;
};

LevelTileOffsets place_level(const LevelTileBytes& bytes, bool interleaved, Cursor& cursor) {
  LevelTileOffsets offsets;
  offsets.image.resize(bytes.image.size());
  offsets.mask.resize(bytes.mask.size());
  for (std::size_t i = 0; i < bytes.image.size(); ++i) {
    offsets.image[i] = cursor.place(bytes.image[i]);
    if (interleaved && i < bytes.mask.size()) offsets.mask[i] = cursor.place(bytes.mask[i]);
  }
  if (!interleaved)
    for (std::size_t i = 0; i < bytes.mask.size(); ++i)
      offsets.mask[i] = cursor.place(bytes.mask[i]);
  return offsets;
}

}  // namespace

FileLayout place_tiles(const std::vector<LevelTileBytes>& levels, const FrameRule& rule,
                       std::uint64_t data_begin) {
  FileLayout layout;
  layout.levels.resize(levels.size());
  Cursor cursor(rule, data_begin);
  for (std::size_t i = levels.size(); i-- > 0;)
    layout.levels[i] = place_level(levels[i], rule.mask_interleaved, cursor);
  layout.file_bytes = cursor.end();
  return layout;
}

}  // namespace cogmill::partition
