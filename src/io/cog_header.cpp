// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/cog_header.hpp"

#include "src/io/cog_directories.hpp"

#include <array>
#include <bit>
#include <cstdio>

namespace cogmill::io {
namespace {

static_assert(std::endian::native == std::endian::little, "the writer copies numbers as they are");

std::uint64_t even(std::uint64_t n) { return n + n % 2; }
std::uint64_t round_up_8(std::uint64_t n) { return (n + 7) / 8 * 8; }

/// An array with one number for each tile.
struct TileArray {
  std::uint16_t tag = 0, type = 0;
  std::uint64_t element = 0;  ///< [bytes]
};

/// Sizes that differ between Classic and BigTIFF [bytes].
struct Dialect {
  bool big;
  std::uint64_t header() const { return big ? 16 : 8; }
  std::uint64_t count() const { return big ? 8 : 2; }
  std::uint64_t entry() const { return big ? 20 : 12; }
  std::uint64_t word() const { return big ? 8 : 4; }
  std::array<TileArray, 2> arrays() const {
    constexpr std::uint16_t kLong = 4, kLong8 = 16;
    return {{{kTagTileOffsets, big ? kLong8 : kLong, word()}, {kTagTileByteCounts, kLong, 4}}};
  }
  /// An array that fits in its entry stands there.
  bool is_inline(const TileArray& array, std::uint64_t tiles) const {
    return tiles * array.element <= word();
  }
  /// The entries of a directory, its own and those of the arrays, and the link to the next one.
  std::uint64_t table(const CogDirectory& d) const {
    return count() + (d.tags.size() + arrays().size()) * entry() + word();
  }
};

/// Where everything stands in the file [bytes].
struct Places {
  std::vector<std::uint64_t> directories;
  std::vector<std::array<std::uint64_t, 2>> arrays;  ///< by directory; not of inline ones
  std::uint64_t end = 0;                             ///< where the tiles begin
};

std::string ghost_text(const CogStructure& s) {
  return s.ghost_area ? ghost_area_text(s.separate_planes, s.mask_interleaved()) : std::string();
}

Places measure(const CogStructure& s, const std::vector<CogDirectory>& directories) {
  const Dialect dialect{s.bigtiff};
  Places places;
  std::uint64_t position = even(dialect.header() + ghost_text(s).size());
  for (const CogDirectory& d : directories) {
    places.directories.push_back(position);
    position += dialect.table(d);
    for (const auto& [number, tag] : d.tags)
      if (tag.value.size() > dialect.word()) position = even(position) + tag.value.size();
    position = even(position);
  }
  for (const CogDirectory& d : directories) {
    std::array<std::uint64_t, 2>& at = places.arrays.emplace_back();
    for (std::size_t i = 0; i < at.size(); ++i) {
      const TileArray array = dialect.arrays()[i];
      if (dialect.is_inline(array, d.tiles)) continue;
      at[i] = round_up_8(position);
      position = at[i] + d.tiles * array.element;
    }
  }
  places.end = round_up_8(position);
  return places;
}

/// Writes a measured header from its first byte to its last.
class HeaderWriter {
 public:
  HeaderWriter(const CogStructure& s, const std::vector<partition::LevelTileBytes>& sizes,
               const partition::FileLayout& layout)
      : s_(s),
        sizes_(sizes),
        layout_(layout),
        dialect_{s.bigtiff},
        directories_(cog_directories(s)),
        places_(measure(s, directories_)) {}

  std::vector<std::byte> write() {
    out_.reserve(places_.end);
    write_file_header();
    for (std::size_t i = 0; i < directories_.size(); ++i) write_directory(i);
    for (std::size_t i = 0; i < directories_.size(); ++i) write_arrays(i);
    out_.resize(places_.end);
    return std::move(out_);
  }

 private:
  /// @param width 2, 4 or 8 bytes
  static void append_number(std::vector<std::byte>& out, std::uint64_t value, std::uint64_t width) {
    const auto* bytes = reinterpret_cast<const std::byte*>(&value);
    out.insert(out.end(), bytes, bytes + width);
  }
  void append_short(std::uint64_t value) { append_number(out_, value, 2); }
  void append_word(std::uint64_t value) { append_number(out_, value, dialect_.word()); }
  void append_inline(const std::vector<std::byte>& value) {
    out_.insert(out_.end(), value.begin(), value.end());
    out_.resize(out_.size() + dialect_.word() - value.size());
  }

  void write_file_header() {
    append_short(0x4949);
    append_short(dialect_.big ? 43 : 42);
    if (dialect_.big) append_number(out_, 8, 4);
    append_word(places_.directories.front());
    for (const char c : ghost_text(s_)) out_.push_back(static_cast<std::byte>(c));
  }

  void write_directory(std::size_t index) {
    const CogDirectory& d = directories_[index];
    const bool last = index + 1 == directories_.size();
    out_.resize(places_.directories[index]);
    const std::uint64_t values_at = places_.directories[index] + dialect_.table(d);
    std::vector<std::byte> values;
    append_number(out_, d.tags.size() + dialect_.arrays().size(), dialect_.count());
    const auto behind_arrays = d.tags.upper_bound(kTagTileByteCounts);
    for (auto tag = d.tags.begin(); tag != behind_arrays; ++tag)
      write_entry(tag->second, values_at, values);
    write_array_entries(index);
    for (auto tag = behind_arrays; tag != d.tags.end(); ++tag)
      write_entry(tag->second, values_at, values);
    append_word(last ? 0 : places_.directories[index + 1]);
    out_.insert(out_.end(), values.begin(), values.end());
  }

  /// A value that does not fit in its entry goes behind the directory, at an even position.
  void write_entry(const TiffTag& tag, std::uint64_t base, std::vector<std::byte>& values) {
    append_short(tag.tag);
    append_short(tag.type);
    append_word(tag.count);
    if (tag.value.size() <= dialect_.word()) {
      append_inline(tag.value);
      return;
    }
    if ((base + values.size()) % 2 != 0) values.push_back(std::byte{0});
    append_word(base + values.size());
    values.insert(values.end(), tag.value.begin(), tag.value.end());
  }

  void write_array_entries(std::size_t index) {
    const CogDirectory& d = directories_[index];
    for (std::size_t i = 0; i < dialect_.arrays().size(); ++i) {
      const TileArray array = dialect_.arrays()[i];
      append_short(array.tag);
      append_short(array.type);
      append_word(d.tiles);
      if (dialect_.is_inline(array, d.tiles))
        append_inline(array_bytes(d, array));
      else
        append_word(places_.arrays[index][i]);
    }
  }

  void write_arrays(std::size_t index) {
    const CogDirectory& d = directories_[index];
    for (std::size_t i = 0; i < dialect_.arrays().size(); ++i) {
      const TileArray array = dialect_.arrays()[i];
      if (dialect_.is_inline(array, d.tiles)) continue;
      out_.resize(places_.arrays[index][i]);
      const std::vector<std::byte> bytes = array_bytes(d, array);
      out_.insert(out_.end(), bytes.begin(), bytes.end());
    }
  }

  std::vector<std::byte> array_bytes(const CogDirectory& d, const TileArray& array) const {
    const auto& offsets = layout_.levels[d.level];
    const auto& sizes = sizes_[d.level];
    std::vector<std::byte> bytes;
    bytes.reserve(d.tiles * array.element);
    for (std::size_t i = 0; i < d.tiles; ++i) {
      const std::uint64_t value = array.tag == kTagTileOffsets
                                      ? (d.mask ? offsets.mask : offsets.image)[i]
                                      : (d.mask ? sizes.mask : sizes.image)[i];
      append_number(bytes, value, array.element);
    }
    return bytes;
  }

  const CogStructure& s_;
  const std::vector<partition::LevelTileBytes>& sizes_;
  const partition::FileLayout& layout_;
  Dialect dialect_;
  std::vector<CogDirectory> directories_;
  Places places_;
  std::vector<std::byte> out_;
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
  return measure(structure, cog_directories(structure)).end;
}

std::vector<std::byte> make_header(const CogStructure& structure,
                                   const std::vector<partition::LevelTileBytes>& sizes,
                                   const partition::FileLayout& layout) {
  return HeaderWriter(structure, sizes, layout).write();
}

}  // namespace cogmill::io
