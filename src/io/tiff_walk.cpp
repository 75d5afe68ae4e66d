// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tiff_walk.hpp"

#include "src/io/tiff_tags.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>

namespace cogmill::io {
namespace {

using report::RuntimeError;

constexpr std::size_t kMaxDirectories = 65536;
constexpr std::uint64_t kMaxEntries = 4096;  // the TIFF registry knows a few hundred tags

/// Where things are in the two flavours of TIFF [bytes].
struct Layout {
  std::size_t first_link, count, entry, pointer;
};
constexpr Layout kClassic{4, 2, 12, 4};
constexpr Layout kBig{8, 8, 20, 8};

std::uint64_t decode(std::span<const std::byte> from, bool big_endian) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < from.size(); ++i)
    value = value << 8 | std::to_integer<std::uint64_t>(from[big_endian ? i : from.size() - 1 - i]);
  return value;
}

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
  const auto number = [&](std::size_t at, std::size_t width) {
    return decode(std::span(bytes).subspan(at, width), header.big_endian);
  };
  const std::uint64_t version = number(2, 2);
  header.bigtiff = version == 43;
  const Layout& layout = header.bigtiff ? kBig : kClassic;
  header.valid = version == 42 || (header.bigtiff && size == 16 && number(4, 2) == 8);
  if (header.valid) header.first = number(layout.first_link, layout.pointer);
  return header;
}

bool is_unsigned_integer(std::uint16_t type) {
  return type == 1 || type == 3 || type == 4 || type == 13 || type == 16 || type == 18;
}

std::string at_byte(std::uint64_t offset) { return " at byte " + std::to_string(offset); }

bool ends_before(const ByteReader& file, std::uint64_t offset, std::uint64_t count) {
  const auto size = static_cast<std::uint64_t>(file.size());
  return offset > size || count > size - offset;
}

std::vector<std::byte> read_bytes(ByteReader& file, std::uint64_t offset, std::uint64_t count) {
  std::vector<std::byte> buffer(count);
  file.read_at(static_cast<std::int64_t>(offset), buffer);
  return buffer;
}

std::vector<std::byte> directory_bytes(ByteReader& file, std::uint64_t offset,
                                       std::uint64_t count) {
  if (ends_before(file, offset, count))
    throw RuntimeError(file.path() + " is truncated: it has a directory" + at_byte(offset) +
                       ", but ends" + at_byte(static_cast<std::uint64_t>(file.size())) +
                       "; copy or download it again");
  return read_bytes(file, offset, count);
}

/// @param raw the entry's bytes, which stand at byte `at` of the file
TiffEntry parse_entry(std::span<const std::byte> raw, std::uint64_t at, const Layout& layout,
                      bool big_endian) {
  const std::size_t value = 4 + layout.pointer;  // where it begins, behind tag, type and count
  TiffEntry entry;
  entry.tag = static_cast<std::uint16_t>(decode(raw.first(2), big_endian));
  entry.type = static_cast<std::uint16_t>(decode(raw.subspan(2, 2), big_endian));
  entry.count = decode(raw.subspan(4, layout.pointer), big_endian);
  const auto each = static_cast<std::uint64_t>(tiff_type_bytes(entry.type));
  entry.inside_entry = entry.count <= layout.pointer && entry.count * each <= layout.pointer;
  entry.value_at = entry.inside_entry ? at + value : decode(raw.subspan(value), big_endian);
  return entry;
}

}  // namespace

const TiffEntry* TiffEntries::find(std::uint16_t tag) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [tag](const TiffEntry& entry) { return entry.tag == tag; });
  return found == entries.end() ? nullptr : &*found;
}

bool looks_like_tiff(ByteReader& file) { return read_header(file).valid; }

TiffWalk::TiffWalk(ByteReader& file) : file_(file) {
  const Header header = read_header(file);
  if (!header.valid) throw RuntimeError(file.path() + " is not a TIFF");
  bigtiff_ = header.bigtiff;
  big_endian_ = header.big_endian;
  std::set<std::uint64_t> seen;
  std::size_t bytes = 0;
  for (std::uint64_t offset = header.first; offset != 0;) {
    if (!seen.insert(offset).second)
      throw RuntimeError(file.path() + " is damaged: its directories form a loop (the one" +
                         at_byte(offset) + " is listed twice)");
    if (seen.size() > kMaxDirectories)
      throw RuntimeError(file.path() + " has more than " + std::to_string(kMaxDirectories) +
                         " directories");
    offset = read_directory(offset);
    bytes += directories_.back().entries.size() * (bigtiff_ ? kBig : kClassic).entry;
    if (bytes > static_cast<std::size_t>(file.size()))
      throw RuntimeError(file.path() + " is damaged: its directories overlap");
  }
  if (directories_.empty())
    throw RuntimeError(file.path() + " is truncated or was never finished: it has no directory");
}

std::uint64_t TiffWalk::read_directory(std::uint64_t offset) {
  const Layout& layout = bigtiff_ ? kBig : kClassic;
  const std::uint64_t count = decode(directory_bytes(file_, offset, layout.count), big_endian_);
  if (count == 0 || count > kMaxEntries)
    throw RuntimeError(file_.path() + " is damaged: its directory" + at_byte(offset) + " claims " +
                       std::to_string(count) + " entries");
  const std::uint64_t first = offset + layout.count;
  const std::size_t size = static_cast<std::size_t>(count) * layout.entry;
  const std::vector<std::byte> body = directory_bytes(file_, first, size + layout.pointer);
  TiffEntries directory{static_cast<std::int64_t>(offset), 0, {}};
  directory.entries.reserve(count);
  for (std::size_t at = 0; at < size; at += layout.entry)
    directory.entries.push_back(
        parse_entry(std::span(body).subspan(at, layout.entry), first + at, layout, big_endian_));
  directory.subfile_type = subfile_type(directory);
  directories_.push_back(std::move(directory));
  return decode(std::span(body).subspan(size), big_endian_);
}

/// A value that makes no sense is left out, as libtiff does.
std::uint32_t TiffWalk::subfile_type(const TiffEntries& directory) const {
  const TiffEntry* entry = directory.find(kTagNewSubfileType);
  const bool usable = entry != nullptr && entry->inside_entry && is_unsigned_integer(entry->type);
  return usable ? static_cast<std::uint32_t>(number(directory, kTagNewSubfileType, 0)) : 0;
}

std::vector<std::uint64_t> TiffWalk::numbers(const TiffEntry& entry, std::uint64_t most) const {
  const auto each = static_cast<std::uint64_t>(tiff_type_bytes(entry.type));
  const std::string name = "tag " + std::to_string(entry.tag);
  if (!is_unsigned_integer(entry.type))
    throw RuntimeError(file_.path() + " is damaged: " + name + " has type " +
                       std::to_string(entry.type) + ", not an unsigned integer");
  if (entry.count > most)
    throw RuntimeError(file_.path() + " is damaged: " + name + " claims " +
                       std::to_string(entry.count) + " values, at most " + std::to_string(most) +
                       " are possible");
  if (ends_before(file_, entry.value_at, entry.count * each))
    throw RuntimeError(file_.path() + " is damaged: a directory points to byte " +
                       std::to_string(entry.value_at) + ", but the file ends" +
                       at_byte(static_cast<std::uint64_t>(file_.size())));
  const std::vector<std::byte> raw = read_bytes(file_, entry.value_at, entry.count * each);
  std::vector<std::uint64_t> values(entry.count);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = decode(std::span(raw).subspan(i * each, each), big_endian_);
  return values;
}

std::uint64_t TiffWalk::number(const TiffEntries& directory, std::uint16_t tag,
                               std::uint64_t otherwise) const {
  const TiffEntry* entry = directory.find(tag);
  if (entry == nullptr || entry->count == 0) return otherwise;
  TiffEntry first = *entry;
  first.count = 1;  // of a longer array only the first value is read, wherever it stands
  return numbers(first, 1).front();
}

}  // namespace cogmill::io
