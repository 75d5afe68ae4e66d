// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/device_map.hpp"

#include <span>

namespace cogmill::kernels::cuda {

void DeviceMap::upload(const CoordinateMap& map, Stream stream) {
  const auto cells = std::as_bytes(std::span(map.cells));
  const auto points = std::as_bytes(std::span(map.points));
  const auto bytes = static_cast<std::int64_t>(points.size() + cells.size());
  view_ = {};
  // Maps of chunks differ a little: room to spare, because growing waits for the device.
  if (bytes > memory_.size()) memory_.reserve(bytes + bytes / 4);
  std::byte* const behind_points = memory_.data() + points.size();
  cuda::upload(points, memory_.data(), stream);
  cuda::upload(cells, behind_points, stream);
  MapView view = view_of(map);
  view.points = reinterpret_cast<const PixelPoint*>(memory_.data());
  view.cells = reinterpret_cast<const MapCell*>(behind_points);
  view_ = view;
}

}  // namespace cogmill::kernels::cuda
