// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tiff_entries.hpp"

#include "src/io/tiff_chain.hpp"
#include "src/io/tiff_tags.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <span>
#include <string>

namespace cogmill::io {
namespace {

using report::RuntimeError;

std::uint64_t decode(std::span<const std::byte> from, bool big_endian) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < from.size(); ++i)
    value = value << 8 | std::to_integer<std::uint64_t>(from[big_endian ? i : from.size() - 1 - i]);
  return value;
}

bool is_unsigned_integer(std::uint16_t type) {
  return type == 1 || type == 3 || type == 4 || type == 13 || type == 16 || type == 18;
}

}  // namespace

const TiffEntry* TiffEntries::find(std::uint16_t tag) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [tag](const TiffEntry& entry) { return entry.tag == tag; });
  return found == entries.end() ? nullptr : &*found;
}

TiffWalk::TiffWalk(ByteReader& file) : file_(file) {
  const TiffChain chain = read_tiff_chain(file);
  bigtiff_ = chain.bigtiff;
  big_endian_ = chain.big_endian;
  for (const TiffLink& link : chain.links) {
    directories_.push_back(read_directory(link.offset));
    directories_.back().subfile_type = link.subfile_type;
  }
}

std::vector<std::byte> TiffWalk::bytes(std::uint64_t offset, std::uint64_t count) const {
  const auto size = static_cast<std::uint64_t>(file_.size());
  if (offset > size || count > size - offset)
    throw RuntimeError(file_.path() + " is damaged: a directory points to byte " +
                       std::to_string(offset) + ", but the file ends at byte " +
                       std::to_string(size));
  std::vector<std::byte> buffer(count);
  file_.read_at(static_cast<std::int64_t>(offset), buffer);
  return buffer;
}

TiffEntries TiffWalk::read_directory(std::int64_t offset) const {
  const std::uint64_t count_bytes = bigtiff_ ? 8 : 2;
  const std::uint64_t entry_bytes = bigtiff_ ? 20 : 12;
  const std::size_t value_bytes = bigtiff_ ? 8 : 4;
  const auto start = static_cast<std::uint64_t>(offset);
  // read_tiff_chain has refused absurd counts already.
  const std::uint64_t count = decode(bytes(start, count_bytes), big_endian_);
  const std::vector<std::byte> body = bytes(start + count_bytes, count * entry_bytes);
  TiffEntries directory{offset, 0, {}};
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto raw = std::span(body).subspan(i * entry_bytes, entry_bytes);
    TiffEntry entry;
    entry.tag = static_cast<std::uint16_t>(decode(raw.first(2), big_endian_));
    entry.type = static_cast<std::uint16_t>(decode(raw.subspan(2, 2), big_endian_));
    entry.count = decode(raw.subspan(4, value_bytes), big_endian_);
    const auto each = static_cast<std::uint64_t>(tiff_type_bytes(entry.type));
    entry.inside_entry = entry.count <= value_bytes && entry.count * each <= value_bytes;
    entry.value_at = entry.inside_entry ? start + count_bytes + i * entry_bytes + 4 + value_bytes
                                        : decode(raw.subspan(4 + value_bytes), big_endian_);
    directory.entries.push_back(entry);
  }
  return directory;
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
  const std::vector<std::byte> raw = bytes(entry.value_at, entry.count * each);
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
