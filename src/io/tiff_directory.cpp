// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tiff_directory.hpp"

#include "src/io/lib_tiff.hpp"
#include "src/io/tiff_tags.hpp"
#include "src/io/tiff_walk.hpp"

#include <tiff.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace cogmill::io {
namespace {

constexpr std::int64_t kMaxSide = std::numeric_limits<std::int32_t>::max();  // GDAL's limit too
constexpr std::int64_t kMaxBlockBytes = std::int64_t{1} << 31;
constexpr std::int64_t kVirtualStripBytes = std::int64_t{256} << 10;

void read_format(const LibTiff& tiff, TiffDirectory& d) {
  d.samples = tiff.short_tag(TIFFTAG_SAMPLESPERPIXEL, 1);
  d.bits = tiff.short_tag(TIFFTAG_BITSPERSAMPLE, 1);
  d.sample_format = tiff.short_tag(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
  d.compression = tiff.short_tag(TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  d.fill_order = tiff.short_tag(TIFFTAG_FILLORDER, FILLORDER_MSB2LSB);
  d.orientation = tiff.short_tag(TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
  const std::vector<int> extra = tiff.short_list(TIFFTAG_EXTRASAMPLES);
  d.associated_alpha = std::ranges::count(extra, EXTRASAMPLE_ASSOCALPHA) > 0;
  d.separate = d.samples > 1 &&
               tiff.short_tag(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE;
  d.photometric = tiff.find_short_tag(TIFFTAG_PHOTOMETRIC);
  // Only codecs with predictors know the tag: for the others it is ignored, as libtiff does.
  d.predictor = tiff.find_short_tag(TIFFTAG_PREDICTOR).value_or(d.predictor);
}

void read_shape(const LibTiff& tiff, TiffDirectory& d) {
  d.width = tiff.long_tag(TIFFTAG_IMAGEWIDTH, 0);
  d.height = tiff.long_tag(TIFFTAG_IMAGELENGTH, 0);
  d.tiled = tiff.is_tiled();
  d.block_width = d.tiled ? tiff.long_tag(TIFFTAG_TILEWIDTH, 0) : d.width;
  d.block_height =
      d.tiled ? tiff.long_tag(TIFFTAG_TILELENGTH, 0)
              : std::min<std::int64_t>(
                    tiff.long_tag(TIFFTAG_ROWSPERSTRIP, std::numeric_limits<std::uint32_t>::max()),
                    d.height);
}

/// All products stay within 64 bits: sides < 2^31, samples and bits < 2^16, rows <= 2^31 bytes.
void check_shape(const LibTiff& tiff, const TiffDirectory& d) {
  const std::string size = std::to_string(d.width) + "x" + std::to_string(d.height);
  if (d.width < 1 || d.height < 1 || d.width > kMaxSide || d.height > kMaxSide)
    tiff.damaged("absurd size " + size);
  const std::string block = std::to_string(d.block_width) + "x" + std::to_string(d.block_height);
  if (d.block_width < 1 || d.block_height < 1 || d.block_width > kMaxSide ||
      d.block_height > kMaxSide)
    tiff.damaged("absurd block size " + block);
  if (d.samples < 1 || d.bits < 1) tiff.damaged("no bands, or no bits per sample");
  if (d.row_bytes() > kMaxBlockBytes || (d.tiled && d.block_bytes(0) > kMaxBlockBytes))
    tiff.damaged("absurd block size " + block + " with " + std::to_string(d.samples) +
                 " bands of " + std::to_string(d.bits) + " bits");
  // Every block takes at least two bytes of the file for its offset. Division first: the product
  // of three 31-bit numbers may not fit.
  const std::int64_t most = tiff.file().size() / 2;
  const std::int64_t per_plane = d.blocks_across() * d.blocks_down();
  if (per_plane > most || per_plane > most / d.planes())
    tiff.damaged("it claims " + std::to_string(per_plane) + " blocks in each of " +
                 std::to_string(d.planes()) + " planes (image " + size + ", blocks " + block +
                 "), more than a file of " + std::to_string(tiff.file().size()) +
                 " bytes can hold");
}

/// @param listed length of the file's offset array; libtiff takes what is missing for sparse blocks
void read_blocks(LibTiff& tiff, std::uint64_t listed, TiffDirectory& d) {
  if (listed != 0 && listed < static_cast<std::uint64_t>(d.block_count()))
    tiff.damaged("it lists " + std::to_string(listed) + " of its " +
                 std::to_string(d.block_count()) + " blocks");
  const std::uint32_t count = tiff.block_count();
  if (count != d.block_count()) tiff.damaged("its block count makes no sense");
  d.offsets.resize(count);
  d.byte_counts.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const LibTiff::Block block = tiff.block(i);
    d.offsets[i] = block.offset;
    d.byte_counts[i] = block.bytes;
  }
}

/// @return true if each plane is one uncompressed strip. The file must be long enough to hold them
/// all, which also bounds the number of virtual strips.
bool has_single_strips(const TiffDirectory& d, std::int64_t file_bytes) {
  return !d.tiled && d.compression == COMPRESSION_NONE && d.block_count() == d.planes() &&
         d.block_bytes(0) <= file_bytes / d.planes();
}

/// Cuts the one strip of each plane of an uncompressed image into virtual strips.
void cut_single_strips(TiffDirectory& d, std::int64_t file_bytes) {
  const std::int64_t row_bytes = d.row_bytes();
  const std::int64_t rows = std::max<std::int64_t>(1, kVirtualStripBytes / row_bytes);
  if (!has_single_strips(d, file_bytes) || rows >= d.block_height) return;
  const std::vector<std::uint64_t> starts = std::move(d.offsets);
  const std::vector<std::uint64_t> sizes = std::move(d.byte_counts);
  d.block_height = rows;
  d.offsets.clear();
  d.byte_counts.clear();
  const auto step = static_cast<std::uint64_t>(rows * row_bytes);
  for (std::size_t plane = 0; plane < starts.size(); ++plane) {
    const bool sparse = starts[plane] == 0 || sizes[plane] == 0;
    for (std::int64_t row = 0; row < d.blocks_down(); ++row) {
      const std::uint64_t begin = static_cast<std::uint64_t>(row) * step;
      // Past the end of a strip that is too short: one byte, so that it is damaged and not sparse.
      const std::uint64_t left = sizes[plane] > begin ? sizes[plane] - begin : 1;
      d.offsets.push_back(sparse ? 0 : starts[plane] + begin);
      d.byte_counts.push_back(sparse ? 0 : std::min(left, step));
    }
  }
}

/// @return the length of the directory's array of block offsets; 0: it has none
std::uint64_t listed_blocks(const TiffEntries& directory) {
  const TiffEntry* entry = directory.find(kTagTileOffsets);
  if (entry == nullptr) entry = directory.find(kTagStripOffsets);
  return entry == nullptr ? 0 : entry->count;
}

}  // namespace

partition::Window TiffDirectory::block_window(std::int64_t col, std::int64_t row) const {
  const std::int64_t top = row * block_height;
  return {col * block_width, top, block_width,
          tiled ? block_height : std::min(block_height, height - top)};
}

std::int64_t TiffDirectory::block_bytes(std::int64_t row) const {
  return row_bytes() * block_window(0, row).height;
}

bool TiffDirectory::is_sparse(std::int64_t index) const {
  const auto i = static_cast<std::size_t>(index);
  return offsets[i] == 0 || byte_counts[i] == 0;
}

std::int64_t TiffDirectory::stored_blocks() const {
  std::int64_t stored = 0;
  for (std::int64_t i = 0; i < block_count(); ++i) stored += is_sparse(i) ? 0 : 1;
  return stored;
}

TiffDirectory read_tiff_directory(LibTiff& tiff, const TiffWalk& walk, const TiffEntries& entries) {
  if (!tiff.select(entries.offset))
    tiff.damaged("its directory at byte " + std::to_string(entries.offset) + " cannot be read");
  TiffDirectory d;
  d.big_endian = walk.big_endian();
  d.bigtiff = walk.bigtiff();
  d.subfile_type = entries.subfile_type;
  d.at = entries.offset;
  read_format(tiff, d);
  read_shape(tiff, d);
  check_shape(tiff, d);
  read_blocks(tiff, listed_blocks(entries), d);
  cut_single_strips(d, tiff.file().size());
  return d;
}

std::string compression_name(int compression) {
  static constexpr struct {
    int number;
    const char* name;
  } kNames[] = {{COMPRESSION_NONE, "NONE"},
                {COMPRESSION_CCITTRLE, "CCITTRLE"},
                {COMPRESSION_CCITTFAX3, "CCITTFAX3"},
                {COMPRESSION_CCITTFAX4, "CCITTFAX4"},
                {COMPRESSION_LZW, "LZW"},
                {COMPRESSION_OJPEG, "old-style JPEG"},
                {COMPRESSION_JPEG, "JPEG"},
                {COMPRESSION_ADOBE_DEFLATE, "DEFLATE"},
                {COMPRESSION_DEFLATE, "DEFLATE"},
                {COMPRESSION_PACKBITS, "PACKBITS"},
                {COMPRESSION_LERC, "LERC"},
                {COMPRESSION_LZMA, "LZMA"},
                {COMPRESSION_ZSTD, "ZSTD"},
                {COMPRESSION_WEBP, "WEBP"},
                {50002, "JXL"},
                {52546, "JXL"}};
  for (const auto& entry : kNames)
    if (entry.number == compression) return entry.name;
  return "compression " + std::to_string(compression);
}

}  // namespace cogmill::io
