// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>

namespace cogmill::io {

/// The samples of one decoded block. Immutable once shared.
class DecodedBlock {
 public:
  explicit DecodedBlock(std::size_t bytes)
      : data_(std::make_unique_for_overwrite<std::byte[]>(bytes)), bytes_(bytes) {}
  std::span<std::byte> writable() { return {data_.get(), bytes_}; }
  std::span<const std::byte> bytes() const { return {data_.get(), bytes_}; }

 private:
  std::unique_ptr<std::byte[]> data_;
  std::size_t bytes_;
};

/// Which block: of the image or of its mask.
struct BlockKey {
  bool mask = false;
  std::int64_t index = 0;
  friend bool operator==(const BlockKey&, const BlockKey&) = default;
};

/// Keeps the decoded blocks used last, up to a number of bytes. Thread-safe.
class BlockCache {
 public:
  /// @param limit_bytes 0: keeps nothing
  explicit BlockCache(std::int64_t limit_bytes) : limit_(limit_bytes) {}

  bool accepts(std::int64_t bytes) const { return bytes <= limit_; }
  /// @return the block, now the one used last, or null
  std::shared_ptr<const DecodedBlock> find(const BlockKey& key);
  /// Drops the blocks not used for longest until the new one fits. One that never fits is ignored.
  void insert(const BlockKey& key, std::shared_ptr<const DecodedBlock> block);

 private:
  struct Entry {
    BlockKey key;
    std::shared_ptr<const DecodedBlock> block;
  };
  struct Hash {
    std::size_t operator()(const BlockKey& key) const {
      return std::hash<std::int64_t>{}(key.index * 2 + (key.mask ? 1 : 0));
    }
  };
  mutable std::mutex mutex_;
  std::int64_t limit_;
  std::int64_t bytes_ = 0;   // of all blocks kept
  std::list<Entry> recent_;  // front: used last
  std::unordered_map<BlockKey, std::list<Entry>::iterator, Hash> index_;
};

}  // namespace cogmill::io
