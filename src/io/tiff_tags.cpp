// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tiff_tags.hpp"

#include "src/report/error.hpp"

#include <algorithm>
#include <array>

namespace cogmill::io {
namespace {

constexpr std::uint64_t kEntryBytes = 12;

/// Bounds-checked little-endian reads from a buffer.
class Bytes {
 public:
  Bytes(std::span<const std::byte> data, const std::string& name) : data_(data), name_(name) {}

  [[noreturn]] void fail(const std::string& why) const {
    throw report::RuntimeError("cannot read the TIFF directory of " + name_ + ": " + why);
  }
  std::span<const std::byte> part(std::uint64_t offset, std::uint64_t bytes) const {
    if (offset > data_.size() || bytes > data_.size() - offset)
      fail("it points outside of the file, which has " + std::to_string(data_.size()) + " bytes");
    return data_.subspan(offset, bytes);
  }
  std::uint32_t number(std::uint64_t offset, std::uint64_t bytes) const {
    const auto from = part(offset, bytes);
    std::uint32_t value = 0;
    for (std::size_t i = from.size(); i-- > 0;)
      value = (value << 8) | std::to_integer<std::uint32_t>(from[i]);
    return value;
  }

 private:
  std::span<const std::byte> data_;
  const std::string& name_;
};

TiffTag read_entry(const Bytes& file, std::uint64_t entry) {
  TiffTag tag;
  tag.tag = static_cast<std::uint16_t>(file.number(entry, 2));
  tag.type = static_cast<std::uint16_t>(file.number(entry + 2, 2));
  tag.count = file.number(entry + 4, 4);
  const auto bytes_each = static_cast<std::uint64_t>(tiff_type_bytes(tag.type));
  if (bytes_each == 0)
    file.fail("tag " + std::to_string(tag.tag) + " has unknown type " + std::to_string(tag.type));
  const std::uint64_t bytes = tag.count * bytes_each;  // at most 2^32 * 16
  const std::uint64_t at = bytes <= 4 ? entry + 8 : file.number(entry + 8, 4);
  const auto value = file.part(at, bytes);
  tag.value.assign(value.begin(), value.end());
  return tag;
}

}  // namespace

std::int64_t tiff_type_bytes(std::uint16_t type) {
  constexpr std::array<std::int64_t, 19> kBytes = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4,
                                                   8, 4, 8, 4, 0, 0, 8, 8, 8};
  return type < kBytes.size() ? kBytes[type] : 0;
}

std::vector<TiffTag> read_classic_ifd(std::span<const std::byte> file, const std::string& name) {
  const Bytes bytes(file, name);
  constexpr std::uint32_t kLittleEndianClassic = 0x002A4949;
  if (bytes.number(0, 4) != kLittleEndianClassic) bytes.fail("it is no little-endian Classic TIFF");
  const std::uint64_t directory = bytes.number(4, 4);
  const std::uint64_t entries = bytes.number(directory, 2);
  std::vector<TiffTag> tags;
  tags.reserve(entries);
  for (std::uint64_t i = 0; i < entries; ++i)
    tags.push_back(read_entry(bytes, directory + 2 + i * kEntryBytes));
  return tags;
}

}  // namespace cogmill::io
