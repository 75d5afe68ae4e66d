// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/isal_place.hpp"

#include <cstdint>
#include <new>
#include <sys/mman.h>

namespace cogmill::kernels {
namespace {

constexpr std::uint32_t kCastagnoli = 0x82F63B78;
constexpr int kBits = 32, kUnseenBits = 16;  // of the address

/// What the instruction crc32 makes of 32 bits, from 0.
constexpr std::uint32_t crc32c(std::uint32_t value) {
  for (int i = 0; i < kBits; ++i) value = (value >> 1) ^ ((value & 1) != 0 ? kCastagnoli : 0);
  return value;
}

/// The other way: no two values share a result.
constexpr std::uint32_t before_crc32c(std::uint32_t result) {
  constexpr std::uint32_t kTop = std::uint32_t{1} << (kBits - 1);
  for (int i = 0; i < kBits; ++i)
    result = (result & kTop) != 0 ? ((result ^ kCastagnoli) << 1 | 1) : result << 1;
  return result;
}
static_assert(crc32c(before_crc32c(0x12345678)) == 0x12345678);

/// Neither near the program and its libraries nor where sanitizers and CUDA reserve memory.
constexpr bool is_quiet(std::uint32_t seen_bits) {
  return seen_bits >= 0x1100'0000 && seen_bits < 0x5000'0000;
}

#if defined(__x86_64__)
/// A free place whose hash is 0.   @return MAP_FAILED: nothing is free
void* map_place(std::size_t bytes) {
  constexpr std::uint32_t kPlaces = std::uint32_t{1} << (kBits - kUnseenBits);
  for (std::uint32_t k = 0; k < kPlaces; ++k) {
    const std::uint32_t seen_bits = before_crc32c(k << kUnseenBits);
    if (!is_quiet(seen_bits)) continue;
    void* const wanted = reinterpret_cast<void*>(std::uintptr_t{seen_bits} << kUnseenBits);
    void* const got = mmap(wanted, bytes, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (got == wanted) return got;
    if (got != MAP_FAILED) munmap(got, bytes);  // Linux before 4.17 takes it for a wish
  }
  return MAP_FAILED;
}
#else
void* map_place(std::size_t bytes) {
  return mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}
#endif

}  // namespace

IsalPlace::IsalPlace(std::size_t bytes) : data_(map_place(bytes)), bytes_(bytes) {
  if (data_ == MAP_FAILED) throw std::bad_alloc();
}

IsalPlace::~IsalPlace() { munmap(data_, bytes_); }

std::uint16_t IsalPlace::hash_of(const void* address) {
  return static_cast<std::uint16_t>(
      crc32c(static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(address) >> kUnseenBits)));
}

}  // namespace cogmill::kernels
