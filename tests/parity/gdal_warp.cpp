// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/parity/gdal_warp.hpp"

#include <gdal_priv.h>
#include <gdalwarper.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string>

namespace cogmill::parity {

using kernels::size_bytes;
using testing::Affine;
using testing::WarpImage;

namespace {

constexpr GDALResampleAlg kAlgorithms[] = {GRA_NearestNeighbour,
                                           GRA_Bilinear,
                                           GRA_Cubic,
                                           GRA_CubicSpline,
                                           GRA_Lanczos,
                                           GRA_Average,
                                           GRA_RMS,
                                           GRA_Mode,
                                           GRA_Min,
                                           GRA_Max,
                                           GRA_Med,
                                           GRA_Q1,
                                           GRA_Q3,
                                           GRA_Sum};

int transform(void* arg, int to_source, int n, double* x, double* y, double*, int* success) {
  const Affine& a = *static_cast<const Affine*>(arg);
  const double determinant = a.b * a.f - a.c * a.e;
  for (int i = 0; i < n; ++i) {
    success[i] = 1;
    const double u = x[i] - a.a, v = y[i] - a.d;
    if (to_source != 0) {
      const kernels::PixelPoint p = a(x[i], y[i]);
      x[i] = p.x;
      y[i] = p.y;
    } else {
      x[i] = (a.f * u - a.c * v) / determinant;
      y[i] = (a.b * v - a.e * u) / determinant;
    }
  }
  return 1;
}

GDALDataType gdal_type(kernels::DataType type) {
  return GDALGetDataTypeByName(std::string(kernels::name_of(type)).c_str());
}

GDALDatasetUniquePtr dataset_of(const std::vector<WarpImage>& bands) {
  const WarpImage& first = bands.front();
  const int w = static_cast<int>(first.width), h = static_cast<int>(first.height);
  auto* const driver = GetGDALDriverManager()->GetDriverByName("MEM");
  GDALDatasetUniquePtr dataset(
      driver->Create("", w, h, static_cast<int>(bands.size()), gdal_type(first.type), nullptr));
  if (!dataset) throw std::runtime_error("GDAL cannot create a dataset");
  for (std::size_t b = 0; b < bands.size(); ++b) {
    auto* const pixels = const_cast<std::byte*>(bands[b].pixels.data());
    if (dataset->GetRasterBand(static_cast<int>(b) + 1)
            ->RasterIO(GF_Write, 0, 0, w, h, pixels, w, h, gdal_type(first.type), 0, 0, nullptr) !=
        CE_None)
      throw std::runtime_error("GDAL cannot write");
  }
  return dataset;
}

void set_option(GDALWarpOptions* options, const char* name, const std::string& value) {
  options->papszWarpOptions = CSLSetNameValue(options->papszWarpOptions, name, value.c_str());
}

GDALWarpOptions* options_of(const GdalWarp& warp, GDALDataset* from, GDALDataset* to, Affine* at) {
  GDALWarpOptions* const options = GDALCreateWarpOptions();
  options->hSrcDS = GDALDataset::ToHandle(from);
  options->hDstDS = GDALDataset::ToHandle(to);
  options->eResampleAlg = kAlgorithms[static_cast<std::size_t>(warp.kernel.resampling)];
  options->dfWarpMemoryLimit = 1e9;
  const int bands = from->GetRasterCount() - (warp.alpha ? 1 : 0);
  GDALWarpInitDefaultBandMapping(options, bands);
  if (warp.alpha) options->nSrcAlphaBand = options->nDstAlphaBand = bands + 1;
  if (warp.nodata) GDALWarpInitSrcNoDataReal(options, *warp.nodata);
  set_option(options, "XSCALE", std::to_string(warp.kernel.x_scale));
  set_option(options, "YSCALE", std::to_string(warp.kernel.y_scale));
  if (warp.unified != nullptr) set_option(options, "UNIFIED_SRC_NODATA", warp.unified);
  options->pfnTransformer = transform;
  options->pTransformerArg = at;
  return options;
}

/// One run over a target whose bytes are `fill`.
std::vector<WarpImage> run(const GdalWarp& warp, const std::vector<WarpImage>& bands,
                           std::byte fill) {
  std::vector<WarpImage> out(bands.size(), WarpImage(bands.front().type, warp.width, warp.height));
  for (std::size_t b = 0; b < out.size(); ++b) {
    const bool alpha = warp.alpha && b + 1 == out.size();
    std::fill(out[b].pixels.begin(), out[b].pixels.end(), alpha ? std::byte{0} : fill);
  }
  const auto from = dataset_of(bands), to = dataset_of(out);
  Affine at = warp.at;
  GDALWarpOptions* const options = options_of(warp, from.get(), to.get(), &at);
  GDALWarpOperation operation;
  const int w = static_cast<int>(warp.width), h = static_cast<int>(warp.height);
  const bool ok = operation.Initialize(options) == CE_None &&
                  operation.ChunkAndWarpImage(0, 0, w, h) == CE_None;
  GDALDestroyWarpOptions(options);
  if (!ok) throw std::runtime_error("GDAL cannot warp");
  for (std::size_t b = 0; b < out.size(); ++b)
    if (to->GetRasterBand(static_cast<int>(b) + 1)
            ->RasterIO(GF_Read, 0, 0, w, h, out[b].pixels.data(), w, h, gdal_type(out[b].type), 0,
                       0, nullptr) != CE_None)
      throw std::runtime_error("GDAL cannot read");
  return out;
}

}  // namespace

std::vector<WarpImage> gdal_warp(const GdalWarp& warp, const std::vector<WarpImage>& bands) {
  GDALAllRegister();
  // A pixel is set where two runs over different targets agree.
  std::vector<WarpImage> out = run(warp, bands, std::byte{0x11});
  const std::vector<WarpImage> again = run(warp, bands, std::byte{0x22});
  const auto size = static_cast<std::size_t>(size_bytes(bands.front().type));
  for (std::size_t b = 0; b < out.size(); ++b)
    for (std::size_t i = 0; i < out[b].pixels.size() / size; ++i)
      out[b].valid.push_back(
          std::memcmp(&out[b].pixels[i * size], &again[b].pixels[i * size], size) == 0 ? 255 : 0);
  return out;
}

}  // namespace cogmill::parity
