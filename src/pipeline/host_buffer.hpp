// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>

namespace cogmill::pipeline {

/// Memory that is kept for the next use: touching fresh pages costs more than what is done there.
class HostBuffer {
 public:
  /// At least so many bytes, with undefined contents.
  std::span<std::byte> reserve(std::size_t bytes) {
    if (bytes > capacity_) {
      memory_.reset();  // give back before taking more
      memory_ = std::make_unique_for_overwrite<std::byte[]>(bytes);
      capacity_ = bytes;
    }
    bytes_ = bytes;
    return all();
  }
  /// What was reserved last.
  std::span<std::byte> all() const { return {memory_.get(), bytes_}; }

 private:
  std::unique_ptr<std::byte[]> memory_;
  std::size_t capacity_ = 0, bytes_ = 0;
};

}  // namespace cogmill::pipeline
