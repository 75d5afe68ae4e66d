// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/scene_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace cogmill::tests {
namespace {

constexpr std::int64_t kLattice = 8;  ///< terrain is exact every 8 px, linear between [px]

/// splitmix64's finaliser: a hash good enough that neighbours look independent.
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

std::uint64_t hash(std::uint64_t seed, std::int64_t x, std::int64_t y) {
  return mix(seed + static_cast<std::uint64_t>(x) * 0x9e3779b97f4a7c15ULL +
             static_cast<std::uint64_t>(y) * 0xc2b2ae3d27d4eb4fULL);
}

/// @return a number in 0 .. 1 from 16 bits of a hash
float unit(std::uint64_t bits, int shift) {
  return static_cast<float>((bits >> shift) & 0xffffU) * (1.0F / 65535.0F);
}

float blend(float a, float b, float t) { return a + t * (b - a); }

/// Smooth noise with one random number per lattice point of side `cell` [px]. @return 0 .. 1
float value_noise(std::uint64_t seed, double col, double row, double cell) {
  const double x = std::floor(col / cell), y = std::floor(row / cell);
  const auto fx = static_cast<float>(col / cell - x), fy = static_cast<float>(row / cell - y);
  const float sx = fx * fx * (3 - 2 * fx), sy = fy * fy * (3 - 2 * fy);
  const auto ix = static_cast<std::int64_t>(x), iy = static_cast<std::int64_t>(y);
  const float top = blend(unit(hash(seed, ix, iy), 0), unit(hash(seed, ix + 1, iy), 0), sx);
  const float bottom =
      blend(unit(hash(seed, ix, iy + 1), 0), unit(hash(seed, ix + 1, iy + 1), 0), sx);
  return blend(top, bottom, sy);
}

/// Slow fields of the landscape at one point: relief (light and shade), greenness, water.
struct Ground {
  float shade, green, wet;
};

Ground ground_at(std::uint64_t seed, std::int64_t col, std::int64_t row) {
  const auto x = static_cast<double>(col), y = static_cast<double>(row);
  float relief = 0, weight = 0.5F;
  double cell = 700;
  for (std::uint64_t octave = 0; octave < 6; ++octave, cell *= 0.45, weight *= 0.6F)
    relief += weight * (value_noise(seed + octave, x, y, cell) - 0.5F);
  const float green = value_noise(seed + 11, x, y, 420);
  // Shores turned against the grid and ragged at three scales.
  const double u = 0.8 * x + 0.6 * y, v = 0.8 * y - 0.6 * x;
  const float wet = value_noise(seed + 12, u, v, 1100) + 0.3F * value_noise(seed + 13, v, u, 260) +
                    0.12F * value_noise(seed + 14, x, y, 70) +
                    0.06F * value_noise(seed + 15, u, v, 24);
  return {1 + 0.5F * relief, green, std::clamp((wet - 1.0F) * 25, 0.0F, 1.0F)};
}

Ground between(const Ground& a, const Ground& b, float t) {
  return {blend(a.shade, b.shade, t), blend(a.green, b.green, t), blend(a.wet, b.wet, t)};
}

/// Rows of `ground_at` on the lattice, interpolated along one pixel row.
class GroundRow {
 public:
  GroundRow(std::uint64_t seed, std::int64_t col, std::int64_t width)
      : seed_(seed),
        first_(col / kLattice),
        top_(static_cast<std::size_t>((col + width) / kLattice - first_ + 2)),
        bottom_(top_.size()),
        row_(top_.size()) {}

  void go_to(std::int64_t row) {
    if (row / kLattice != lattice_row_) load(row / kLattice);
    const float t = static_cast<float>(row % kLattice) / kLattice;
    for (std::size_t i = 0; i < row_.size(); ++i) row_[i] = between(top_[i], bottom_[i], t);
  }

  Ground at(std::int64_t col) const {
    const auto i = static_cast<std::size_t>(col / kLattice - first_);
    return between(row_[i], row_[i + 1], static_cast<float>(col % kLattice) / kLattice);
  }

 private:
  void load(std::int64_t lattice_row) {
    lattice_row_ = lattice_row;
    for (std::size_t i = 0; i < top_.size(); ++i) {
      const std::int64_t col = (first_ + static_cast<std::int64_t>(i)) * kLattice;
      top_[i] = ground_at(seed_, col, lattice_row * kLattice);
      bottom_[i] = ground_at(seed_, col, (lattice_row + 1) * kLattice);
    }
  }

  std::uint64_t seed_;
  std::int64_t first_, lattice_row_ = -1;
  std::vector<Ground> top_, bottom_, row_;
};

/// A field's crop, 0 .. 1. Fields are rectangles of uneven length on a slanted grid; neighbouring
/// pixels mostly share one, so the last answer is kept.
class Crops {
 public:
  explicit Crops(std::uint64_t seed) : seed_(seed) {}

  float at(std::int64_t col, std::int64_t row) {
    const std::int64_t x = col * 15 + row * 4;  // turned by 15 degrees, in 1/15.5 px
    const std::int64_t strip = (row * 15 - col * 4 + (1LL << 40)) / 720;  // 46 px wide
    if (strip != strip_) go_to_strip(strip);
    if (x < begin_ || x >= end_) go_to_field(x);
    return crop_;
  }

 private:
  void go_to_strip(std::int64_t strip) {
    const std::uint64_t random = hash(seed_ + 21, strip, 0);
    strip_ = strip;
    shift_ = static_cast<std::int64_t>(random & 0x3ff);
    length_ = 500 + static_cast<std::int64_t>((random >> 10) & 0x3ff);
    begin_ = end_ = 0;
  }
  void go_to_field(std::int64_t x) {
    const std::int64_t field = (x + shift_) / length_;
    begin_ = field * length_ - shift_;
    end_ = begin_ + length_;
    crop_ = unit(hash(seed_ + 23, field, strip_), 0);
  }

  std::uint64_t seed_;
  std::int64_t strip_ = -1, shift_ = 0, length_ = 1, begin_ = 0, end_ = 0;
  float crop_ = 0;
};

/// One band's answer to the landscape: digital numbers of bare soil, vegetation and water.
struct Spectrum {
  float soil, plant, water;
};
constexpr std::array<Spectrum, 4> kSpectra = {
    {{10500, 8400, 8000}, {11500, 8900, 7600}, {13500, 8000, 6800}, {16500, 22500, 6000}}};

Spectrum spectrum_of(int band) {
  const Spectrum& base = kSpectra[static_cast<std::size_t>(band) % kSpectra.size()];
  const float factor =
      1 + 0.07F * static_cast<float>(band / 4);  // further bands: a little brighter
  return {base.soil * factor, base.plant * factor, base.water * factor};
}

/// Bell-shaped, mean 0, sigma 1: two of a hash's four 16-bit numbers added.
float noise(std::uint64_t bits, int half) {
  return (unit(bits, 32 * half) + unit(bits, 32 * half + 16) - 1) * 2.4494897F;
}

/// First and past-last column of the swath in a row; the slant leaves two triangles outside.
std::pair<std::int64_t, std::int64_t> swath(const SceneModel& m, std::int64_t row) {
  const double depth = m.border_fraction * static_cast<double>(m.width);
  const double down = (static_cast<double>(row) + 0.5) / static_cast<double>(m.height);
  return {static_cast<std::int64_t>(depth * (1 - down)),
          m.width - static_cast<std::int64_t>(depth * down)};
}

}  // namespace

void render(const SceneModel& model, std::int64_t col, std::int64_t row, std::int64_t width,
            std::int64_t height, std::span<float> out) {
  const auto bands = static_cast<std::size_t>(model.bands);
  std::vector<Spectrum> spectra;
  for (int b = 0; b < model.bands; ++b) spectra.push_back(spectrum_of(b));
  const std::uint64_t seed = mix(model.seed + 0x51ed270b);
  GroundRow ground(seed, col, width);
  Crops crops(seed);
  float* pixel = out.data();
  for (std::int64_t r = row; r < row + height; ++r) {
    ground.go_to(r);
    const auto [swath_begin, swath_end] = swath(model, r);
    for (std::int64_t c = col; c < col + width; ++c, pixel += bands) {
      if (c < swath_begin || c >= swath_end) {
        std::fill_n(pixel, bands, std::numeric_limits<float>::quiet_NaN());
        continue;
      }
      const Ground g = ground.at(c);
      const float cover = std::clamp(0.25F + 0.9F * g.green * crops.at(c, r), 0.0F, 1.0F);
      const float texture = 0.6F * (1 - g.wet) * noise(hash(seed + 31, c, r), 0);  // in all bands
      std::uint64_t random = 0;
      for (std::size_t b = 0; b < bands; ++b) {
        const Spectrum& s = spectra[b];
        if (b % 2 == 0) random = hash(seed + 41 + b, c, r);
        const float land = blend(s.soil, s.plant, cover) * g.shade;
        pixel[b] = blend(land, s.water, g.wet) +
                   model.noise * (texture + 0.8F * noise(random, static_cast<int>(b % 2)));
      }
    }
  }
}

}  // namespace cogmill::tests
