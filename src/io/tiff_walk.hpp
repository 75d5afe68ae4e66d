// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/byte_reader.hpp"

#include <cstdint>
#include <vector>

namespace cogmill::io {

/// One entry of a directory, its value not read yet.
struct TiffEntry {
  std::uint16_t tag = 0;
  std::uint16_t type = 0;
  std::uint64_t count = 0;     ///< number of values
  std::uint64_t value_at = 0;  ///< [bytes] where the value stands in the file; not checked
  bool inside_entry = false;   ///< the value stands in the directory itself
};

/// One image file directory (IFD) of a TIFF.
struct TiffEntries {
  std::int64_t offset = 0;         ///< [bytes] in the file
  std::uint32_t subfile_type = 0;  ///< tag 254: 1 reduced resolution, 4 mask
  std::vector<TiffEntry> entries;

  const TiffEntry* find(std::uint16_t tag) const;  ///< the first one; nullptr if there is none
};

/// @return true if the file begins like a TIFF or BigTIFF of either byte order
bool looks_like_tiff(ByteReader& file);

/// Walks the directories of a Classic or BigTIFF of either byte order by hand, because libtiff ends
/// a looping or cut chain silently, and reads numbers out of them. Nothing of the file is trusted:
/// memory stays within a small multiple of its size.
class TiffWalk {
 public:
  /// @throws report::RuntimeError if it is no TIFF, is cut off, or its directories loop or overlap
  explicit TiffWalk(ByteReader& file);

  bool bigtiff() const { return bigtiff_; }
  bool big_endian() const { return big_endian_; }
  /// In the order of the chain, at least one.
  const std::vector<TiffEntries>& directories() const { return directories_; }

  /// @return the values of an entry of an unsigned integer type
  /// @throws report::RuntimeError if it holds another type, more than `most` values, or reaches
  /// beyond the end of the file
  std::vector<std::uint64_t> numbers(const TiffEntry& entry, std::uint64_t most) const;
  /// @return the first value, or `otherwise` if the directory has no such entry
  std::uint64_t number(const TiffEntries& directory, std::uint16_t tag,
                       std::uint64_t otherwise) const;

 private:
  /// Appends a directory.   @return the offset of the one after it; 0 at the end
  std::uint64_t read_directory(std::uint64_t offset);
  std::uint32_t subfile_type(const TiffEntries& directory) const;

  ByteReader& file_;
  bool bigtiff_ = false;
  bool big_endian_ = false;
  std::vector<TiffEntries> directories_;
};

}  // namespace cogmill::io
