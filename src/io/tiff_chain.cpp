// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tiff_chain.hpp"

#include "src/report/error.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace cogmill::io {
namespace {

using report::RuntimeError;

constexpr std::size_t kMaxDirectories = 65536;
constexpr std::uint64_t kMaxEntries = 4096;  // the TIFF registry knows a few hundred tags
constexpr std::uint16_t kSubfileTypeTag = 254;
constexpr std::uint16_t kStripOffsetsTag = 273;
constexpr std::uint16_t kTileOffsetsTag = 324;

/// Reads numbers of the file's byte order out of a buffer.
class Numbers {
 public:
  Numbers(std::span<const std::byte> bytes, bool big_endian)
      : bytes_(bytes), big_endian_(big_endian) {}
  /// @pre offset + width <= size of the buffer
  std::uint64_t get(std::size_t offset, std::size_t width) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const std::size_t at = big_endian_ ? offset + i : offset + width - 1 - i;
      value = value << 8 | std::to_integer<std::uint64_t>(bytes_[at]);
    }
    return value;
  }

 private:
  std::span<const std::byte> bytes_;
  bool big_endian_;
};

/// Where things are in the two flavours of TIFF [bytes].
struct Layout {
  std::size_t header, first_link, count, entry, value, pointer;
};
constexpr Layout kClassic{8, 4, 2, 12, 8, 4};
constexpr Layout kBig{16, 8, 8, 20, 12, 8};

struct Header {
  bool valid = false, big_endian = false, bigtiff = false;
  std::uint64_t first = 0;
};

Header read_header(ByteReader& file) {
  std::array<std::byte, 16> bytes{};
  const auto size = static_cast<std::size_t>(std::min<std::int64_t>(file.size(), 16));
  file.read_at(0, std::span(bytes).first(size));
  const auto mark = std::to_integer<char>(bytes[0]);
  Header header;
  if (size < 8 || bytes[0] != bytes[1] || (mark != 'I' && mark != 'M')) return header;
  header.big_endian = mark == 'M';
  const Numbers numbers(bytes, header.big_endian);
  const std::uint64_t version = numbers.get(2, 2);
  header.bigtiff = version == 43;
  const Layout& layout = header.bigtiff ? kBig : kClassic;
  header.valid = version == 42 || (header.bigtiff && size == 16 && numbers.get(4, 2) == 8);
  if (header.valid) header.first = numbers.get(layout.first_link, layout.pointer);
  return header;
}

std::string at_byte(std::uint64_t offset) { return " at byte " + std::to_string(offset); }

/// Reads one directory after the other.
class Walker {
 public:
  Walker(ByteReader& file, const Header& header)
      : file_(file), header_(header), layout_(header.bigtiff ? kBig : kClassic) {}

  /// @return the offset of the directory after this one; 0 at the end
  std::uint64_t read(std::uint64_t offset, TiffLink& link) {
    const std::uint64_t entries = bytes_at(offset, layout_.count).get(0, layout_.count);
    if (entries == 0 || entries > kMaxEntries)
      throw RuntimeError(file_.path() + " is damaged: its directory" + at_byte(offset) +
                         " claims " + std::to_string(entries) + " entries");
    const std::size_t body = static_cast<std::size_t>(entries) * layout_.entry;
    const Numbers numbers = bytes_at(offset + layout_.count, body + layout_.pointer);
    link = {static_cast<std::int64_t>(offset), 0, 0};
    for (std::size_t at = 0; at < body; at += layout_.entry) read_entry(numbers, at, link);
    return numbers.get(body, layout_.pointer);
  }

 private:
  Numbers bytes_at(std::uint64_t offset, std::size_t bytes) {
    const auto size = static_cast<std::uint64_t>(file_.size());
    if (offset > size || bytes > size - offset)
      throw RuntimeError(file_.path() + " is truncated: it has a directory" + at_byte(offset) +
                         ", but ends at byte " + std::to_string(size) +
                         "; copy or download it again");
    buffer_.resize(bytes);
    file_.read_at(static_cast<std::int64_t>(offset), buffer_);
    return {buffer_, header_.big_endian};
  }

  void read_entry(const Numbers& numbers, std::size_t at, TiffLink& link) const {
    constexpr std::uint64_t kShort = 3;
    const std::uint64_t tag = numbers.get(at, 2);
    if (tag == kSubfileTypeTag) {
      const std::size_t width = numbers.get(at + 2, 2) == kShort ? 2 : 4;
      link.subfile_type = static_cast<std::uint32_t>(numbers.get(at + layout_.value, width));
    }
    if (tag == kStripOffsetsTag || tag == kTileOffsetsTag)
      link.listed_blocks = numbers.get(at + 4, layout_.pointer);
  }

  ByteReader& file_;
  const Header& header_;
  const Layout& layout_;
  std::vector<std::byte> buffer_;
};

}  // namespace

bool looks_like_tiff(ByteReader& file) { return read_header(file).valid; }

TiffChain read_tiff_chain(ByteReader& file) {
  const Header header = read_header(file);
  if (!header.valid) throw RuntimeError(file.path() + " is not a TIFF");
  TiffChain chain{header.big_endian, header.bigtiff, {}};
  Walker walker(file, header);
  std::set<std::uint64_t> seen;
  for (std::uint64_t offset = header.first; offset != 0;) {
    if (!seen.insert(offset).second)
      throw RuntimeError(file.path() + " is damaged: its directories form a loop (the one" +
                         at_byte(offset) + " is listed twice)");
    if (seen.size() > kMaxDirectories)
      throw RuntimeError(file.path() + " has more than " + std::to_string(kMaxDirectories) +
                         " directories");
    TiffLink link;
    offset = walker.read(offset, link);
    chain.links.push_back(link);
  }
  if (chain.links.empty())
    throw RuntimeError(file.path() + " is truncated or was never finished: it has no directory");
  return chain;
}

}  // namespace cogmill::io
