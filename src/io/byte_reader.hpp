// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cogmill::io {

/// Bytes [offset, offset + size) of a file.
struct ByteRange {
  std::int64_t offset = 0;
  std::int64_t size = 0;
  std::int64_t end() const { return offset + size; }
};

/// Random access to the bytes of a file: local files with pread, `/vsi...` through GDAL's virtual
/// file systems (object stores, archives, memory). Thread-safe.
class ByteReader {
 public:
  virtual ~ByteReader() = default;

  /// @throws report::RuntimeError if there is no such file or it cannot be read
  static std::shared_ptr<ByteReader> open(const std::string& path);

  const std::string& path() const { return path_; }
  std::int64_t size() const { return size_; }  ///< [bytes], when it was opened

  /// Fills the whole of `out`. Blocks on I/O.
  /// @throws report::RuntimeError if the file ends before, or on an I/O error
  void read_at(std::int64_t offset, std::span<std::byte> out);

 protected:
  ByteReader(std::string path, std::int64_t size) : path_(std::move(path)), size_(size) {}

 private:
  /// What read_at does for a range that is known to lie inside the file.
  virtual void read_inside(std::int64_t offset, std::span<std::byte> out) = 0;

  std::string path_;
  std::int64_t size_;
};

/// One read that covers ranges [first, last) of a sorted list.
struct MergedRead {
  ByteRange range;
  std::size_t first = 0;
  std::size_t last = 0;
};

inline constexpr std::int64_t kMergeGap = std::int64_t{64} << 10;   ///< [bytes] read for nothing
inline constexpr std::int64_t kMergeLimit = std::int64_t{8} << 20;  ///< [bytes] of one merged read

/// Joins ranges that overlap or lie closer than `gap` into reads of at most `limit` bytes (a longer
/// range is a read by itself).   @pre sorted by offset; offset + size does not overflow
std::vector<MergedRead> merge_ranges(std::span<const ByteRange> ranges,
                                     std::int64_t gap = kMergeGap,
                                     std::int64_t limit = kMergeLimit);

}  // namespace cogmill::io
