// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane.hpp"
#include "partition/window.hpp"

#include <span>

namespace cogmill::pipeline {

/// A mask or an alpha band as kernels take it: the plane itself if it is of Byte, else one in
/// `room` that is 0 where it hides pixels.   @param room io::PixelBlock or gpu::DeviceBlock
/// @param find_visible as kernels::find_visible
template <class Block, class FindVisible>
kernels::ConstPlane as_byte(const kernels::Plane& plane, const partition::Window& window,
                            Block& room, const FindVisible& find_visible) {
  const kernels::DataType byte = kernels::DataType::kUInt8;
  if (plane.type == byte) return plane;
  room.reset(window, std::span(&byte, 1));
  find_visible(plane, room.plane(0));
  return room.plane(0);
}

}  // namespace cogmill::pipeline
