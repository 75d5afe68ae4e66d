// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/byte_reader.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct tiff;

namespace cogmill::io {

/// A file as libtiff sees it, through a ByteReader. It parses directories; its decoders are never
/// used, and its messages go into our errors only. One directory at a time is selected.
class LibTiff {
 public:
  /// The place in the file, and libtiff's first complaint.
  struct Stream {
    ByteReader& file;
    std::uint64_t position = 0;
    std::string error = {};
  };
  struct Block {
    std::uint64_t offset = 0, bytes = 0;
  };

  /// Reads no directory yet.   @throws report::RuntimeError if libtiff refuses the file
  explicit LibTiff(ByteReader& file);

  const ByteReader& file() const { return stream_->file; }

  /// Selects the directory at `offset` [bytes].   @return false if libtiff cannot read it
  bool select(std::int64_t offset);

  /// Values of the selected directory; TIFF's default, then `missing`, where it has none.
  std::uint16_t short_tag(std::uint32_t tag, std::uint16_t missing) const;
  std::uint32_t long_tag(std::uint32_t tag, std::uint32_t missing) const;
  /// Without defaults.
  std::optional<int> find_short_tag(std::uint32_t tag) const;
  /// @return the values of a tag that is a list of 16-bit numbers; none where it is missing
  std::vector<int> short_list(std::uint32_t tag) const;
  bool is_tiled() const;
  std::uint32_t block_count() const;
  /// @throws report::RuntimeError if the arrays of the blocks cannot be read
  Block block(std::uint32_t index);

  /// @throws report::RuntimeError "FILE is damaged: what (libtiff's complaint)"
  [[noreturn]] void damaged(const std::string& what) const;

 private:
  struct Close {
    void operator()(tiff* file) const;
  };
  std::unique_ptr<Stream> stream_;  // libtiff keeps its address
  std::unique_ptr<tiff, Close> tiff_;
};

}  // namespace cogmill::io
