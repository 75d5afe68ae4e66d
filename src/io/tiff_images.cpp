// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tiff_images.hpp"

#include "src/io/lib_tiff.hpp"
#include "src/io/tiff_walk.hpp"

#include <tiff.h>

#include <algorithm>
#include <vector>

namespace cogmill::io {
namespace {

/// What decides to which image a directory belongs.
struct Page {
  const TiffEntries* entries = nullptr;
  std::uint32_t width = 0, height = 0;
  int samples = 0;
  const TiffEntries* mask = nullptr;
};

/// @return nothing if libtiff cannot read it: GDAL leaves it out too
std::optional<Page> look_at(LibTiff& tiff, const TiffEntries& entries) {
  if (!tiff.select(entries.offset)) return std::nullopt;
  return Page{&entries, tiff.long_tag(TIFFTAG_IMAGEWIDTH, 0), tiff.long_tag(TIFFTAG_IMAGELENGTH, 0),
              tiff.short_tag(TIFFTAG_SAMPLESPERPIXEL, 1)};
}

void give_mask(std::vector<Page>& overviews, const Page& mask) {
  const auto owner = std::find_if(overviews.begin(), overviews.end(), [&](const Page& page) {
    return page.mask == nullptr && page.width == mask.width && page.height == mask.height;
  });
  if (owner != overviews.end()) owner->mask = mask.entries;
}

std::vector<Page> list_overviews(LibTiff& tiff, const TiffWalk& walk) {
  constexpr std::size_t kGdalsMost = 30;
  std::vector<Page> overviews;
  const std::optional<Page> main = look_at(tiff, walk.directories().front());
  for (const TiffEntries& entries : walk.directories()) {
    if (!main || &entries == &walk.directories().front()) continue;
    if ((entries.subfile_type & FILETYPE_REDUCEDIMAGE) == 0) continue;
    const std::optional<Page> page = look_at(tiff, entries);
    if (!page) continue;
    if ((entries.subfile_type & FILETYPE_MASK) != 0)
      give_mask(overviews, *page);
    else if (page->samples == main->samples && overviews.size() < kGdalsMost)
      overviews.push_back(*page);
  }
  return overviews;
}

}  // namespace

TiffImages read_tiff_images(ByteReader& file) {
  const TiffWalk walk(file);
  LibTiff tiff(file);
  TiffImages images;
  images.image = read_tiff_directory(tiff, walk, walk.directories().front());
  for (std::size_t i = 1; i < walk.directories().size(); ++i) {
    const std::uint32_t type = walk.directories()[i].subfile_type;
    if ((type & FILETYPE_MASK) == 0 || (type & FILETYPE_REDUCEDIMAGE) != 0) continue;
    images.mask = read_tiff_directory(tiff, walk, walk.directories()[i]);
    break;
  }
  return images;
}

std::optional<TiffImages> read_tiff_overview(ByteReader& file, int overview) {
  const TiffWalk walk(file);
  LibTiff tiff(file);
  const std::vector<Page> overviews = list_overviews(tiff, walk);
  if (overview < 0 || static_cast<std::size_t>(overview) >= overviews.size()) return std::nullopt;
  const Page& page = overviews[static_cast<std::size_t>(overview)];
  TiffImages images{read_tiff_directory(tiff, walk, *page.entries), std::nullopt};
  if (page.mask != nullptr) images.mask = read_tiff_directory(tiff, walk, *page.mask);
  return images;
}

}  // namespace cogmill::io
