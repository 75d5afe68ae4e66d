// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tiff_directory.hpp"

#include "src/io/tiff_tags.hpp"
#include "src/io/tiff_walk.hpp"
#include "src/report/error.hpp"

#include <tiffio.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <limits>

namespace cogmill::io {
namespace {

using report::RuntimeError;

constexpr std::int64_t kMaxSide = std::numeric_limits<std::int32_t>::max();  // GDAL's limit too
constexpr std::int64_t kMaxBlockBytes = std::int64_t{1} << 31;
constexpr std::int64_t kVirtualStripBytes = std::int64_t{256} << 10;

/// What libtiff sees of the file: a position in a ByteReader, and a place for its messages.
struct TiffStream {
  ByteReader& file;
  std::uint64_t position = 0;
  std::string error = {};
};

TiffStream& stream_of(thandle_t handle) { return *static_cast<TiffStream*>(handle); }

tmsize_t read_stream(thandle_t handle, void* out, tmsize_t bytes) {
  TiffStream& stream = stream_of(handle);
  const auto size = static_cast<std::uint64_t>(stream.file.size());
  if (bytes <= 0 || stream.position >= size) return 0;
  const std::uint64_t count = std::min(static_cast<std::uint64_t>(bytes), size - stream.position);
  try {  // nothing may escape into C code
    stream.file.read_at(static_cast<std::int64_t>(stream.position),
                        {static_cast<std::byte*>(out), static_cast<std::size_t>(count)});
  } catch (const std::exception& e) {
    stream.error = e.what();
    return -1;
  }
  stream.position += count;
  return static_cast<tmsize_t>(count);
}

tmsize_t write_nothing(thandle_t, void*, tmsize_t) { return -1; }

toff_t seek_stream(thandle_t handle, toff_t offset, int whence) {
  TiffStream& stream = stream_of(handle);
  const std::uint64_t base = whence == SEEK_CUR   ? stream.position
                             : whence == SEEK_END ? static_cast<std::uint64_t>(stream.file.size())
                                                  : 0;
  stream.position = base + offset;
  return stream.position;
}

int close_nothing(thandle_t) { return 0; }

toff_t stream_size(thandle_t handle) { return static_cast<toff_t>(stream_of(handle).file.size()); }

__attribute__((format(printf, 4, 0))) int keep_error(TIFF*, void* user, const char*,
                                                     const char* format, va_list arguments) {
  char text[512];
  std::vsnprintf(text, sizeof text, format, arguments);
  auto* stream = static_cast<TiffStream*>(user);
  if (stream->error.empty()) stream->error = text;  // the first one is the cause
  return 1;                                         // handled: nothing goes to stderr
}

__attribute__((format(printf, 4, 0))) int drop_warning(TIFF*, void*, const char*, const char*,
                                                       va_list) {
  return 1;
}

struct CloseTiff {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using TiffHandle = std::unique_ptr<TIFF, CloseTiff>;
struct FreeOptions {
  void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

/// Opens without mapping (m), without reading a directory (h) or block arrays (D) yet, and without
/// cutting up strips (c), which is done here.
TiffHandle open_tiff(TiffStream& stream) {
  const std::unique_ptr<TIFFOpenOptions, FreeOptions> options(TIFFOpenOptionsAlloc());
  if (!options) throw RuntimeError("out of memory");
  // Block arrays hold 8 bytes a block, of at least 2 in the file.
  const std::int64_t size = std::min(stream.file.size(), std::int64_t{1} << 40);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), 8 * size + (tmsize_t{1} << 20));
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), &keep_error, &stream);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), &drop_warning, &stream);
  TiffHandle tiff(TIFFClientOpenExt(stream.file.path().c_str(), "rmhDc", &stream, &read_stream,
                                    &write_nothing, &seek_stream, &close_nothing, &stream_size,
                                    nullptr, nullptr, options.get()));
  if (!tiff) throw RuntimeError("cannot open " + stream.file.path() + ": " + stream.error);
  return tiff;
}

[[noreturn]] void damaged(const TiffStream& stream, const std::string& what) {
  throw RuntimeError(stream.file.path() + " is damaged: " + what +
                     (stream.error.empty() ? "" : " (" + stream.error + ")"));
}

std::uint16_t short_tag(TIFF* tiff, std::uint32_t tag, std::uint16_t missing) {
  std::uint16_t value = missing;
  return TIFFGetFieldDefaulted(tiff, tag, &value) == 1 ? value : missing;
}

std::uint32_t long_tag(TIFF* tiff, std::uint32_t tag, std::uint32_t missing) {
  std::uint32_t value = missing;
  return TIFFGetFieldDefaulted(tiff, tag, &value) == 1 ? value : missing;
}

void read_format(TIFF* tiff, TiffDirectory& d) {
  d.samples = short_tag(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  d.bits = short_tag(tiff, TIFFTAG_BITSPERSAMPLE, 1);
  d.sample_format = short_tag(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
  d.compression = short_tag(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  d.fill_order = short_tag(tiff, TIFFTAG_FILLORDER, FILLORDER_MSB2LSB);
  d.separate = d.samples > 1 &&
               short_tag(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE;
  std::uint16_t value = 0;
  if (TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &value) == 1) d.photometric = value;
  // Only codecs with predictors know the tag: for the others it is ignored, as libtiff does.
  if (TIFFGetField(tiff, TIFFTAG_PREDICTOR, &value) == 1) d.predictor = value;
}

void read_shape(TIFF* tiff, TiffDirectory& d) {
  d.width = long_tag(tiff, TIFFTAG_IMAGEWIDTH, 0);
  d.height = long_tag(tiff, TIFFTAG_IMAGELENGTH, 0);
  d.tiled = TIFFIsTiled(tiff) != 0;
  d.block_width = d.tiled ? long_tag(tiff, TIFFTAG_TILEWIDTH, 0) : d.width;
  d.block_height =
      d.tiled ? long_tag(tiff, TIFFTAG_TILELENGTH, 0)
              : std::min<std::int64_t>(
                    long_tag(tiff, TIFFTAG_ROWSPERSTRIP, std::numeric_limits<std::uint32_t>::max()),
                    d.height);
}

/// All products stay within 64 bits: sides < 2^31, samples and bits < 2^16, rows <= 2^31 bytes.
void check_shape(const TiffStream& stream, const TiffDirectory& d) {
  const std::string size = std::to_string(d.width) + "x" + std::to_string(d.height);
  if (d.width < 1 || d.height < 1 || d.width > kMaxSide || d.height > kMaxSide)
    damaged(stream, "absurd size " + size);
  const std::string block = std::to_string(d.block_width) + "x" + std::to_string(d.block_height);
  if (d.block_width < 1 || d.block_height < 1 || d.block_width > kMaxSide ||
      d.block_height > kMaxSide)
    damaged(stream, "absurd block size " + block);
  if (d.samples < 1 || d.bits < 1) damaged(stream, "no bands, or no bits per sample");
  if (d.row_bytes() > kMaxBlockBytes || (d.tiled && d.block_bytes(0) > kMaxBlockBytes))
    damaged(stream, "absurd block size " + block + " with " + std::to_string(d.samples) +
                        " bands of " + std::to_string(d.bits) + " bits");
  // Every block takes at least two bytes of the file for its offset. Division first: the product
  // of three 31-bit numbers may not fit.
  const std::int64_t most = stream.file.size() / 2;
  const std::int64_t per_plane = d.blocks_across() * d.blocks_down();
  if (per_plane > most || per_plane > most / d.planes())
    damaged(stream, "it claims " + std::to_string(per_plane) + " blocks in each of " +
                        std::to_string(d.planes()) + " planes (image " + size + ", blocks " +
                        block + "), more than a file of " + std::to_string(stream.file.size()) +
                        " bytes can hold");
}

/// @param listed length of the file's offset array; libtiff takes what is missing for sparse blocks
void read_blocks(TIFF* tiff, TiffStream& stream, std::uint64_t listed, TiffDirectory& d) {
  if (listed != 0 && listed < static_cast<std::uint64_t>(d.block_count()))
    damaged(stream, "it lists " + std::to_string(listed) + " of its " +
                        std::to_string(d.block_count()) + " blocks");
  const std::uint32_t count = d.tiled ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
  if (count != d.block_count()) damaged(stream, "its block count makes no sense");
  d.offsets.resize(count);
  d.byte_counts.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    int offset_error = 0;
    int size_error = 0;
    d.offsets[i] = TIFFGetStrileOffsetWithErr(tiff, i, &offset_error);
    d.byte_counts[i] = TIFFGetStrileByteCountWithErr(tiff, i, &size_error);
    if (offset_error != 0 || size_error != 0) damaged(stream, "its block offsets cannot be read");
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

TiffDirectory read_directory(TIFF* tiff, TiffStream& stream, const TiffWalk& walk,
                             const TiffEntries& entries) {
  stream.error.clear();
  if (TIFFSetSubDirectory(tiff, static_cast<std::uint64_t>(entries.offset)) == 0)
    damaged(stream, "its directory at byte " + std::to_string(entries.offset) + " cannot be read");
  TiffDirectory d;
  d.big_endian = walk.big_endian();
  d.bigtiff = walk.bigtiff();
  d.subfile_type = entries.subfile_type;
  d.at = entries.offset;
  read_format(tiff, d);
  read_shape(tiff, d);
  check_shape(stream, d);
  read_blocks(tiff, stream, listed_blocks(entries), d);
  cut_single_strips(d, stream.file.size());
  return d;
}

/// What decides to which image a directory belongs.
struct Page {
  const TiffEntries* entries = nullptr;
  std::uint32_t width = 0, height = 0;
  int samples = 0;
  const TiffEntries* mask = nullptr;
};

/// @return nothing if libtiff cannot read it: GDAL leaves it out too
std::optional<Page> look_at(TIFF* tiff, const TiffEntries& entries) {
  if (TIFFSetSubDirectory(tiff, static_cast<std::uint64_t>(entries.offset)) == 0)
    return std::nullopt;
  return Page{&entries, long_tag(tiff, TIFFTAG_IMAGEWIDTH, 0),
              long_tag(tiff, TIFFTAG_IMAGELENGTH, 0), short_tag(tiff, TIFFTAG_SAMPLESPERPIXEL, 1)};
}

void give_mask(std::vector<Page>& overviews, const Page& mask) {
  const auto owner = std::find_if(overviews.begin(), overviews.end(), [&](const Page& page) {
    return page.mask == nullptr && page.width == mask.width && page.height == mask.height;
  });
  if (owner != overviews.end()) owner->mask = mask.entries;
}

std::vector<Page> list_overviews(TIFF* tiff, const TiffWalk& walk) {
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

TiffImages read_tiff_images(ByteReader& file) {
  const TiffWalk walk(file);
  TiffStream stream{file};
  const TiffHandle tiff = open_tiff(stream);
  TiffImages images;
  images.image = read_directory(tiff.get(), stream, walk, walk.directories().front());
  for (std::size_t i = 1; i < walk.directories().size(); ++i) {
    const std::uint32_t type = walk.directories()[i].subfile_type;
    if ((type & FILETYPE_MASK) == 0 || (type & FILETYPE_REDUCEDIMAGE) != 0) continue;
    images.mask = read_directory(tiff.get(), stream, walk, walk.directories()[i]);
    break;
  }
  return images;
}

std::optional<TiffImages> read_tiff_overview(ByteReader& file, int overview) {
  const TiffWalk walk(file);
  TiffStream stream{file};
  const TiffHandle tiff = open_tiff(stream);
  const std::vector<Page> overviews = list_overviews(tiff.get(), walk);
  if (overview < 0 || static_cast<std::size_t>(overview) >= overviews.size()) return std::nullopt;
  const Page& page = overviews[static_cast<std::size_t>(overview)];
  TiffImages images{read_directory(tiff.get(), stream, walk, *page.entries), std::nullopt};
  if (page.mask != nullptr) images.mask = read_directory(tiff.get(), stream, walk, *page.mask);
  return images;
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
