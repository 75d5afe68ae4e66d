// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/cuda/device_engine.hpp"

#include "kernels/cuda/complex_parts.hpp"
#include "kernels/cuda/convert_plane.hpp"
#include "kernels/cuda/masks.hpp"
#include "kernels/cuda/warp.hpp"
#include "kernels/warp/complex_bands.hpp"
#include "src/gpu/upload.hpp"

#include <vector>

namespace cogmill::pipeline {
namespace {

namespace device = kernels::cuda;
using kernels::bytes_of;
using kernels::ConstPlane;
using kernels::DataType;
using kernels::Plane;
using partition::Window;
using warp::Room;

/// @return whether planes lie to each other as others do, without gaps in their rows: one copy will
/// do
bool lie_alike(std::span<const Plane> planes, std::span<const Plane> others) {
  for (std::size_t i = 0; i < planes.size(); ++i)
    if (planes[i].stride != planes[i].width ||
        planes[i].data - planes[0].data != others[i].data - others[0].data)
      return false;
  return true;
}

/// Parts of complex pixels in a lane's memory.
class DeviceParts final : public kernels::warp::ComplexParts {
 public:
  explicit DeviceParts(gpu::Lane& lane) : lane_(lane), stream_(lane.stream.get()) {}

  Plane add_plane(DataType type, std::int64_t width, std::int64_t height) override {
    auto& parts = lane_.warp.parts;
    gpu::Lane::resize(parts, ++used_, lane_.memory);
    gpu::DeviceBlock& block = parts[used_ - 1];
    block.reset({0, 0, width, height}, std::span(&type, 1));
    return block.plane(0);
  }
  void take_part(const ConstPlane& pixels, int part, const Plane& to) override {
    device::take_part(pixels, part, to, stream_);
  }
  void put_part(const ConstPlane& from, const ConstPlane& valid, int part,
                const Plane& pixels) override {
    device::put_part(from, valid, part, pixels, stream_);
  }

 private:
  gpu::Lane& lane_;
  gpu::Stream stream_;
  std::size_t used_ = 0;
};

}  // namespace

bool DeviceEngine::can_warp(const kernels::WarpKernel& kernel, std::span<const DataType> types) {
  if (kernel.resampling == kernels::WarpResampling::kNearest)
    return device::can_warp(kernel, types);
  std::vector<DataType> real;  // complex pixels come apart
  for (const DataType type : types)
    real.insert(real.end(), kernels::is_complex(type) ? 2 : 1, kernels::component_of(type));
  return device::can_warp(kernel, real);
}

std::span<const Plane> DeviceEngine::room(Room room, const Window& window,
                                          std::span<const DataType> types) {
  gpu::Lane::resize(lane_.warp.rooms, warp::kRooms, lane_.memory);
  gpu::DeviceBlock& block = lane_.warp.rooms[static_cast<std::size_t>(room)];
  block.reset(window, types);
  return block.all();
}

void DeviceEngine::upload(const Plane& from, const Plane& to) {
  if (to.stride == to.width) return gpu::upload(bytes_of(from), to.data, lane_);
  Plane dense = from;
  dense.data = lane_.staging.reserve(bytes_of(from).size());
  gpu::upload(bytes_of(from), dense.data, lane_);
  convert(dense, to);
}

io::DecodeReport DeviceEngine::decode(io::Source& source, const io::Fetched& fetched,
                                      std::span<const Plane> planes) {
  std::vector<DataType> types;
  for (const Plane& plane : planes) types.push_back(plane.type);
  const Window shape{0, 0, planes.front().width, planes.front().height};
  const auto decoded = host_.room(Room::kSource, shape, types);
  const io::DecodeReport report = source.decode(fetched, decoded);
  if (lie_alike(planes, decoded)) {
    const std::byte* const first = decoded.front().data;
    const auto last = bytes_of(decoded.back());
    gpu::upload({first, last.data() + last.size()}, planes.front().data, lane_);
  } else {
    for (std::size_t i = 0; i < planes.size(); ++i) upload(decoded[i], planes[i]);
  }
  return report;
}

Plane DeviceEngine::draw(Room room, const Window& window, const Draw& draw) {
  const Plane plane = PlaneEngine::room(room, window, DataType::kUInt8);
  upload(host_.draw(room, window, draw), plane);
  return plane;
}

void DeviceEngine::fill(const Plane& plane, const std::byte* pixel) {
  compute([&] { device::fill(plane, pixel, stream_); });
}

void DeviceEngine::fill_invalid(const Plane& plane, const ConstPlane& valid,
                                const std::byte* pixel) {
  compute([&] { device::fill_invalid(plane, valid, pixel, stream_); });
}

void DeviceEngine::convert(const ConstPlane& from, const Plane& to) {
  compute([&] { device::convert_plane(from, to, stream_); });
}

void DeviceEngine::invalidate_nodata(const ConstPlane& pixels, const kernels::Nodata& nodata,
                                     const Plane& valid) {
  compute([&] { device::invalidate_nodata(pixels, nodata, valid, stream_); });
}

void DeviceEngine::finish_nodata(const Plane& pixels, const ConstPlane& valid,
                                 const std::optional<kernels::Nodata>& nodata) {
  std::uint64_t* const moved = lane_.warp.moved_counter(stream_);
  compute([&] { device::finish_nodata(pixels, valid, nodata, moved, stream_); });
}

void DeviceEngine::unite_valid(const ConstPlane& one, const Plane& into) {
  compute([&] { device::unite_valid(one, into, stream_); });
}

void DeviceEngine::hide_transparent(const ConstPlane& alpha, const Plane& valid) {
  compute([&] { device::hide_transparent(alpha, valid, stream_); });
}

void DeviceEngine::to_density(const ConstPlane& alpha, const Plane& density) {
  compute([&] { device::to_density(alpha, density, stream_); });
}

void DeviceEngine::convert_alpha(const ConstPlane& from, const Plane& to, double factor) {
  compute([&] { device::convert_alpha(from, to, factor, stream_); });
}

void DeviceEngine::limit_to_alpha(const ConstPlane& alpha, const Plane& colour) {
  compute([&] { device::limit_to_alpha(alpha, colour, stream_); });
}

void DeviceEngine::validity_to_alpha(const ConstPlane& valid, const Plane& alpha) {
  compute([&] { device::validity_to_alpha(valid, alpha, stream_); });
}

void DeviceEngine::merge_layer(kernels::MergeMethod method, const ConstPlane& layer,
                               const ConstPlane& layer_valid, const Plane& into,
                               const Plane& valid) {
  compute([&] { device::merge_layer(method, layer, layer_valid, into, valid, stream_); });
}

void DeviceEngine::add_up(const ConstPlane& layer, const ConstPlane& layer_valid, const Plane& sum,
                          const Plane& count) {
  compute([&] { device::add_up(layer, layer_valid, sum, count, stream_); });
}

void DeviceEngine::divide_sums(const ConstPlane& sum, const ConstPlane& count, const Plane& into,
                               const Plane& valid) {
  compute([&] { device::divide_sums(sum, count, into, valid, stream_); });
}

kernels::PixelBounds DeviceEngine::find_gaps(std::span<const Plane> valid) {
  return lane_.warp.gaps.find(valid, stream_);
}

void DeviceEngine::use_map(const kernels::CoordinateMap& map) {
  lane_.warp.map.upload(map, stream_);
}

void DeviceEngine::warp(const kernels::WarpKernel& kernel,
                        const kernels::WarpSourceGeometry& geometry, std::int64_t col,
                        std::int64_t row, std::span<const kernels::WarpBand> bands) {
  compute([&] {
    if (!kernels::warp::needs_split(kernel.resampling, bands))
      return device::warp_block(kernel, geometry, lane_.warp.map, col, row, bands, stream_);
    DeviceParts parts(lane_);
    const kernels::warp::SplitBands split(bands, parts);
    device::warp_block(kernel, geometry, lane_.warp.map, col, row, split.bands(), stream_);
    split.join();
  });
}

}  // namespace cogmill::pipeline
