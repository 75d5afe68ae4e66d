// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/cog_levels.hpp"

#include "src/io/tiff_tags.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <limits>

namespace cogmill::io {
namespace {

constexpr std::uint64_t kMaxSide = std::numeric_limits<std::int32_t>::max();
constexpr std::uint64_t kMaxBlocks = std::uint64_t{1} << 25;
constexpr std::uint32_t kReduced = 1;
constexpr std::uint32_t kMask = 4;

/// Reads one directory.
class LevelReader {
 public:
  LevelReader(const TiffWalk& file, const TiffEntries& directory)
      : file_(file), directory_(directory) {}

  CogLevel read() {
    level_.ifd_offset = directory_.offset;
    level_.width = side(kTagImageWidth, "width", 0);
    level_.height = side(kTagImageLength, "height", 0);
    level_.tiled = directory_.find(kTagTileWidth) != nullptr;
    if (level_.tiled) {
      level_.block_width = side(kTagTileWidth, "tile width", 0);
      level_.block_height = side(kTagTileLength, "tile height", 0);
    } else {
      level_.block_width = level_.width;
      const auto all = static_cast<std::uint64_t>(level_.height);
      const std::uint64_t rows = file_.number(directory_, kTagRowsPerStrip, all);
      if (rows == 0) fail("its strips have no rows");
      level_.block_height = static_cast<std::int64_t>(std::min(rows, all));
    }
    const std::uint64_t samples = file_.number(directory_, kTagSamplesPerPixel, 1);
    constexpr std::uint64_t kSeparate = 2;
    if (file_.number(directory_, kTagPlanarConfig, 1) == kSeparate)
      level_.planes = static_cast<std::int64_t>(samples);
    level_.compression = static_cast<int>(file_.number(directory_, kTagCompression, 1) & 0xFFFF);
    level_.offsets = blocks(level_.tiled ? kTagTileOffsets : kTagStripOffsets, "offsets");
    level_.byte_counts = blocks(level_.tiled ? kTagTileByteCounts : kTagStripByteCounts, "sizes");
    return std::move(level_);
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw report::RuntimeError("The directory at byte " + std::to_string(directory_.offset) +
                               " is damaged: " + why);
  }
  std::int64_t side(std::uint16_t tag, const std::string& name, std::uint64_t otherwise) const {
    const std::uint64_t value = file_.number(directory_, tag, otherwise);
    if (value == 0 || value > kMaxSide) fail("its " + name + " is " + std::to_string(value));
    return static_cast<std::int64_t>(value);
  }
  std::vector<std::uint64_t> blocks(std::uint16_t tag, const std::string& name) const {
    // Both factors are below 2^31, so the product fits; planes are at most 2^64 - 1.
    const auto each = static_cast<std::uint64_t>(level_.blocks_per_plane());
    const auto planes = static_cast<std::uint64_t>(level_.planes);
    if (planes == 0 || each > kMaxBlocks || planes > kMaxBlocks / each)
      fail("it claims " + std::to_string(each) + " blocks in " + std::to_string(planes) +
           " planes");
    const TiffEntry* entry = directory_.find(tag);
    if (entry == nullptr || entry->count < each * planes)
      fail("its " + std::to_string(each * planes) + " blocks have " +
           std::to_string(entry == nullptr ? 0 : entry->count) + " " + name);
    std::vector<std::uint64_t> values = file_.numbers(*entry, kMaxBlocks);
    values.resize(each * planes);
    return values;
  }

  const TiffWalk& file_;
  const TiffEntries& directory_;
  CogLevel level_;
};

}  // namespace

std::int64_t CogLevel::first_data() const {
  for (std::int64_t block = 0; block < blocks_per_plane(); ++block)
    if (!is_sparse(block))
      return static_cast<std::int64_t>(offsets[static_cast<std::size_t>(block)]);
  return 0;
}

const CogLevel* CogLevels::mask_of_overview(std::size_t i) const {
  const auto found =
      std::find_if(mask_overviews.begin(), mask_overviews.end(), [&](const CogLevel& candidate) {
        return candidate.width == overviews[i].width && candidate.height == overviews[i].height;
      });
  return found == mask_overviews.end() ? nullptr : &*found;
}

CogLevels read_cog_levels(const TiffWalk& file) {
  CogLevels levels;
  levels.main = LevelReader(file, file.directories().front()).read();
  for (std::size_t i = 1; i < file.directories().size(); ++i) {
    const TiffEntries& directory = file.directories()[i];
    const bool reduced = (directory.subfile_type & kReduced) != 0;
    const bool mask = (directory.subfile_type & kMask) != 0;
    if (!reduced && (!mask || levels.mask)) continue;  // another page
    CogLevel level = LevelReader(file, directory).read();
    if (!mask)
      levels.overviews.push_back(std::move(level));
    else if (reduced)
      levels.mask_overviews.push_back(std::move(level));
    else
      levels.mask = std::move(level);
  }
  return levels;
}

}  // namespace cogmill::io
