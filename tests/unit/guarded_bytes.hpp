// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <new>
#include <span>
#include <sys/mman.h>
#include <unistd.h>

namespace cogmill::tests {

/// Memory that ends, or begins, where a page begins that nobody may touch: a step outside ends the
/// process even where it is made by machine code that no sanitizer sees.
class GuardedBytes {
 public:
  enum class Wall { kBehind, kBefore };

  explicit GuardedBytes(std::size_t most)
      : page_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))),
        room_((most + page_ - 1) / page_ * page_) {
    void* const all =
        mmap(nullptr, room_ + 2 * page_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (all == MAP_FAILED) throw std::bad_alloc();
    all_ = static_cast<std::byte*>(all);
    if (mprotect(all_ + page_, room_, PROT_READ | PROT_WRITE) != 0) throw std::bad_alloc();
  }
  ~GuardedBytes() { munmap(all_, room_ + 2 * page_); }
  GuardedBytes(const GuardedBytes&) = delete;
  GuardedBytes& operator=(const GuardedBytes&) = delete;

  /// @pre size is at most what the constructor was told
  std::span<std::byte> at(Wall wall, std::size_t size) const {
    std::byte* const first = all_ + page_;
    return {wall == Wall::kBefore ? first : first + room_ - size, size};
  }
  std::span<std::byte> copy(Wall wall, std::span<const std::byte> bytes) const {
    const auto to = at(wall, bytes.size());
    std::copy(bytes.begin(), bytes.end(), to.begin());
    return to;
  }

 private:
  std::size_t page_, room_;
  std::byte* all_ = nullptr;
};

}  // namespace cogmill::tests
