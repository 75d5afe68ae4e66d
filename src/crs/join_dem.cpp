// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/join_dem.hpp"

#include "src/crs/srs.hpp"
#include "src/crs/turn.hpp"
#include "src/io/gdal_check.hpp"
#include "src/report/error.hpp"

#include <gdal_alg.h>

#include <array>
#include <cmath>
#include <optional>

namespace cogmill::crs {
namespace {

constexpr double kTurn = 360;  // [degrees]

struct Range {
  double west = 0, east = 0;  ///< [degrees]
};

/// Nothing if GDAL's own transformer has to say what is wrong, or the DEM is not in degrees.
std::optional<Range> longitudes_of_dem(const std::string& path) {
  const io::GdalMessages quiet;
  const GDALDatasetUniquePtr dem(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER));
  std::array<double, 6> g = {};
  if (!dem || dem->GetGeoTransform(g.data()) != CE_None || g[2] != 0 || !(g[1] > 0))
    return std::nullopt;
  const OGRSpatialReference* srs = dem->GetSpatialRef();
  if (srs != nullptr && std::abs(full_turn(*srs) - kTurn) > 1e-6) return std::nullopt;
  return Range{g[0], g[0] + g[1] * dem->GetRasterXSize()};
}

void move_longitudes(GDALDataset& dataset, double by, const std::string& path) {
  CPLStringList rpc(CSLDuplicate(dataset.GetMetadata("RPC")));
  for (const char* key : {"LONG_OFF", "MIN_LONG", "MAX_LONG"})
    if (const char* value = rpc.FetchNameValue(key))
      rpc.SetNameValue(key, CPLSPrintf("%.17g", CPLAtof(value) + by));
  io::gdal_check(dataset.SetMetadata(rpc.List(), "RPC"),
                 "cannot bring the RPC of " + path + " to the DEM's longitudes");
}

}  // namespace

void join_dem(SourceImage& image, const std::string& dem) {
  GDALRPCInfoV2 rpc = {};
  const auto heights = longitudes_of_dem(dem);
  if (!heights || GDALExtractRPCInfoV2(image.dataset->GetMetadata("RPC"), &rpc) == FALSE) return;
  const double middle = Turn(kTurn).near(rpc.dfLONG_OFF, (heights->west + heights->east) / 2);
  const double half = std::abs(rpc.dfLONG_SCALE);
  const bool beyond = middle - half < -kTurn / 2 || middle + half > kTurn / 2;
  if (middle != rpc.dfLONG_OFF)
    move_longitudes(*image.dataset, middle - rpc.dfLONG_OFF, image.path);
  if (!beyond) return;
  const bool globe = heights->east - heights->west > kTurn - 1;
  if (globe && (middle - half < heights->west || middle + half > heights->east))
    throw report::RuntimeError(
        image.path +
        " lies across the antimeridian, or where else the longitudes of RPC_DEM=" + dem +
        " begin and end: heights beyond would be missing; give a DEM whose longitudes run on "
        "there, "
        "such as 179 to 181, or RPC_HEIGHT");
  image.centre_longitude = std::round(middle);
}

}  // namespace cogmill::crs
