// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/cutline.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace cogmill::crs {
namespace {

using partition::Window;

constexpr std::int64_t kWidth = 4500, kHeight = 300;  // more than a cell each way

constexpr std::uint8_t kMargin = 7;

/// Bytes of a window, and of a margin round it that burning must leave alone.
struct Burned {
  explicit Burned(const Window& w) : stride(w.width + 2) {
    bytes.assign(static_cast<std::size_t>(stride * (w.height + 2)), kMargin);
  }
  kernels::Plane plane(const Window& w) {
    return {reinterpret_cast<std::byte*>(bytes.data() + stride + 1), kernels::DataType::kUInt8,
            w.width, w.height, stride};
  }
  std::uint8_t at(std::int64_t col, std::int64_t row) const {
    return bytes[static_cast<std::size_t>((row + 1) * stride + col + 1)];
  }
  std::int64_t stride;
  std::vector<std::uint8_t> bytes;
};

Burned burn(const Cutline& cutline, const Window& window) {
  Burned burned(window);
  cutline.burn(window, burned.plane(window));
  return burned;
}

/// Slanted bands across the whole image: their edges pass the centres of pixels by no more than
/// coordinates are rounded.
Cutline slanted(const tests::TempDir& folder, const TargetGrid& grid) {
  const std::string path = folder.file("slanted.geojson");
  std::ofstream file(path);
  file.precision(17);
  file << R"({"type": "FeatureCollection", "features": [)";
  for (int i = 0; i < 40; ++i) {
    const auto& g = grid.geotransform;
    file << (i == 0 ? "" : ",") << R"({"type": "Feature", "properties": {}, "geometry":)"
         << R"({"type": "Polygon", "coordinates": [[)";
    const double left = i * 110 + 0.3, shift = kHeight - 0.6;
    const double corners[5][2] = {{left, 0.3},
                                  {left + 55, 0.3},
                                  {left + 55 + shift, kHeight - 0.3},
                                  {left + shift, kHeight - 0.3},
                                  {left, 0.3}};
    for (int k = 0; k < 5; ++k)
      file << (k == 0 ? "[" : ",[") << g[0] + corners[k][0] * g[1] << ","
           << g[3] + corners[k][1] * g[5] << "]";
    file << "]]}}";
  }
  file << "]}";
  file.close();
  Cutline cutline({path, "", "", false}, "");
  cutline.place_on(grid);
  return cutline;
}

std::vector<Window> some_windows() {
  std::mt19937 random(11);
  const auto below = [&random](std::int64_t n) { return static_cast<std::int64_t>(random()) % n; };
  std::vector<Window> windows = {
      {4090, 60, 9, 9}, {4095, 63, 1, 1}, {4096, 64, 1, 1}, {3, 0, 4400, 300}};
  for (int i = 0; i < 200; ++i) {
    const std::int64_t col = below(kWidth - 1), row = below(kHeight - 1);
    windows.push_back(
        {col, row, 1 + below(std::min<std::int64_t>(700, kWidth - col)), 1 + below(kHeight - row)});
  }
  return windows;
}

/// Pixels of a window that are not those of the whole image, and of its margin that were written.
std::int64_t differences(const Burned& part, const Window& w, const Burned& whole) {
  std::int64_t count = 0;
  for (std::int64_t row = -1; row <= w.height; ++row)
    for (std::int64_t col = -1; col <= w.width; ++col) {
      const bool margin = row < 0 || col < 0 || row == w.height || col == w.width;
      const int expected = margin ? kMargin : whole.at(w.col + col, w.row + row);
      count += part.at(col, row) != expected ? 1 : 0;
    }
  return count;
}

TEST(Cutline, BurnsThePixelsOfTheImageInEveryWindow) {
  const tests::TempDir folder;
  const TargetGrid grid{"", {0.1, 0.7, 0, 0.2, 0, -0.7}, kWidth, kHeight};
  const Cutline cutline = slanted(folder, grid);
  const Burned whole = burn(cutline, {0, 0, kWidth, kHeight});
  const auto inside = std::ranges::count(whole.bytes, 255);
  EXPECT_EQ(inside + std::ranges::count(whole.bytes, 0), kWidth * kHeight);
  EXPECT_GT(inside, kWidth * kHeight / 3);
  EXPECT_LT(inside, kWidth * kHeight * 2 / 3);
  for (const Window& w : some_windows())
    EXPECT_EQ(differences(burn(cutline, w), w, whole), 0)
        << w.col << "," << w.row << " " << w.width << "x" << w.height;
}

TEST(Cutline, TouchesWhatItsBoxesReach) {
  const tests::TempDir folder;
  const TargetGrid grid{"", {0, 2, 0, 0, 0, -2}, kWidth, kHeight};
  const Cutline cutline = slanted(folder, grid);
  EXPECT_TRUE(cutline.touches({0, 0, 10, 10}));
  EXPECT_FALSE(cutline.touches({4499, 300, 1, 10}));
  EXPECT_FALSE(cutline.touches({0, 300, 4500, 10}));
}

}  // namespace
}  // namespace cogmill::crs
