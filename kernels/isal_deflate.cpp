// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/isal_deflate.hpp"

#include "kernels/isal_place.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <isa-l.h>
#include <limits>
#include <new>
#include <stdexcept>

namespace cogmill::kernels {
namespace {

/// A window of 32 KiB, "fastest": versions 2.30 and 2.31 of ISA-L differ here, and nowhere else.
constexpr std::array kZlibHeader = {std::byte{0x78}, std::byte{0x01}};

bool countable(std::size_t bytes) { return bytes <= std::numeric_limits<std::uint32_t>::max(); }

/// ISA-L does not write to its input.
std::uint8_t* input(std::span<const std::byte> bytes) {
  return const_cast<std::uint8_t*>(reinterpret_cast<const std::uint8_t*>(bytes.data()));
}

std::uint8_t* output(std::span<std::byte> bytes) {
  return reinterpret_cast<std::uint8_t*>(bytes.data());
}

}  // namespace

bool has_isal() { return true; }

std::string isal_version() {
  return std::to_string(ISAL_MAJOR_VERSION) + "." + std::to_string(ISAL_MINOR_VERSION) + "." +
         std::to_string(ISAL_PATCH_VERSION);
}

struct IsalDeflate::State {
  std::uint32_t level = 0;
  IsalPlace place{sizeof(isal_zstream)};
  isal_zstream& stream = *new (place.data()) isal_zstream{};
  std::array<std::uint8_t, ISAL_DEF_LVL2_DEFAULT> memory = {};
};

IsalDeflate::IsalDeflate(int level) : state_(std::make_unique<State>()) {
  if (level != 1 && level != 2)
    throw std::invalid_argument("ISA-L is used at levels 1 and 2, not " + std::to_string(level));
  state_->level = static_cast<std::uint32_t>(level);
}
IsalDeflate::~IsalDeflate() = default;
IsalDeflate::IsalDeflate(IsalDeflate&&) noexcept = default;
IsalDeflate& IsalDeflate::operator=(IsalDeflate&&) noexcept = default;

std::size_t IsalDeflate::compress(std::span<const std::byte> raw, std::span<std::byte> out) {
  if (!countable(raw.size()) || !countable(out.size())) return 0;
  isal_zstream& stream = state_->stream;
  isal_deflate_stateless_init(&stream);
  stream.level = state_->level;
  stream.level_buf = state_->memory.data();
  stream.level_buf_size = static_cast<std::uint32_t>(state_->memory.size());
  stream.gzip_flag = IGZIP_ZLIB;
  stream.flush = NO_FLUSH;
  stream.end_of_stream = 1;
  stream.next_in = input(raw);
  stream.avail_in = static_cast<std::uint32_t>(raw.size());
  stream.next_out = output(out);
  stream.avail_out = static_cast<std::uint32_t>(out.size());
  if (isal_deflate_stateless(&stream) != COMP_OK || stream.avail_in != 0) return 0;
  std::ranges::copy(kZlibHeader, out.begin());
  return stream.total_out;
}

struct IsalInflate::State {
  inflate_state stream = {};
};

IsalInflate::IsalInflate() : state_(std::make_unique<State>()) {}
IsalInflate::~IsalInflate() = default;
IsalInflate::IsalInflate(IsalInflate&&) noexcept = default;
IsalInflate& IsalInflate::operator=(IsalInflate&&) noexcept = default;

bool IsalInflate::decompress(std::span<const std::byte> in, std::span<std::byte> out) {
  if (!countable(in.size()) || !countable(out.size())) return false;
  inflate_state& stream = state_->stream;
  isal_inflate_init(&stream);
  stream.crc_flag = ISAL_ZLIB;
  stream.next_in = input(in);
  stream.avail_in = static_cast<std::uint32_t>(in.size());
  stream.next_out = output(out);
  stream.avail_out = static_cast<std::uint32_t>(out.size());
  return isal_inflate_stateless(&stream) == ISAL_DECOMP_OK &&
         stream.block_state == ISAL_BLOCK_FINISH && stream.total_out == out.size();
}

}  // namespace cogmill::kernels
