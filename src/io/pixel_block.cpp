// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/pixel_block.hpp"

#include "kernels/plane_layout.hpp"

namespace cogmill::io {

void PixelBlock::reset(const partition::Window& window, std::span<const kernels::DataType> types) {
  constexpr std::size_t kAlignment = kernels::PlaneLayout::kAlignment;
  window_ = window;
  const kernels::PlaneLayout layout(window.width, window.height, types);
  const std::size_t bytes = layout.bytes() + kAlignment;
  if (bytes > capacity_) {
    memory_.reset();  // give back before taking more
    memory_ = std::make_unique_for_overwrite<std::byte[]>(bytes);
    capacity_ = bytes;
  }
  void* begin = memory_.get();
  std::size_t room = capacity_;
  auto* first = static_cast<std::byte*>(std::align(kAlignment, 1, begin, room));
  planes_ = layout.planes(first);
  bytes_ = {first, layout.bytes()};
}

}  // namespace cogmill::io
