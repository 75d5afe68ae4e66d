// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Hand-made classic little-endian TIFFs, as broken as a test wants them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cogmill::io {

/// One tag of type LONG.
struct TinyTag {
  std::uint16_t tag;
  std::vector<std::uint32_t> values;
};

class TinyTiff {
 public:
  TinyTiff() {
    for (const int byte : {0x49, 0x49, 42, 0}) bytes_.push_back(static_cast<std::byte>(byte));
    put(0, 4);
  }
  /// @return the offset of the data
  std::uint32_t add_data(std::size_t size, std::byte value) {
    const std::uint32_t at = end();
    bytes_.insert(bytes_.end(), size, value);
    return at;
  }
  /// Appends a directory and links it to the one before. @return its offset
  std::uint32_t add_directory(std::vector<TinyTag> tags) {
    std::stable_sort(tags.begin(), tags.end(),
                     [](const TinyTag& a, const TinyTag& b) { return a.tag < b.tag; });
    std::vector<std::uint32_t> values;
    for (const TinyTag& tag : tags) values.push_back(add_values(tag));
    const std::uint32_t at = end();
    set_link(at);
    put(static_cast<std::uint32_t>(tags.size()), 2);
    for (std::size_t i = 0; i < tags.size(); ++i) {
      put(tags[i].tag, 2);
      put(4, 2);
      put(static_cast<std::uint32_t>(tags[i].values.size()), 4);
      put(values[i], 4);
    }
    link_at_ = bytes_.size();
    put(0, 4);
    return at;
  }
  /// Where the directory after the last one is.
  void set_link(std::uint32_t offset) {
    for (std::size_t i = 0; i < 4; ++i)
      bytes_[link_at_ + i] = static_cast<std::byte>(offset >> (8 * i));
  }
  /// The directories so far leave the chain: the next one is the file's first.
  void restart() { link_at_ = 4; }
  std::uint32_t end() const { return static_cast<std::uint32_t>(bytes_.size()); }
  const std::vector<std::byte>& bytes() const { return bytes_; }

 private:
  std::uint32_t add_values(const TinyTag& tag) {
    if (tag.values.size() == 1) return tag.values.front();
    const std::uint32_t at = end();
    for (const std::uint32_t value : tag.values) put(value, 4);
    return at;
  }
  void put(std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i) bytes_.push_back(static_cast<std::byte>(value >> (8 * i)));
  }

  std::vector<std::byte> bytes_;
  std::size_t link_at_ = 4;
};

/// Tags of a Byte image with one band and no compression.
inline std::vector<TinyTag> image_tags(std::uint32_t width, std::uint32_t height) {
  return {{256, {width}}, {257, {height}}, {258, {8}}, {259, {1}}, {262, {1}}, {277, {1}}};
}

inline std::vector<TinyTag> with(std::vector<TinyTag> tags, const std::vector<TinyTag>& more) {
  tags.insert(tags.end(), more.begin(), more.end());
  return tags;
}

}  // namespace cogmill::io
