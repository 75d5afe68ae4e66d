// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/pixel_block.hpp"
#include "src/warp/plane_engine.hpp"

#include <array>
#include <atomic>

namespace cogmill::warp {

/// Host memory and this rank's cores: everything is done when a call returns. Work is spread over
/// oneTBB tasks, a few rows each. Its memory is kept for the next window.
class HostEngine final : public PlaneEngine {
 public:
  using PlaneEngine::room;
  std::span<const kernels::Plane> room(Room room, const partition::Window& window,
                                       std::span<const kernels::DataType> types) override;
  io::DecodeReport decode(io::Source& source, const io::Fetched& fetched,
                          std::span<const kernels::Plane> planes) override;
  kernels::Plane draw(Room room, const partition::Window& window, const Draw& draw) override;
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
  void use_map(const kernels::CoordinateMap& map) override { map_ = &map; }
  void warp(const kernels::WarpKernel& kernel, const kernels::WarpSourceGeometry& geometry,
            std::int64_t col, std::int64_t row, std::span<const kernels::WarpBand> bands) override;
  void split_colours(const kernels::ColourTables& tables, const kernels::ConstPlane& numbers,
                     const kernels::ConstPlane& valid,
                     const kernels::ColourPlanes& colours) override;
  void join_colours(const kernels::ColourTables& tables, const kernels::ColourPlanes& colours,
                    const kernels::Plane& numbers, const kernels::Plane& valid) override;
  std::int64_t take_moved() override { return moved_.exchange(0); }

 private:
  std::array<io::PixelBlock, kRooms> rooms_;
  const kernels::CoordinateMap* map_ = nullptr;
  std::atomic<std::int64_t> moved_ = 0;
};

}  // namespace cogmill::warp
