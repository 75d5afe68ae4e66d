// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/cog_directories.hpp"

#include <bit>
#include <cstring>
#include <utility>

namespace cogmill::io {
namespace {

static_assert(std::endian::native == std::endian::little, "the writer copies numbers as they are");

enum FieldType : std::uint16_t { kShort = 3, kLong = 4 };

std::uint32_t compression_tag(kernels::Codec codec) {
  switch (codec) {
    case kernels::Codec::kNone:
      return 1;
    case kernels::Codec::kLzw:
      return 5;
    case kernels::Codec::kDeflate:
      return 8;
    case kernels::Codec::kPackBits:
      return 32773;
    case kernels::Codec::kZstd:
      return 50000;
  }
  return 1;
}

void put(CogDirectory& d, std::uint16_t number, std::uint16_t type, std::int64_t value) {
  TiffTag tag{number, type, 1, {}};
  tag.value.resize(static_cast<std::size_t>(tiff_type_bytes(type)));
  std::memcpy(tag.value.data(), &value, tag.value.size());
  d.tags[number] = std::move(tag);
}

/// Tags that every directory has.
CogDirectory common_directory(const CogStructure& s, std::size_t level, bool mask) {
  CogDirectory d{level, mask, {}, 0};
  const partition::TileGrid grid{s.levels[level], s.tile};
  const bool overview = level > 0;
  if (overview || mask) put(d, kTagNewSubfileType, kLong, (overview ? 1 : 0) | (mask ? 4 : 0));
  put(d, kTagImageWidth, kLong, grid.level.width);
  put(d, kTagImageLength, kLong, grid.level.height);
  put(d, kTagTileWidth, kLong, s.tile);
  put(d, kTagTileLength, kLong, s.tile);
  d.tiles = static_cast<std::uint64_t>(grid.count() * (mask ? 1 : s.planes()));
  return d;
}

CogDirectory image_directory(const CogStructure& s, std::size_t level) {
  CogDirectory d = common_directory(s, level, false);
  put(d, kTagCompression, kShort, compression_tag(s.codec));
  put(d, kTagSamplesPerPixel, kShort, s.bands);
  put(d, kTagPlanarConfig, kShort, s.separate_planes ? 2 : 1);
  if (s.predictor != kernels::Predictor::kNone)
    put(d, kTagPredictor, kShort, static_cast<std::int64_t>(s.predictor));
  for (const TiffTag& tag : level == 0 ? s.main_tags : s.overview_tags) d.tags[tag.tag] = tag;
  return d;
}

/// Masks are one bit per pixel, DEFLATE, no predictor, as GDAL's.
CogDirectory mask_directory(const CogStructure& s, std::size_t level) {
  CogDirectory d = common_directory(s, level, true);
  put(d, kTagBitsPerSample, kShort, 1);
  put(d, kTagCompression, kShort, compression_tag(kernels::Codec::kDeflate));
  put(d, kTagPhotometric, kShort, 4);
  put(d, kTagSamplesPerPixel, kShort, 1);
  put(d, kTagPlanarConfig, kShort, 1);
  put(d, kTagSampleFormat, kShort, 1);
  return d;
}

}  // namespace

std::vector<CogDirectory> cog_directories(const CogStructure& s) {
  std::vector<CogDirectory> all{image_directory(s, 0)};
  if (s.mask) all.push_back(mask_directory(s, 0));
  for (std::size_t level = 1; level < s.levels.size(); ++level)
    all.push_back(image_directory(s, level));
  for (std::size_t level = 1; s.mask && level < s.levels.size(); ++level)
    all.push_back(mask_directory(s, level));
  return all;
}

}  // namespace cogmill::io
