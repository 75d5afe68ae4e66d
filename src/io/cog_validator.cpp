// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/cog_validator.hpp"

#include "src/io/byte_reader.hpp"
#include "src/io/cog_block_check.hpp"
#include "src/io/cog_levels.hpp"
#include "src/io/ghost_area.hpp"
#include "src/io/tiff_directory.hpp"
#include "src/report/error.hpp"

#include <cpl_vsi.h>

#include <algorithm>

namespace cogmill::io {
namespace {

constexpr std::int64_t kSmallImage = 512;     // [px] below, tiles and overviews are not asked for
constexpr std::int64_t kWidestStrip = 1024;   // [px] GDAL: a block as wide as the image up to here
constexpr std::int64_t kLastIfdOffset = 300;  // [bytes] rio-cogeo: main directory before this

class Validator {
 public:
  explicit Validator(ByteReader& file) : file_(file) {}

  ValidationReport run(bool full_check) {
    report_.details.file_bytes = file_.size();
    try {
      const TiffWalk walk(file_);
      const GhostArea ghost = read_ghost_area(file_, walk.bigtiff());
      const CogLevels levels = read_cog_levels(walk);
      describe(walk, ghost, levels);
      check_sidecar();
      check_tiling(levels);
      check_first_ifd(walk, ghost, levels.main);
      check_overview_sizes(levels);
      check_ifd_order(levels);
      check_data_order(walk, levels);
      if (full_check) check_all_blocks(ghost, levels);
    } catch (const report::RuntimeError& broken) {
      error(broken.what());
    }
    return std::move(report_);
  }

 private:
  void error(const std::string& text) { report_.findings.push_back({Severity::kError, text}); }
  void warn(const std::string& text) { report_.findings.push_back({Severity::kWarning, text}); }

  static std::string overview(std::size_t i) { return "overview of index " + std::to_string(i); }

  void describe(const TiffWalk& walk, const GhostArea& ghost, const CogLevels& levels) {
    CogDetails& details = report_.details;
    const CogLevel& main = levels.main;
    details.bigtiff = walk.bigtiff();
    details.big_endian = walk.big_endian();
    details.width = main.width;
    details.height = main.height;
    details.tile_width = main.block_width;
    details.tile_height = main.block_height;
    details.tiled = main.tiled;
    details.compression = compression_name(main.compression);
    details.interleave = main.planes > 1 ? "BAND" : "PIXEL";
    for (const CogLevel& level : levels.overviews)
      details.overviews.emplace_back(level.width, level.height);
    details.mask = levels.mask.has_value();
    details.ghost_keys = ghost.keys;
    details.ifd_offset = main.ifd_offset;
  }

  void check_sidecar() {
    VSIStatBufL info;
    const std::string sidecar = file_.path() + ".ovr";
    if (VSIStatExL(sidecar.c_str(), &info, VSI_STAT_EXISTS_FLAG) == 0)
      error("Overviews found in external .ovr file. They should be internal");
  }

  static bool block_spans_image(const CogLevel& level) {
    return level.block_width == level.width && level.block_width > kWidestStrip;
  }

  void check_tiling(const CogLevels& levels) {
    const CogLevel& main = levels.main;
    if (main.width > kSmallImage || main.height > kSmallImage) {
      if (!main.tiled || block_spans_image(main))
        error("The file is greater than 512xH or Wx512, but is not tiled");
      if (levels.overviews.empty())
        warn(
            "The file is greater than 512xH or Wx512, it is recommended to include internal "
            "overviews");
    }
    for (std::size_t i = 0; i < levels.overviews.size(); ++i) {
      const CogLevel& level = levels.overviews[i];
      const bool large = level.width >= kSmallImage || level.height >= kSmallImage;
      if ((!level.tiled && large) || block_spans_image(level))
        error("Overview of index " + std::to_string(i) + " is not tiled");
    }
  }

  void check_first_ifd(const TiffWalk& walk, const GhostArea& ghost, const CogLevel& main) {
    if (ghost.says("KNOWN_INCOMPATIBLE_EDITION=YES"))
      error(
          "KNOWN_INCOMPATIBLE_EDITION=YES is declared in the file: it was changed after it was "
          "made a COG");
    for (const std::string& problem : ghost.problems) warn(problem);
    const std::int64_t header = walk.bigtiff() ? 16 : 8;
    if (main.ifd_offset != header && main.ifd_offset != ghost.end)
      error("The offset of the main IFD should be " + std::to_string(ghost.end) + ". It is " +
            std::to_string(main.ifd_offset) + " instead");
    else if (main.ifd_offset >= kLastIfdOffset)
      error("The offset of the main IFD should be less than 300. It is " +
            std::to_string(main.ifd_offset) + " instead");
  }

  void check_overview_sizes(const CogLevels& levels) {
    const CogLevel* previous = &levels.main;
    for (std::size_t i = 0; i < levels.overviews.size(); ++i) {
      const CogLevel& level = levels.overviews[i];
      if (level.width > previous->width || level.height > previous->height)
        error("Overview of index " + std::to_string(i) + " has larger dimension than " +
              (i == 0 ? "the main image" : overview(i - 1)));
      // rio-cogeo: main / overview, rounded, is above 1.
      else if (3 * level.width > 2 * levels.main.width && 3 * level.height > 2 * levels.main.height)
        error("Overview of index " + std::to_string(i) + " is not smaller than the main image");
      previous = &level;
    }
  }

  void check_ifd_order(const CogLevels& levels) {
    std::int64_t last = levels.main.ifd_offset;
    for (std::size_t i = 0; i < levels.overviews.size(); ++i) {
      const std::int64_t offset = levels.overviews[i].ifd_offset;
      if (offset < last)
        error("The offset of the IFD for " + overview(i) + " is " + std::to_string(offset) +
              ", whereas it should be greater than the one of " +
              (i == 0 ? "the main image" : "index " + std::to_string(i - 1)) +
              ", which is at byte " + std::to_string(last));
      last = offset;
    }
  }

  /// Smallest overview first, full resolution last, all behind the directories.
  void check_data_order(const TiffWalk& walk, const CogLevels& levels) {
    std::vector<std::int64_t> data = {levels.main.first_data()};
    for (const CogLevel& level : levels.overviews) data.push_back(level.first_data());
    const std::size_t count = data.size();
    const CogLevel& smallest = count > 1 ? levels.overviews.back() : levels.main;
    if (data.back() != 0 && data.back() < smallest.ifd_offset)
      error(std::string("The offset of the first block of the ") +
            (count > 1 ? "smallest overview" : "image") + " should be after its IFD");
    for (std::size_t i = 0; i + 1 < count; ++i)
      if (data[i] != 0 && data[i] < data[i + 1])
        error("The offset of the first block of " +
              (i == 0 ? "the main resolution image" : overview(i - 1)) +
              " should be after the one of the " + overview(i));
    check_header(walk, data);
  }

  void check_header(const TiffWalk& walk, const std::vector<std::int64_t>& data) {
    std::int64_t first = 0;
    for (const std::int64_t offset : data)
      if (offset != 0 && (first == 0 || offset < first)) first = offset;
    report_.details.header_bytes = first;
    std::int64_t last_ifd = 0;
    for (const TiffEntries& directory : walk.directories())
      last_ifd = std::max(last_ifd, directory.offset);
    if (first != 0 && first < last_ifd && !report_.has_errors())
      warn("The directory at byte " + std::to_string(last_ifd) +
           " stands behind image data: readers need another request for it");
  }

  void check_all_blocks(const GhostArea& ghost, const CogLevels& levels) {
    const BlockPromises promises(ghost);
    // GDAL does not look for a ghost area where the directory follows the header at once.
    if (!promises.any() || levels.main.ifd_offset <= 16) return;
    report_.details.checked_blocks = true;
    const auto check = [&](const CogLevel& level, const CogLevel* mask, const std::string& name) {
      for (const std::string& text : check_blocks(file_, promises, level, mask, name)) error(text);
    };
    const CogLevel* mask = levels.mask ? &*levels.mask : nullptr;
    check(levels.main, mask, "Main resolution image");
    if (mask != nullptr) check(*mask, nullptr, "Mask band of main resolution image");
    for (std::size_t i = 0; i < levels.overviews.size(); ++i) {
      const CogLevel* overview_mask = levels.mask_of_overview(i);
      const std::string name = "verview " + std::to_string(i);
      check(levels.overviews[i], overview_mask, "O" + name);
      if (overview_mask != nullptr) check(*overview_mask, nullptr, "Mask band of o" + name);
    }
  }

  ByteReader& file_;
  ValidationReport report_;
};

}  // namespace

bool ValidationReport::has_errors() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.severity == Severity::kError; });
}

bool ValidationReport::valid(bool strict) const {
  return strict ? findings.empty() : !has_errors();
}

ValidationReport validate_cog(const std::string& path, bool full_check) {
  const std::shared_ptr<ByteReader> file = ByteReader::open(path);
  return Validator(*file).run(full_check);
}

}  // namespace cogmill::io
