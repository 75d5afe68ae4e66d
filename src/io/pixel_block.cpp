// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/pixel_block.hpp"

namespace cogmill::io {
namespace {

constexpr std::size_t kAlignment = 64;  // a plane begins on its own cache line

}  // namespace

void PixelBlock::reset(const partition::Window& window, std::span<const kernels::DataType> types) {
  window_ = window;
  std::vector<std::size_t> begins;
  std::size_t bytes = 0;
  for (const kernels::DataType type : types) {
    begins.push_back(bytes);
    const auto plane = static_cast<std::size_t>(window.pixels() * kernels::size_bytes(type));
    bytes += (plane + kAlignment - 1) / kAlignment * kAlignment;
  }
  bytes += kAlignment;
  if (bytes > capacity_) {
    memory_.reset();  // give back before taking more
    memory_ = std::make_unique_for_overwrite<std::byte[]>(bytes);
    capacity_ = bytes;
  }
  void* begin = memory_.get();
  std::size_t room = capacity_;
  auto* base = static_cast<std::byte*>(std::align(kAlignment, 1, begin, room));
  planes_.clear();
  for (std::size_t i = 0; i < types.size(); ++i)
    planes_.push_back({base + begins[i], types[i], window.width, window.height, window.width});
}

}  // namespace cogmill::io
