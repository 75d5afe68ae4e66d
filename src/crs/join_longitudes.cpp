// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/join_longitudes.hpp"

#include "src/crs/srs.hpp"
#include "src/io/gdal_check.hpp"
#include "src/report/error.hpp"

#include <cpl_conv.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <numbers>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cogmill::crs {
namespace {

/// x without whole turns: from 0 to 360 degrees.
double within_turn(double x) { return x - 360 * std::floor(x / 360); }

/// Where longitudes lie [degrees], and the direction of most of them.
class Longitudes {
 public:
  void add(double x) {
    west_ = std::min(west_, x), east_ = std::max(east_, x);
    ++in_degree_[std::min<std::size_t>(359, static_cast<std::size_t>(within_turn(x)))];
  }
  double width() const { return east_ - west_; }
  double middle() const { return (west_ + east_) / 2; }
  /// Side by side, and no more than one turn away: PROJ's wrapping knows only the next turn.
  bool is_near() const { return !(width() > 180) && !(std::abs(middle()) > 360); }
  bool beyond() const { return west_ < -180 || east_ > 180; }
  /// From 0 to 360 degrees, as what lies across 180 is best counted.
  double mean() const {
    double east = 0, north = 0;
    for (std::size_t i = 0; i < in_degree_.size(); ++i) {
      const double angle = (static_cast<double>(i) + 0.5) * std::numbers::pi / 180;
      east += static_cast<double>(in_degree_[i]) * std::sin(angle);
      north += static_cast<double>(in_degree_[i]) * std::cos(angle);
    }
    return within_turn(std::atan2(east, north) * 180 / std::numbers::pi);
  }

 private:
  double west_ = std::numeric_limits<double>::infinity(), east_ = -west_;
  std::array<std::int64_t, 360> in_degree_ = {};  ///< how many lie there
};

double joined(double x, double mean) { return x - 360 * std::round((x - mean) / 360); }

std::optional<double> middle_beyond(const Longitudes& all) {
  return all.beyond() ? std::optional(std::round(all.middle())) : std::nullopt;
}

void join_gcps(SourceImage& image) {
  GDALDataset& dataset = *image.dataset;
  std::vector<GDAL_GCP> gcps(dataset.GetGCPs(), dataset.GetGCPs() + dataset.GetGCPCount());
  Longitudes own;
  for (const GDAL_GCP& gcp : gcps) own.add(gcp.dfGCPX);
  image.centre_longitude = middle_beyond(own);
  if (own.is_near()) return;
  Longitudes together;
  for (GDAL_GCP& gcp : gcps) {
    gcp.dfGCPX = joined(gcp.dfGCPX, own.mean());
    together.add(gcp.dfGCPX);
  }
  if (together.width() > 180) return;
  image.centre_longitude = middle_beyond(together);
  const OGRSpatialReference* srs = dataset.GetGCPSpatialRef();
  const OGRSpatialReference copy = srs == nullptr ? OGRSpatialReference() : *srs;
  io::gdal_check(dataset.SetGCPs(static_cast<int>(gcps.size()), gcps.data(), &copy),
                 "cannot bring the ground control points of " + image.path + " together");
}

/// The band that holds an image's longitudes, read row by row.
class LongitudeArray {
 public:
  /// Opens nothing where the file does not say enough: GDAL's transformer says what is missing.
  explicit LongitudeArray(GDALDataset& image) {
    const char* name = image.GetMetadataItem("X_DATASET", "GEOLOCATION");
    if (name != nullptr) open(full_name(image, name), image);
  }
  /// Of a file that holds both arrays and may say itself which band is which.
  explicit LongitudeArray(const std::string& path) {
    const io::GdalMessages quiet;
    const GDALDatasetUniquePtr file(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER));
    if (file) open(path, *file);
  }

  /// @param described by whose metadata
  void open(const std::string& path, GDALDataset& described) {
    const io::GdalMessages quiet;
    dataset_.reset(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER));
    const char* number = described.GetMetadataItem("X_BAND", "GEOLOCATION");
    if (dataset_) band_ = dataset_->GetRasterBand(number == nullptr ? 1 : std::atoi(number));
    if (band_ == nullptr) return;
    int has_nodata = FALSE;
    const double nodata = band_->GetNoDataValue(&has_nodata);
    if (has_nodata != FALSE) nodata_ = nodata;
    row_.resize(static_cast<std::size_t>(band_->GetXSize()));
  }

  static std::string full_name(GDALDataset& image, const char* name) {
    const char* relative = image.GetMetadataItem("X_DATASET_RELATIVE_TO_SOURCE", "GEOLOCATION");
    if (relative == nullptr || !CPLTestBool(relative)) return name;
    const std::string folder = CPLGetPath(image.GetDescription());
    return CPLProjectRelativeFilename(folder.c_str(), name);
  }

  bool is_open() const { return band_ != nullptr; }
  int width() const { return band_->GetXSize(); }
  int height() const { return band_->GetYSize(); }
  const std::optional<double>& nodata() const { return nodata_; }
  /// Fill values are no longitudes.
  bool is_longitude(double x) const { return std::abs(x) <= 720 && x != nodata_; }

  /// @return nothing if it cannot be read
  std::vector<double>* row(int number) {
    const io::GdalMessages quiet;
    const CPLErr status = band_->RasterIO(GF_Read, 0, number, width(), 1, row_.data(), width(), 1,
                                          GDT_Float64, 0, 0, nullptr);
    return status == CE_None ? &row_ : nullptr;
  }

 private:
  GDALDatasetUniquePtr dataset_;
  GDALRasterBand* band_ = nullptr;
  std::optional<double> nodata_;
  std::vector<double> row_;
};

/// Looks at all longitudes, as they are or brought together. @return nothing if one cannot be read
std::optional<Longitudes> look_at(LongitudeArray& array, std::optional<double> mean) {
  Longitudes all;
  for (int number = 0; number < array.height(); ++number) {
    const std::vector<double>* row = array.row(number);
    if (row == nullptr) return std::nullopt;
    for (const double x : *row)
      if (array.is_longitude(x)) all.add(mean ? joined(x, *mean) : x);
  }
  return all;
}

/// A file in memory, gone with the last image that uses it.
class MemoryFile {
 public:
  MemoryFile() {
    char text[64];
    std::snprintf(text, sizeof text, "/vsimem/cogmill_longitudes_%p.tif",
                  static_cast<const void*>(this));
    name_ = text;
  }
  ~MemoryFile() { VSIUnlink(name_.c_str()); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

std::shared_ptr<const MemoryFile> joined_copy(LongitudeArray& array, double mean,
                                              const std::string& what) {
  auto file = std::make_shared<const MemoryFile>();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  const GDALDatasetUniquePtr copy(
      io::gdal_check(driver, what)
          ->Create(file->name().c_str(), array.width(), array.height(), 1, GDT_Float64, nullptr));
  GDALRasterBand& band = *io::gdal_check(copy.get(), what)->GetRasterBand(1);
  if (array.nodata()) io::gdal_check(band.SetNoDataValue(*array.nodata()), what);
  for (int number = 0; number < array.height(); ++number) {
    std::vector<double>* row = io::gdal_check(array.row(number), what);
    for (double& x : *row)
      if (array.is_longitude(x)) x = joined(x, mean);
    io::gdal_check(band.RasterIO(GF_Write, 0, number, array.width(), 1, row->data(), array.width(),
                                 1, GDT_Float64, 0, 0, nullptr),
                   what);
  }
  return file;
}

/// Puts a stand-in with other longitudes in the place of the file.
void use_longitudes(SourceImage& image, const std::string& name) {
  CPLStringList arrays(CSLDuplicate(image.dataset->GetMetadata("GEOLOCATION")));
  const char* latitudes = arrays.FetchNameValueDef("Y_DATASET", "");
  arrays.SetNameValue("Y_DATASET", LongitudeArray::full_name(*image.dataset, latitudes).c_str());
  arrays.SetNameValue("X_DATASET", name.c_str());
  arrays.SetNameValue("X_BAND", "1");
  arrays.SetNameValue("X_DATASET_RELATIVE_TO_SOURCE", nullptr);
  arrays.SetNameValue("Y_DATASET_RELATIVE_TO_SOURCE", nullptr);
  GDALDatasetUniquePtr copy = stand_in(*image.dataset, image.path, "VRT");
  io::gdal_check(copy->SetMetadata(arrays.List(), "GEOLOCATION"),
                 "cannot copy the geolocation of " + image.path);
  image.dataset = std::move(copy);
}

void join_arrays(SourceImage& image) {
  LongitudeArray array(*image.dataset);
  if (!array.is_open()) return;
  const auto own = look_at(array, std::nullopt);
  if (!own) return;
  image.centre_longitude = middle_beyond(*own);
  if (own->is_near()) return;
  const auto together = look_at(array, own->mean());
  if (!together || together->width() > 180) return;
  image.centre_longitude = middle_beyond(*together);
  image.arrays =
      joined_copy(array, own->mean(), "cannot bring the longitudes of " + image.path + " together");
  use_longitudes(image, std::static_pointer_cast<const MemoryFile>(image.arrays)->name());
}

bool counts_degrees(const SourceImage& image) {
  return std::abs(full_turn(image.srs) - 360) < 1e-6;
}

}  // namespace

void join_longitudes(SourceImage& image) {
  if (!counts_degrees(image)) return;
  if (image.tie == Tie::kGcps) join_gcps(image);
  if (image.tie == Tie::kGeolocation) join_arrays(image);
}

void refuse_apart(const SourceImage& image, const std::string& arrays) {
  if (image.tie != Tie::kGeolocation || !counts_degrees(image)) return;
  LongitudeArray array(arrays);
  const auto own = array.is_open() ? look_at(array, std::nullopt) : std::nullopt;
  if (!own || (own->width() <= 180 && !own->beyond())) return;
  const auto together = look_at(array, own->mean());
  if (together && together->width() > 180) return;  // round the globe
  throw report::RuntimeError(
      "the longitudes in " + arrays +
      " lie across 180 degrees or beyond; those that GEOLOC_ARRAY names are used as they are: name "
      "them in the image's own GEOLOCATION metadata (in a VRT), or leave the option out");
}

}  // namespace cogmill::crs
