// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/stream.hpp"
#include "src/gpu/lane.hpp"
#include "src/warp/host_engine.hpp"

namespace cogmill::pipeline {

/// A lane of a device: calls enqueue work on its stream. Only what the host decodes or draws, and
/// find_gaps, make the host wait.
class DeviceEngine final : public warp::PlaneEngine {
 public:
  /// @param host for what is decoded or drawn on its way to the device. Both outlive this.
  DeviceEngine(gpu::Lane& lane, warp::HostEngine& host)
      : lane_(lane), host_(host), stream_(lane.stream.get()) {}

  /// What warp() takes.
  static bool can_warp(const kernels::WarpKernel& kernel, std::span<const kernels::DataType> types);

  using PlaneEngine::room;
  std::span<const kernels::Plane> room(warp::Room room, const partition::Window& window,
                                       std::span<const kernels::DataType> types) override;
  io::DecodeReport decode(io::Source& source, const io::Fetched& fetched,
                          std::span<const kernels::Plane> planes) override;
  kernels::Plane draw(warp::Room room, const partition::Window& window, const Draw& draw) override;
  void fill(const kernels::Plane& plane, const std::byte* pixel) override;
  void fill_invalid(const kernels::Plane& plane, const kernels::ConstPlane& valid,
                    const std::byte* pixel) override;
  void convert(const kernels::ConstPlane& from, const kernels::Plane& to) override;
  void invalidate_nodata(const kernels::ConstPlane& pixels, const kernels::Nodata& nodata,
                         const kernels::Plane& valid) override;
  void finish_nodata(const kernels::Plane& pixels, const kernels::ConstPlane& valid,
                     const std::optional<kernels::Nodata>& nodata) override;
  void unite_valid(const kernels::ConstPlane& one, const kernels::Plane& into) override;
  void hide_transparent(const kernels::ConstPlane& alpha, const kernels::Plane& valid) override;
  void to_density(const kernels::ConstPlane& alpha, const kernels::Plane& density) override;
  void convert_alpha(const kernels::ConstPlane& from, const kernels::Plane& to,
                     double factor) override;
  void limit_to_alpha(const kernels::ConstPlane& alpha, const kernels::Plane& colour) override;
  void validity_to_alpha(const kernels::ConstPlane& valid, const kernels::Plane& alpha) override;
  void merge_layer(kernels::MergeMethod method, const kernels::ConstPlane& layer,
                   const kernels::ConstPlane& layer_valid, const kernels::Plane& into,
                   const kernels::Plane& valid) override;
  void add_up(const kernels::ConstPlane& layer, const kernels::ConstPlane& layer_valid,
              const kernels::Plane& sum, const kernels::Plane& count) override;
  void divide_sums(const kernels::ConstPlane& sum, const kernels::ConstPlane& count,
                   const kernels::Plane& into, const kernels::Plane& valid) override;
  kernels::PixelBounds find_gaps(std::span<const kernels::Plane> valid) override;
  void use_map(const kernels::CoordinateMap& map) override;
  void warp(const kernels::WarpKernel& kernel, const kernels::WarpSourceGeometry& geometry,
            std::int64_t col, std::int64_t row, std::span<const kernels::WarpBand> bands) override;
  /// The lane counts: gpu::WarpWork::take_moved().
  std::int64_t take_moved() override { return 0; }

 private:
  void upload(const kernels::Plane& from, const kernels::Plane& to);
  template <class F>
  void compute(const F& enqueue) {
    lane_.clock.time(gpu::Work::kCompute, stream_, enqueue);
  }

  gpu::Lane& lane_;
  warp::HostEngine& host_;
  gpu::Stream stream_;
};

}  // namespace cogmill::pipeline
