// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/target_grid.hpp"

#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace cogmill::crs {

/// What ties a source's pixels to the ground, in the order GDAL looks for it.
enum class Tie : std::uint8_t { kGeotransform, kGcps, kRpc, kGeolocation, kNothing };

/// A source as transformers need it: no pixels, and no open file except for geolocation arrays.
struct SourceImage {
  std::string path;
  std::int64_t width = 0, height = 0;  ///< full resolution [px]
  Tie tie = Tie::kNothing;
  /// The CRS is not the file's, nor --src-crs, but that map half a turn on (recentre_map).
  bool recentred = false;
  OGRSpatialReference srs;  ///< empty if unknown
  /// Set where ground control points or arrays have longitudes beyond -180 to 180 [degrees], or
  /// were brought there to lie side by side: transformers take and give all longitudes within half
  /// a turn of it. Whole degrees.
  std::optional<double> centre_longitude = {};
  std::shared_ptr<const void> arrays;  ///< what the dataset refers to in memory
  GDALDatasetUniquePtr dataset;  ///< a copy of the georeferencing in memory, or the file itself
};

/// Opens the file, finds out how it is georeferenced and checks it: GCPs and RPC have to be finite.
/// @throws report::RuntimeError naming the file, report::UsageError for wrong options
SourceImage open_source_image(const SourceOptions& source);

/// The georeferencing of a dataset alone, in memory: transformers are made of it without the file.
/// @param driver MEM, or VRT: that has a band, as GDAL's warper wants it
GDALDatasetUniquePtr stand_in(GDALDataset& dataset, const std::string& path,
                              const char* driver = "MEM");

/// GDAL's options for GDALCreateGenImgProjTransformer2: the user's, then the two CRSs.
/// @param target_wkt empty: as the source
CPLStringList transformer_options(const SourceOptions& source, const std::string& target_wkt);

/// Adds what GDAL needs to bring longitudes together: round the image's middle, and where the
/// output's CRS is the source's.
void complete_options(CPLStringList& options, const SourceImage& image);

/// True if coordinates of the source are coordinates of the output, heights left aside.
/// @param target_wkt empty: as the source
bool keeps_crs(const SourceImage& image, const std::string& target_wkt);

/// @throws report::RuntimeError that says how to give --src-crs, if the image has no CRS
void require_crs(const SourceImage& image, const SourceOptions& source);

}  // namespace cogmill::crs
