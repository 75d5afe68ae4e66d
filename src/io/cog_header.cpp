// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/cog_header.hpp"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstring>
#include <limits>
#include <map>

namespace cogmill::io {
namespace {

static_assert(std::endian::native == std::endian::little, "the writer copies numbers as they are");

enum FieldType : std::uint16_t { kShort = 3, kLong = 4, kLong8 = 16 };

/// Which of a level's arrays an IFD points at.
struct LevelRef {
  std::size_t level = 0;
  bool mask = false;
};

/// One directory before it has a place: its tags by number, arrays left out.
struct Directory {
  LevelRef ref;
  std::map<std::uint16_t, TiffTag> tags;
  std::uint64_t tiles = 0;  ///< length of TileOffsets and TileByteCounts
};

template <class T>
void append(std::vector<std::byte>& out, T value) {
  const auto* bytes = reinterpret_cast<const std::byte*>(&value);
  out.insert(out.end(), bytes, bytes + sizeof value);
}

TiffTag make_tag(std::uint16_t number, std::uint16_t type, std::uint32_t value) {
  TiffTag tag{number, type, 1, {}};
  if (type == kShort) {
    append(tag.value, static_cast<std::uint16_t>(value));
  } else {
    append(tag.value, value);
  }
  return tag;
}

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

void put(Directory& d, std::uint16_t number, std::uint16_t type, std::int64_t value) {
  d.tags[number] = make_tag(number, type, static_cast<std::uint32_t>(value));
}

/// Tags that every directory has.
Directory common_directory(const CogStructure& s, LevelRef ref) {
  Directory d{ref, {}, 0};
  const partition::TileGrid grid{s.levels[ref.level], s.tile};
  const bool overview = ref.level > 0;
  if (overview || ref.mask)
    put(d, kTagNewSubfileType, kLong, (overview ? 1 : 0) | (ref.mask ? 4 : 0));
  put(d, kTagImageWidth, kLong, grid.level.width);
  put(d, kTagImageLength, kLong, grid.level.height);
  put(d, kTagTileWidth, kLong, s.tile);
  put(d, kTagTileLength, kLong, s.tile);
  d.tiles = static_cast<std::uint64_t>(grid.count() * (ref.mask ? 1 : s.planes()));
  return d;
}

Directory image_directory(const CogStructure& s, std::size_t level) {
  Directory d = common_directory(s, {level, false});
  put(d, kTagCompression, kShort, compression_tag(s.codec));
  put(d, kTagSamplesPerPixel, kShort, s.bands);
  put(d, kTagPlanarConfig, kShort, s.separate_planes ? 2 : 1);
  if (s.predictor != kernels::Predictor::kNone)
    put(d, kTagPredictor, kShort, static_cast<std::int64_t>(s.predictor));
  for (const TiffTag& tag : level == 0 ? s.main_tags : s.overview_tags) d.tags[tag.tag] = tag;
  return d;
}

/// Masks are one bit per pixel, DEFLATE, no predictor, as GDAL's.
Directory mask_directory(const CogStructure& s, std::size_t level) {
  Directory d = common_directory(s, {level, true});
  put(d, kTagBitsPerSample, kShort, 1);
  put(d, kTagCompression, kShort, compression_tag(kernels::Codec::kDeflate));
  put(d, kTagPhotometric, kShort, 4);
  put(d, kTagSamplesPerPixel, kShort, 1);
  put(d, kTagPlanarConfig, kShort, 1);
  put(d, kTagSampleFormat, kShort, 1);
  return d;
}

std::vector<Directory> all_directories(const CogStructure& s) {
  std::vector<Directory> all{image_directory(s, 0)};
  if (s.mask) all.push_back(mask_directory(s, 0));
  for (std::size_t level = 1; level < s.levels.size(); ++level)
    all.push_back(image_directory(s, level));
  for (std::size_t level = 1; s.mask && level < s.levels.size(); ++level)
    all.push_back(mask_directory(s, level));
  return all;
}

std::uint64_t even(std::uint64_t n) { return n + n % 2; }
std::uint64_t round_up_8(std::uint64_t n) { return (n + 7) / 8 * 8; }

/// Sizes that differ between Classic and BigTIFF.
struct Dialect {
  bool big;
  std::uint64_t header() const { return big ? 16 : 8; }
  std::uint64_t count() const { return big ? 8 : 2; }
  std::uint64_t entry() const { return big ? 20 : 12; }
  std::uint64_t word() const { return big ? 8 : 4; }
  std::uint16_t offset_type() const { return big ? kLong8 : kLong; }
};

/// Writes directories one after another. Run twice over the same structure it does the same: first
/// to learn the positions, then with the arrays' content.
class HeaderWriter {
 public:
  HeaderWriter(const CogStructure& s, const std::vector<partition::LevelTileBytes>* sizes,
               const partition::FileLayout* layout)
      : s_(s), sizes_(sizes), layout_(layout), dialect_{s.bigtiff} {}

  std::vector<std::byte> write() {
    const std::vector<Directory> directories = all_directories(s_);
    array_position_ = arrays_begin(directories);
    write_file_header();
    for (std::size_t i = 0; i < directories.size(); ++i)
      write_directory(directories[i], i + 1 == directories.size());
    if (sizes_ != nullptr) write_arrays(directories);
    return std::move(out_);
  }
  /// Where the tiles begin: behind the last array.
  std::uint64_t end() const { return even(array_position_); }

 private:
  std::uint64_t ghost_end() const {
    const std::uint64_t ghost =
        s_.ghost_area ? ghost_area_text(s_.separate_planes, s_.mask_interleaved()).size() : 0;
    return even(dialect_.header() + ghost);
  }
  /// Bytes of a directory and of its values, arrays left out.
  std::uint64_t directory_bytes(const Directory& d) const {
    std::uint64_t bytes =
        dialect_.count() + (d.tags.size() + 2) * dialect_.entry() + dialect_.word();
    for (const auto& [number, tag] : d.tags)
      if (tag.value.size() > dialect_.word()) bytes = even(bytes) + tag.value.size();
    return even(bytes);
  }
  std::uint64_t arrays_begin(const std::vector<Directory>& directories) const {
    std::uint64_t position = ghost_end();
    for (const Directory& d : directories) position += directory_bytes(d);
    return round_up_8(position);
  }

  void write_file_header() {
    append(out_, static_cast<std::uint16_t>(0x4949));
    append(out_, static_cast<std::uint16_t>(dialect_.big ? 43 : 42));
    if (dialect_.big) append(out_, std::uint32_t{8});
    append_word(ghost_end());
    if (s_.ghost_area) {
      const std::string text = ghost_area_text(s_.separate_planes, s_.mask_interleaved());
      const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
      out_.insert(out_.end(), bytes, bytes + text.size());
    }
    pad_to_even();
  }

  void write_directory(const Directory& d, bool last) {
    const std::uint64_t begin = out_.size();
    const std::uint64_t entries = d.tags.size() + 2;
    std::uint64_t value_position =
        begin + dialect_.count() + entries * dialect_.entry() + dialect_.word();
    std::vector<std::byte> values;
    append_count(entries);
    bool arrays_done = false;
    for (const auto& [number, tag] : d.tags) {
      if (number > kTagTileByteCounts && !arrays_done) {
        write_array_entries(d);
        arrays_done = true;
      }
      write_entry(tag, value_position, values);
    }
    if (!arrays_done) write_array_entries(d);
    append_word(last ? 0 : begin + directory_bytes(d));
    out_.insert(out_.end(), values.begin(), values.end());
    pad_to_even();
  }

  /// A value that does not fit in its entry goes behind the directory, at an even position.
  void write_entry(const TiffTag& tag, std::uint64_t base, std::vector<std::byte>& values) {
    append(out_, tag.tag);
    append(out_, tag.type);
    append_word(tag.count);
    if (tag.value.size() <= dialect_.word()) {
      append_inline(tag.value);
      return;
    }
    if ((base + values.size()) % 2 != 0) values.push_back(std::byte{0});
    append_word(base + values.size());
    values.insert(values.end(), tag.value.begin(), tag.value.end());
  }

  void write_array_entries(const Directory& d) {
    write_array_entry(d, kTagTileOffsets, dialect_.offset_type(), dialect_.word());
    write_array_entry(d, kTagTileByteCounts, kLong, 4);
  }

  /// An array that fits in its entry stands there; the others follow the last directory.
  void write_array_entry(const Directory& d, std::uint16_t number, std::uint16_t type,
                         std::uint64_t element) {
    append(out_, number);
    append(out_, type);
    append_word(d.tiles);
    if (d.tiles * element <= dialect_.word()) {
      append_inline(sizes_ != nullptr ? array_bytes(d, number, element) : std::vector<std::byte>{});
    } else {
      append_word(array_position_);
      array_position_ = round_up_8(array_position_ + d.tiles * element);
    }
  }

  std::vector<std::byte> array_bytes(const Directory& d, std::uint16_t number,
                                     std::uint64_t element) const {
    const auto& offsets = layout_->levels[d.ref.level];
    const auto& sizes = (*sizes_)[d.ref.level];
    std::vector<std::byte> bytes;
    bytes.reserve(d.tiles * element);
    for (std::size_t i = 0; i < d.tiles; ++i) {
      const std::uint64_t value = number == kTagTileOffsets
                                      ? (d.ref.mask ? offsets.mask : offsets.image)[i]
                                      : (d.ref.mask ? sizes.mask : sizes.image)[i];
      if (element == 8) {
        append(bytes, value);
      } else {
        append(bytes, static_cast<std::uint32_t>(value));
      }
    }
    return bytes;
  }

  void write_arrays(const std::vector<Directory>& directories) {
    out_.resize(arrays_begin(directories));
    for (const Directory& d : directories) {
      write_array(d, kTagTileOffsets, dialect_.word());
      write_array(d, kTagTileByteCounts, 4);
    }
    out_.resize(end());
  }
  void write_array(const Directory& d, std::uint16_t number, std::uint64_t element) {
    if (d.tiles * element <= dialect_.word()) return;
    const auto bytes = array_bytes(d, number, element);
    out_.insert(out_.end(), bytes.begin(), bytes.end());
    out_.resize(round_up_8(out_.size()));
  }

  void append_word(std::uint64_t value) {
    if (dialect_.big) {
      append(out_, value);
    } else {
      append(out_, static_cast<std::uint32_t>(value));
    }
  }
  void append_count(std::uint64_t value) {
    if (dialect_.big) {
      append(out_, value);
    } else {
      append(out_, static_cast<std::uint16_t>(value));
    }
  }
  void append_inline(const std::vector<std::byte>& value) {
    out_.insert(out_.end(), value.begin(), value.end());
    out_.resize(out_.size() + dialect_.word() - value.size());
  }
  void pad_to_even() { out_.resize(even(out_.size())); }

  const CogStructure& s_;
  const std::vector<partition::LevelTileBytes>* sizes_;
  const partition::FileLayout* layout_;
  Dialect dialect_;
  std::vector<std::byte> out_;
  std::uint64_t array_position_ = 0;
};

}  // namespace

std::string ghost_area_text(bool separate_planes, bool mask_interleaved) {
  std::string body =
      "LAYOUT=IFDS_BEFORE_DATA\n"
      "BLOCK_ORDER=ROW_MAJOR\n"
      "BLOCK_LEADER=SIZE_AS_UINT4\n"
      "BLOCK_TRAILER=LAST_4_BYTES_REPEATED\n";
  if (separate_planes) body += "INTERLEAVE=BAND\n";
  body += "KNOWN_INCOMPATIBLE_EDITION=NO\n ";  // the space leaves room for YES
  if (mask_interleaved) body += "MASK_INTERLEAVED_WITH_IMAGERY=YES\n";
  char first_line[64];
  std::snprintf(first_line, sizeof first_line, "GDAL_STRUCTURAL_METADATA_SIZE=%06zu bytes\n",
                body.size());
  return first_line + body;
}

std::uint64_t header_bytes(const CogStructure& structure) {
  HeaderWriter writer(structure, nullptr, nullptr);
  writer.write();
  return writer.end();
}

std::vector<std::byte> make_header(const CogStructure& structure,
                                   const std::vector<partition::LevelTileBytes>& sizes,
                                   const partition::FileLayout& layout) {
  return HeaderWriter(structure, &sizes, &layout).write();
}

}  // namespace cogmill::io
