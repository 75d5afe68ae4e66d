// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane.hpp"
#include "partition/window.hpp"

#include <span>

namespace cogmill::pipeline {

/// A mask or an alpha band as kernels take it: the plane itself if it is of Byte, else converted
/// into `room`.   @param room io::PixelBlock or gpu::DeviceBlock   @param convert as
/// kernels::convert_plane
template <class Block, class Convert>
kernels::ConstPlane as_byte(const kernels::Plane& plane, const partition::Window& window,
                            Block& room, const Convert& convert) {
  const kernels::DataType byte = kernels::DataType::kUInt8;
  if (plane.type == byte) return plane;
  room.reset(window, std::span(&byte, 1));
  convert(plane, room.plane(0));
  return room.plane(0);
}

}  // namespace cogmill::pipeline
