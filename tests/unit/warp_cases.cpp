// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/warp_cases.hpp"

#include "kernels/warp/source_axis.hpp"
#include "tests/unit/warp_image.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <random>
#include <sstream>

namespace cogmill::testing {

using namespace cogmill::kernels;
using R = WarpResampling;

namespace {

using Random = std::mt19937_64;

std::int64_t between(Random& random, std::int64_t least, std::int64_t most) {
  return least + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most - least + 1));
}
double uniform(Random& random, double least, double most) {
  return least + (most - least) * std::ldexp(static_cast<double>(random() >> 11U), -53);
}
bool one_in(Random& random, unsigned n) { return random() % n == 0; }

CasePlane plane_of(Random& random, DataType type, std::int64_t width, std::int64_t height) {
  CasePlane plane = {{}, type, width, height, width + between(random, 0, 9)};
  plane.bytes.resize(static_cast<std::size_t>(plane.stride * height * size_bytes(type)));
  return plane;
}

template <class T>
T random_pixel(Random& random, int kind) {
  if constexpr (std::is_floating_point_v<T>) {
    if (kind == 2 && one_in(random, 40)) return static_cast<T>(NAN);
    if (kind == 2 && one_in(random, 40)) return static_cast<T>(INFINITY);
    return static_cast<T>(kind == 0 ? uniform(random, -1000, 1000)
                                    : static_cast<double>(between(random, 0, 5)));
  } else {
    return static_cast<T>(kind == 0 ? random() : random() % 6);
  }
}

/// Kind 0: all of a type's values; 1: few values, as classes; 2: those, and NaN and infinities.
void fill_pixels(Random& random, CasePlane& plane, int kind) {
  if (is_complex(plane.type)) {
    for (auto& b : plane.bytes) b = static_cast<std::byte>(random() & 0x3F);
    return;
  }
  visit_real_type(plane.type, [&]<class T>(T) {
    auto* const pixel = reinterpret_cast<T*>(plane.bytes.data());
    for (std::size_t i = 0; i < plane.bytes.size() / sizeof(T); ++i)
      pixel[i] = random_pixel<T>(random, kind);
  });
}

/// Holes alone and in clumps.
void fill_mask(Random& random, CasePlane& plane) {
  const std::int64_t alone = between(random, 5, 60), clump = between(random, 9, 40);
  for (std::int64_t r = 0; r < plane.height; ++r)
    for (std::int64_t c = 0; c < plane.stride; ++c) {
      const bool hole = one_in(random, static_cast<unsigned>(alone)) ||
                        ((c / clump) % 3 == 1 && (r / clump) % 2 == 1);
      plane.bytes[static_cast<std::size_t>(r * plane.stride + c)] = std::byte(hole ? 0 : 255);
    }
}

/// Weights, 0 where the mask is.
void fill_density(Random& random, CasePlane& plane, const CasePlane& valid) {
  auto* const weight = reinterpret_cast<float*>(plane.bytes.data());
  for (std::int64_t r = 0; r < plane.height; ++r)
    for (std::int64_t c = 0; c < plane.width; ++c) {
      const bool ok = valid.bytes[static_cast<std::size_t>(r * valid.stride + c)] != std::byte{0};
      const double w =
          one_in(random, 3) ? 1 : (one_in(random, 4) ? 1e-9 : uniform(random, 0.01, 1));
      weight[r * plane.stride + c] = ok ? static_cast<float>(w) : 0.0F;
    }
}

struct Bent {
  Affine affine;
  double bow = 0;

  PixelPoint operator()(double col, double row) const {
    PixelPoint p = affine(col, row);
    p.x += bow * std::sin(row / 25);
    p.y += bow * std::cos(col / 35);
    return p;
  }
};

/// Patches of all sizes, exact cells, and cells without a source, about the given window.
CoordinateMap random_map(Random& random, const Position& at, CoordinateMap::Anchor anchor,
                         const WarpCase& c, std::int64_t width, std::int64_t height) {
  constexpr std::int64_t kCell = CoordinateMap::kCell;
  CoordinateMap map;
  map.anchor = anchor;
  map.cell_col = c.col / kCell;
  map.cell_row = c.row / kCell;
  map.across = (c.col + width - 1) / kCell - map.cell_col + 1;
  map.down = (c.row + height - 1) / kCell - map.cell_row + 1;
  map.cells.resize(static_cast<std::size_t>(map.across * map.down));
  const bool plain = one_in(random, 3);
  const std::function<void(std::size_t, std::int64_t, std::int64_t, std::int64_t)> set =
      [&](std::size_t cell, std::int64_t col, std::int64_t row, std::int64_t side) {
        const auto x = static_cast<double>(col), y = static_cast<double>(row),
                   s = static_cast<double>(side);
        const auto kind = plain ? 9 : random() % 10;
        if (kind < 2 && side > 8) {
          const std::size_t first = map.cells.size();
          map.cells[cell] = {MapCell::Kind::kSplit, static_cast<std::int64_t>(first), {}};
          map.cells.resize(first + 4);
          for (std::size_t k = 0; k < 4; ++k)
            set(first + k, col + static_cast<std::int64_t>(k % 2) * side / 2,
                row + static_cast<std::int64_t>(k / 2) * side / 2, side / 2);
        } else if (kind == 2) {
          map.cells[cell] = {
              MapCell::Kind::kExact, static_cast<std::int64_t>(map.points.size()), {}};
          const bool corners = anchor == CoordinateMap::Anchor::kCorners;
          const std::int64_t n = side + (corners ? 1 : 0);
          for (std::int64_t i = 0; i < n * n; ++i)
            map.points.push_back(at(x + static_cast<double>(i % n) + (corners ? 0 : 0.5),
                                    y + static_cast<double>(i / n) + (corners ? 0 : 0.5)));
        } else if (kind != 3 || side == kCell) {
          map.cells[cell] = {
              MapCell::Kind::kPatch, 0, {at(x, y), at(x + s, y), at(x, y + s), at(x + s, y + s)}};
        }
      };
  for (std::int64_t i = 0; i < map.across * map.down; ++i)
    set(static_cast<std::size_t>(i), (map.cell_col + i % map.across) * kCell,
        (map.cell_row + i / map.across) * kCell, kCell);
  return map;
}

/// The window of the source that warp_block asks for, somewhat larger; a periodic one unrolled.
void cut_source(Random& random, WarpCase& c, std::int64_t width, std::int64_t height,
                std::int64_t& held_width, std::int64_t& held_height) {
  const SourceExtent extent = source_extent(c.map, c.col, c.row, width, height);
  held_width = held_height = 0;
  if (extent.empty()) return;
  const WarpMargin margin = margin_of(c.kernel);
  const auto within = [](double v, std::int64_t most) {
    return static_cast<std::int64_t>(std::clamp(v, 0.0, static_cast<double>(most)));
  };
  const auto mx = static_cast<double>(margin.x + between(random, 0, 7)),
             my = static_cast<double>(margin.y + between(random, 0, 7));
  c.geometry.row = within(std::floor(extent.y_min) - my, c.geometry.height);
  held_height = within(std::ceil(extent.y_max) + my, c.geometry.height) - c.geometry.row;
  const auto wide = static_cast<double>(c.geometry.width);
  const warp::SourceAxis axis = {
      wide, 0, 0, wide, c.geometry.periodic, c.geometry.turn > 0 ? c.geometry.turn : wide};
  const double left = std::floor(std::min(extent.x_min, without_gap(axis, extent.x_min))) - mx;
  const double right = std::ceil(std::max(extent.x_max, without_gap(axis, extent.x_max))) + mx;
  if (c.geometry.periodic) {
    c.geometry.col = static_cast<std::int64_t>(left);
    held_width = static_cast<std::int64_t>(right) - c.geometry.col;
  } else {
    c.geometry.col = within(left, c.geometry.width);
    held_width = within(right, c.geometry.width) - c.geometry.col;
  }
}

/// Periodic blocks repeat after a turn.
void repeat(CasePlane& plane, std::int64_t turn) {
  const auto size = static_cast<std::size_t>(size_bytes(plane.type));
  for (std::int64_t r = 0; r < plane.height && !plane.bytes.empty(); ++r)
    for (std::int64_t c = turn; c < plane.width; ++c) {
      std::byte* const row = plane.plane().row(r);
      std::memcpy(row + static_cast<std::size_t>(c) * size,
                  row + static_cast<std::size_t>(c - turn) * size, size);
    }
}

DataType random_type(Random& random, R resampling, bool complex) {
  const int most = complex && resampling == R::kNearest ? 13 : 9;
  return static_cast<DataType>(between(random, 0, most));
}

void add_source(Random& random, WarpCase& c, CaseBand& band, DataType type, std::int64_t width,
                std::int64_t height) {
  band.source = plane_of(random, type, width, height);
  fill_pixels(random, band.source, static_cast<int>(random() % 3));
  const auto kind = random() % 4;
  if (kind > 0) {
    band.valid = plane_of(random, DataType::kUInt8, width, height);
    fill_mask(random, band.valid);
    if (kind == 3) {
      band.density = plane_of(random, DataType::kFloat32, width, height);
      fill_density(random, band.density, band.valid);
    }
  }
  if (!c.geometry.periodic) return;
  for (CasePlane* plane : {&band.source, &band.valid, &band.density})
    repeat(*plane, c.geometry.width);
}

void add_target(Random& random, CaseBand& band, std::int64_t width, std::int64_t height) {
  DataType type = band.source.type;
  if (!is_complex(type) && one_in(random, 6))
    type = one_in(random, 2) ? DataType::kFloat64 : DataType::kFloat32;
  band.target = plane_of(random, type, width, height);
  std::fill(band.target.bytes.begin(), band.target.bytes.end(), std::byte{0x11});
  if (!one_in(random, 5)) {
    band.target_valid = plane_of(random, DataType::kUInt8, width, height);
    std::fill(band.target_valid.bytes.begin(), band.target_valid.bytes.end(), std::byte{1});
  }
}

/// Floats as numbers: processors have their own bits for the NaN that they compute.
template <class T>
std::string first_difference(const CasePlane& a, const CasePlane& b) {
  const auto* const x = reinterpret_cast<const T*>(a.bytes.data());
  const auto* const y = reinterpret_cast<const T*>(b.bytes.data());
  const auto size = static_cast<std::int64_t>(a.bytes.size() / sizeof(T));
  for (std::int64_t i = 0; i < size; ++i) {
    if (std::memcmp(x + i, y + i, sizeof(T)) == 0 || (x[i] != x[i] && y[i] != y[i])) continue;
    std::ostringstream out;
    out << " (" << name_of(a.type) << ") at column " << i % a.stride << ", row " << i / a.stride;
    out.precision(17);
    if constexpr (std::is_arithmetic_v<T>) out << ": " << +x[i] << ", not " << +y[i];
    return out.str();
  }
  return "";
}

std::string differs(const CasePlane& a, const CasePlane& b, const std::string& what) {
  if (a.bytes == b.bytes) return "";
  if (a.bytes.size() != b.bytes.size()) return what + " in size";
  const std::string text =
      is_complex(a.type)
          ? visit_pixel_size(size_bytes(a.type),
                             [&]<class T>(T) { return first_difference<T>(a, b); })
          : visit_real_type(a.type, [&]<class T>(T) { return first_difference<T>(a, b); });
  return text.empty() ? "" : what + text;
}

}  // namespace

Plane CasePlane::plane() {
  if (bytes.empty()) return {};
  return {bytes.data(), type, width, height, stride};
}

std::vector<WarpBand> WarpCase::warp_bands() {
  std::vector<WarpBand> out(bands.size());
  for (std::size_t i = 0; i < bands.size(); ++i) {
    CaseBand& band = bands[i];
    out[i].source = {band.source.bytes.data(), band.source.type, band.source.width,
                     band.source.height, band.source.stride};
    out[i].source_valid = band.valid.plane();
    const ConstPlane density = band.density.plane();
    out[i].source_density = density.as<float>();
    out[i].target = band.target.plane();
    out[i].target_valid = band.target_valid.plane();
  }
  return out;
}

WarpCase random_case(R resampling, unsigned seed, const CaseLimits& limits) {
  Random random(seed * 100 + static_cast<unsigned>(resampling));
  WarpCase c;
  const double scale = uniform(random, limits.least_scale, limits.most_scale);
  c.kernel = {resampling, scale, one_in(random, 2) ? scale : scale * uniform(random, 0.7, 1.4),
              static_cast<CentreRule>(random() % 3)};
  if (one_in(random, 4)) c.kernel.x_scale = c.kernel.y_scale = 1;
  const std::int64_t width = between(random, 1, limits.most_pixels),
                     height = between(random, 1, limits.most_pixels);
  c.col = between(random, 0, 300);
  c.row = between(random, 0, 300);
  const auto most = static_cast<std::int64_t>(300 * std::max(1.0, 0.4 / scale));
  c.geometry = {between(random, 1, most), between(random, 1, most), 0, 0, one_in(random, 4)};
  if (c.geometry.periodic && takes_boxes(resampling) && one_in(random, 2))
    c.geometry.turn = static_cast<double>(c.geometry.width) + uniform(random, 0.06, 3);
  const double x_step = 1 / c.kernel.x_scale, y_step = 1 / c.kernel.y_scale;
  Bent at;
  at.bow = one_in(random, 2) ? uniform(random, 0, 3) : 0;
  const double turn = one_in(random, 3) ? 0 : uniform(random, -0.2, 0.2);
  at.affine = {0, x_step, turn, 0, -turn, y_step};
  const PixelPoint first = at.affine(static_cast<double>(c.col), static_cast<double>(c.row));
  at.affine.a = uniform(random, -20, 5) - first.x;
  at.affine.d = uniform(random, -20, 5) - first.y;
  if (one_in(random, 4)) {  // centres on centres
    at.affine.a = std::floor(at.affine.a);
    at.affine.d = std::floor(at.affine.d);
  }
  c.map = random_map(random, at, anchor_of(c.kernel), c, width, height);
  std::int64_t held_width = 0, held_height = 0;
  cut_source(random, c, width, height, held_width, held_height);
  const auto count = static_cast<std::size_t>(between(random, 1, limits.most_bands));
  DataType type = random_type(random, resampling, limits.complex);
  for (std::size_t b = 0; b < count; ++b) {
    if (one_in(random, 4)) type = random_type(random, resampling, limits.complex);
    add_source(random, c, c.bands.emplace_back(), type, held_width, held_height);
    add_target(random, c.bands.back(), width, height);
  }
  std::ostringstream name;
  name << name_of(resampling) << " seed " << seed << ": " << width << " x " << height << " from "
       << held_width << " x " << held_height << (c.geometry.periodic ? " periodic" : "")
       << (c.geometry.turn > 0 ? " with a gap" : "") << ", scale " << c.kernel.x_scale << ' '
       << c.kernel.y_scale << ", rule " << static_cast<int>(c.kernel.centre) << ", bands " << count;
  c.name = name.str();
  return c;
}

std::string difference(const WarpCase& a, const WarpCase& b) {
  for (std::size_t i = 0; i < a.bands.size(); ++i) {
    const std::string band = "band " + std::to_string(i);
    for (const std::string& text :
         {differs(a.bands[i].target, b.bands[i].target, band),
          differs(a.bands[i].target_valid, b.bands[i].target_valid, band + "'s validity")})
      if (!text.empty()) return text;
  }
  return "";
}

}  // namespace cogmill::testing
