// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/warp_image.hpp"

#include "kernels/convert_pixel.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

namespace cogmill::testing {

using namespace cogmill::kernels;

const std::vector<DataType> kRealTypes = {
    DataType::kUInt8, DataType::kInt8,   DataType::kUInt16, DataType::kInt16,   DataType::kUInt32,
    DataType::kInt32, DataType::kUInt64, DataType::kInt64,  DataType::kFloat32, DataType::kFloat64};
const std::vector<WarpResampling> kAllKernels = {
    WarpResampling::kNearest,     WarpResampling::kBilinear, WarpResampling::kCubic,
    WarpResampling::kCubicSpline, WarpResampling::kLanczos,  WarpResampling::kAverage,
    WarpResampling::kRms,         WarpResampling::kMode,     WarpResampling::kMin,
    WarpResampling::kMax,         WarpResampling::kMed,      WarpResampling::kQ1,
    WarpResampling::kQ3,          WarpResampling::kSum};

Plane WarpImage::mask() {
  return {reinterpret_cast<std::byte*>(valid.data()), DataType::kUInt8, width, height, width};
}
ConstPlane WarpImage::mask() const {
  if (valid.empty()) return {};
  return {reinterpret_cast<const std::byte*>(valid.data()), DataType::kUInt8, width, height, width};
}

double WarpImage::value(std::int64_t col, std::int64_t row) const {
  return visit_real_type(
      type, [&]<class T>(T) { return static_cast<double>(plane().as<T>().row(row)[col]); });
}
void WarpImage::set(std::int64_t col, std::int64_t row, double value) {
  visit_real_type(type, [&]<class T>(T) { plane().as<T>().row(row)[col] = static_cast<T>(value); });
}

WarpImage WarpImage::crop(std::int64_t col, std::int64_t row, std::int64_t w,
                          std::int64_t h) const {
  WarpImage out(type, w, h);
  const auto size = static_cast<std::size_t>(size_bytes(type));
  if (!valid.empty()) out.valid.resize(static_cast<std::size_t>(w * h));
  if (!density.empty()) out.density.resize(static_cast<std::size_t>(w * h));
  for (std::int64_t r = 0; r < h; ++r)
    for (std::int64_t c = 0; c < w; ++c) {
      const std::int64_t turned = ((col + c) % width + width) % width;
      const auto from = static_cast<std::size_t>((row + r) * width + turned);
      const auto to = static_cast<std::size_t>(r * w + c);
      std::memcpy(&out.pixels[to * size], &pixels[from * size], size);
      if (!valid.empty()) out.valid[to] = valid[from];
      if (!density.empty()) out.density[to] = density[from];
    }
  return out;
}

namespace {

CoordinateMap empty_map(CoordinateMap::Anchor anchor, std::int64_t width, std::int64_t height) {
  CoordinateMap map;
  map.anchor = anchor;
  map.across = (width + CoordinateMap::kCell - 1) / CoordinateMap::kCell;
  map.down = (height + CoordinateMap::kCell - 1) / CoordinateMap::kCell;
  return map;
}

}  // namespace

CoordinateMap patch_map(const Position& at, CoordinateMap::Anchor anchor, std::int64_t width,
                        std::int64_t height) {
  CoordinateMap map = empty_map(anchor, width, height);
  constexpr double kSide = CoordinateMap::kCell;
  for (std::int64_t r = 0; r < map.down; ++r)
    for (std::int64_t c = 0; c < map.across; ++c) {
      const double x = static_cast<double>(c) * kSide, y = static_cast<double>(r) * kSide;
      map.cells.push_back(
          {MapCell::Kind::kPatch,
           0,
           {at(x, y), at(x + kSide, y), at(x, y + kSide), at(x + kSide, y + kSide)}});
    }
  return map;
}

CoordinateMap exact_map(const Position& at, CoordinateMap::Anchor anchor, std::int64_t width,
                        std::int64_t height) {
  CoordinateMap map = empty_map(anchor, width, height);
  const bool corners = anchor == CoordinateMap::Anchor::kCorners;
  const std::int64_t n = CoordinateMap::kCell + (corners ? 1 : 0);
  for (std::int64_t cell = 0; cell < map.across * map.down; ++cell) {
    map.cells.push_back({MapCell::Kind::kExact, static_cast<std::int64_t>(map.points.size()), {}});
    const std::int64_t col = cell % map.across * CoordinateMap::kCell,
                       row = cell / map.across * CoordinateMap::kCell;
    for (std::int64_t i = 0; i < n * n; ++i)
      map.points.push_back(at(static_cast<double>(col + i % n) + (corners ? 0 : 0.5),
                              static_cast<double>(row + i / n) + (corners ? 0 : 0.5)));
  }
  return map;
}

CoordinateMap::Anchor anchor_of(const WarpKernel& kernel) {
  return takes_boxes(kernel.resampling) ? CoordinateMap::Anchor::kCorners
                                        : CoordinateMap::Anchor::kCentres;
}

namespace {

WarpImage fill(DataType type, std::int64_t width, std::int64_t height, bool holes, bool small) {
  WarpImage image(type, width, height);
  std::mt19937_64 random(static_cast<std::uint64_t>(width * 1000 + height));
  visit_real_type(type, [&]<class T>(T) {
    auto* const pixel = reinterpret_cast<T*>(image.pixels.data());
    for (std::int64_t i = 0; i < width * height; ++i) {
      const std::uint64_t bits = random();
      if (small)
        pixel[i] = static_cast<T>(bits % 100);
      else if constexpr (std::is_floating_point_v<T>)
        pixel[i] = static_cast<T>(std::ldexp(static_cast<double>(bits >> 11U), -53) * 2000 - 1000);
      else
        pixel[i] = static_cast<T>(bits);
    }
  });
  if (holes) {
    image.valid.resize(static_cast<std::size_t>(width * height));
    for (auto& v : image.valid) v = random() % 7 == 0 ? 0 : 255;
    for (std::int64_t i = 0; i < width * height && is_floating(type); ++i)
      if (!image.is_valid(i % width, i / width)) image.set(i % width, i / width, NAN);
  }
  return image;
}

WarpImage run(const WarpKernel& kernel, const WarpSourceGeometry& geometry, const WarpImage& block,
              const CoordinateMap& map, std::int64_t col, std::int64_t row, std::int64_t width,
              std::int64_t height) {
  WarpImage out(block.type, width, height);
  std::fill(out.pixels.begin(), out.pixels.end(), std::byte{0x11});
  out.valid.assign(static_cast<std::size_t>(width * height), 1);
  WarpBand band;
  band.source = block.plane();
  band.source_valid = block.mask();
  band.target = out.plane();
  band.target_valid = out.mask();
  if (!block.density.empty())
    band.source_density = {block.density.data(), block.width, block.height, block.width};
  warp_block(kernel, geometry, map, col, row, {&band, 1});
  return out;
}

}  // namespace

WarpImage random_image(DataType type, std::int64_t width, std::int64_t height, bool holes) {
  return fill(type, width, height, holes, false);
}
WarpImage small_values(DataType type, std::int64_t width, std::int64_t height, bool holes) {
  return fill(type, width, height, holes, true);
}

WarpImage warp_whole(const WarpKernel& kernel, const WarpImage& image, const CoordinateMap& map,
                     std::int64_t width, std::int64_t height, bool periodic) {
  if (periodic) return warp_window(kernel, image, map, 0, 0, width, height, true);
  return run(kernel, {image.width, image.height, 0, 0, false}, image, map, 0, 0, width, height);
}

WarpImage warp_window(const WarpKernel& kernel, const WarpImage& image, const CoordinateMap& map,
                      std::int64_t col, std::int64_t row, std::int64_t width, std::int64_t height,
                      bool periodic) {
  const SourceExtent extent = source_extent(map, col, row, width, height);
  WarpSourceGeometry geometry = {image.width, image.height, 0, 0, periodic};
  std::int64_t right = 0, below = 0;
  if (!extent.empty()) {
    const WarpMargin margin = margin_of(kernel);
    const auto bound = [](double v, std::int64_t most) {
      return static_cast<std::int64_t>(std::clamp(v, 0.0, static_cast<double>(most)));
    };
    const auto mx = static_cast<double>(margin.x), my = static_cast<double>(margin.y);
    geometry.row = bound(std::floor(extent.y_min) - my, image.height);
    below = bound(std::ceil(extent.y_max) + my, image.height);
    if (periodic) {
      geometry.col = static_cast<std::int64_t>(std::floor(extent.x_min) - mx);
      right = static_cast<std::int64_t>(std::ceil(extent.x_max) + mx);
    } else {
      geometry.col = bound(std::floor(extent.x_min) - mx, image.width);
      right = bound(std::ceil(extent.x_max) + mx, image.width);
    }
  }
  const WarpImage block =
      image.crop(geometry.col, geometry.row, right - geometry.col, below - geometry.row);
  return run(kernel, geometry, block, map, col, row, width, height);
}

}  // namespace cogmill::testing
