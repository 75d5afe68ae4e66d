// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/device_map.hpp"

#include "kernels/cuda/check.hpp"

#include <cuda_runtime_api.h>

#include <utility>

namespace cogmill::kernels::cuda {
namespace {

/// @return `from` at an address of the device
template <class T>
const T* copy(const std::vector<T>& from, void* to, Stream stream) {
  if (!from.empty())
    check(cudaMemcpyAsync(to, from.data(), from.size() * sizeof(T), cudaMemcpyHostToDevice, stream),
          "copy a coordinate map to the GPU");
  return static_cast<const T*>(to);
}

}  // namespace

DeviceMap::~DeviceMap() { cudaFree(memory_); }

DeviceMap::DeviceMap(DeviceMap&& other) noexcept
    : view_(std::exchange(other.view_, {})),
      memory_(std::exchange(other.memory_, nullptr)),
      bytes_(std::exchange(other.bytes_, 0)) {}

DeviceMap& DeviceMap::operator=(DeviceMap&& other) noexcept {
  std::swap(view_, other.view_);
  std::swap(memory_, other.memory_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

void DeviceMap::grow(std::size_t bytes) {
  if (bytes <= bytes_) return;
  cudaFree(memory_);  // waits for those who read it
  memory_ = nullptr;
  bytes_ = 0;
  check(cudaMalloc(&memory_, bytes + bytes / 4), "allocate a coordinate map on the GPU");
  bytes_ = bytes + bytes / 4;
}

void DeviceMap::upload(const CoordinateMap& map, Stream stream) {
  const std::size_t points = map.points.size() * sizeof(PixelPoint);
  view_ = {};
  grow(points + map.cells.size() * sizeof(MapCell));
  MapView view = view_of(map);
  view.points = copy(map.points, memory_, stream);
  view.cells = copy(map.cells, static_cast<std::byte*>(memory_) + points, stream);
  view_ = view;
}

}  // namespace cogmill::kernels::cuda
