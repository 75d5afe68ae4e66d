// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace cogmill::kernels {

/// Memory in which ISA-L makes the same bytes in every thread and process. ISA-L's code for x86-64
/// (all versions to 2.31 at least) enters the third position of its input in the table of matches
/// under a hash of bits 16 to 47 of the address of its stream, since the register that should hold
/// the input still holds that address: a few streams in ten thousand come out otherwise elsewhere.
/// All addresses that are given out here have one hash.
class IsalPlace {
 public:
  /// @throws std::bad_alloc
  explicit IsalPlace(std::size_t bytes);
  ~IsalPlace();
  IsalPlace(const IsalPlace&) = delete;
  IsalPlace& operator=(const IsalPlace&) = delete;

  /// Page-aligned, zero at first.
  void* data() const { return data_; }

  /// What ISA-L takes for the hash of the third position; it uses 13 or 15 bits of it.
  static std::uint16_t hash_of(const void* address);

 private:
  void* data_;
  std::size_t bytes_;
};

}  // namespace cogmill::kernels
