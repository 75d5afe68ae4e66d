// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Compares a transformer with GDAL's, bit by bit and however it is called.
#pragma once

#include "src/crs/pixel_transformer.hpp"
#include "tests/unit/crs_files.hpp"

#include <gdal_alg.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <random>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace cogmill::crs {

/// Positions by GDAL's transformer between the file and a target in memory, one by one.
inline std::vector<kernels::PixelPoint> by_gdal(const std::string& path, const TargetGrid& target,
                                                std::vector<kernels::PixelPoint> points,
                                                const std::vector<std::string>& given = {}) {
  const GDALDatasetUniquePtr source(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER));
  const GDALDatasetUniquePtr image(GetGDALDriverManager()->GetDriverByName("MEM")->Create(
      "", static_cast<int>(target.width), static_cast<int>(target.height), 0, GDT_Byte, nullptr));
  Geotransform geotransform = target.geotransform;
  EXPECT_EQ(image->SetGeoTransform(geotransform.data()), CE_None);
  const OGRSpatialReference srs = srs_of(target.crs_wkt);
  EXPECT_EQ(image->SetSpatialRef(&srs), CE_None);
  CPLStringList options;
  for (const std::string& option : given) options.AddString(option.c_str());
  void* handle = GDALCreateGenImgProjTransformer2(
      GDALDataset::ToHandle(source.get()), GDALDataset::ToHandle(image.get()), options.List());
  EXPECT_NE(handle, nullptr);
  for (kernels::PixelPoint& p : points) {
    double z = 0;
    int ok = FALSE;
    if (GDALGenImgProjTransform(handle, TRUE, 1, &p.x, &p.y, &z, &ok) == FALSE || ok == FALSE)
      p.x = p.y = std::numeric_limits<double>::quiet_NaN();
  }
  GDALDestroyGenImgProjTransformer(handle);
  return points;
}

inline std::vector<kernels::PixelPoint> some_points(const TargetGrid& target, int count) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> part(-0.2, 1.2);
  std::vector<kernels::PixelPoint> points;
  for (int i = 0; i < count; ++i)
    points.push_back({part(random) * static_cast<double>(target.width),
                      part(random) * static_cast<double>(target.height)});
  for (int i = 0; i < count; ++i)  // rows, which GDAL has short cuts for
    points.push_back({static_cast<double>(i), static_cast<double>(target.height) / 2});
  return points;
}

/// @param period of the source: positions whole periods apart are one place
inline void expect_same(const std::vector<kernels::PixelPoint>& a,
                        const std::vector<kernels::PixelPoint>& b, double period) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_EQ(is_nowhere(a[i]), is_nowhere(b[i])) << "point " << i;
    if (is_nowhere(a[i])) continue;
    const double turns = period > 0 ? std::round((a[i].x - b[i].x) / period) * period : 0;
    ASSERT_EQ(a[i].x - turns, b[i].x) << "point " << i;
    ASSERT_EQ(a[i].y, b[i].y) << "point " << i;
  }
}

/// Same positions as GDAL's, whether points come alone, in a batch, shuffled, or in many threads.
inline void expect_pure_and_exact(const PixelTransformer& transformer, const std::string& path,
                                  const TargetGrid& target,
                                  const std::vector<std::string>& options = {}) {
  const std::vector<kernels::PixelPoint> points = some_points(target, 300);
  const std::vector<kernels::PixelPoint> wanted = by_gdal(path, target, points, options);
  EXPECT_GT(std::count_if(wanted.begin(), wanted.end(), std::not_fn(is_nowhere)), 100);
  std::vector<kernels::PixelPoint> batch = points;
  transformer.transform(batch);
  expect_same(batch, wanted, transformer.period());
  std::vector<kernels::PixelPoint> alone = points;
  for (std::size_t i = alone.size(); i-- > 0;)
    transformer.transform(std::span(alone).subspan(i, 1));
  expect_same(alone, wanted, transformer.period());
  std::vector<std::vector<kernels::PixelPoint>> many(4, points);
  std::vector<std::thread> threads;
  for (auto& mine : many)
    threads.emplace_back([&] {
      for (std::size_t i = 0; i < mine.size(); i += 50)
        transformer.transform(std::span(mine).subspan(i, 50));
    });
  for (std::thread& thread : threads) thread.join();
  for (const auto& mine : many) expect_same(mine, wanted, transformer.period());
}

}  // namespace cogmill::crs
