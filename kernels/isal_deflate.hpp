// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace cogmill::kernels {

/// DEFLATE in zlib's wrapper by Intel's ISA-L: two to three times as fast as libdeflate at level 1,
/// and a little less thorough. Where this program was built without it everything here says no, so
/// that callers need no second path.

bool has_isal();
/// @return "2.30.0"; empty: built without ISA-L
std::string isal_version();

/// One per thread; owns its working memory.
class IsalDeflate {
 public:
  /// @param level 1 or 2, whose bytes are the same on every processor; those of level 3 are not
  explicit IsalDeflate(int level = 2);
  ~IsalDeflate();
  IsalDeflate(IsalDeflate&&) noexcept;
  IsalDeflate& operator=(IsalDeflate&&) noexcept;

  /// The bytes depend on `raw` and out.size() alone.
  /// @return bytes written; 0: they do not fit, or there is more than ISA-L's 32 bits can count
  std::size_t compress(std::span<const std::byte> raw, std::span<std::byte> out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// One per thread; owns its working memory.
class IsalInflate {
 public:
  IsalInflate();
  ~IsalInflate();
  IsalInflate(IsalInflate&&) noexcept;
  IsalInflate& operator=(IsalInflate&&) noexcept;

  /// Input is hostile: never reads or writes outside the spans.
  /// @return true if `in` begins with a whole stream of out.size() bytes whose checksum is right.
  /// Else something is wrong, or unusual, and `out` holds anything.
  bool decompress(std::span<const std::byte> in, std::span<std::byte> out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cogmill::kernels
