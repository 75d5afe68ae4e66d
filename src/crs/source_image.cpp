// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/source_image.hpp"

#include "src/crs/join_dem.hpp"
#include "src/crs/join_longitudes.hpp"
#include "src/crs/srs.hpp"
#include "src/io/gdal_check.hpp"
#include "src/report/error.hpp"

#include <gdal_alg.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <utility>

namespace cogmill::crs {
namespace {

using report::RuntimeError;

constexpr char kWholeEarth[] = "-180,-90,180,90";

/// The whole Earth, in a way of its own for each middle: GDAL keeps transformations and gives them
/// out again by their CRSs and area alone, whatever middle they were made for.
std::string area_around(double centre_longitude) {
  char text[64];
  std::snprintf(text, sizeof text, "-180,-90,180,%.14f", 90 - (centre_longitude + 1000) * 1e-9);
  return text;
}

GDALDatasetUniquePtr open_file(const std::string& path) {
  io::register_gdal();
  const io::GdalMessages messages;
  GDALDatasetUniquePtr dataset(
      GDALDataset::Open(path.c_str(), GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR));
  if (dataset) return dataset;
  std::string reason = messages.first_error();
  if (reason.starts_with(path + ": ")) reason.erase(0, path.size() + 2);
  throw RuntimeError("cannot open " + path + ": " + (reason.empty() ? "not a raster" : reason));
}

/// The method asked for, upper case: "", "GEOTRANSFORM", "GCP_TPS", ...
std::string method_of(const CPLStringList& options) {
  const char* name = options.FetchNameValue("SRC_METHOD");
  if (name == nullptr) name = options.FetchNameValueDef("METHOD", "");
  return CPLString(name).toupper();
}

/// @return nullptr: none
const char* array_asked_for(const CPLStringList& options) {
  const char* given = options.FetchNameValue("SRC_GEOLOC_ARRAY");
  return given != nullptr ? given : options.FetchNameValue("GEOLOC_ARRAY");
}

Tie find_tie(GDALDataset& dataset, const CPLStringList& options) {
  const std::string method = method_of(options);
  if (method == "NO_GEOTRANSFORM" || method == "GEOTRANSFORM") return Tie::kGeotransform;
  if (method.starts_with("GCP_")) return Tie::kGcps;
  if (method == "RPC") return Tie::kRpc;
  if (method == "GEOLOC_ARRAY" || array_asked_for(options) != nullptr) return Tie::kGeolocation;
  std::array<double, 6> ignored = {};
  if (dataset.GetGeoTransform(ignored.data()) == CE_None) return Tie::kGeotransform;
  if (dataset.GetGCPCount() > 0) return Tie::kGcps;
  if (dataset.GetMetadata("RPC") != nullptr) return Tie::kRpc;
  return dataset.GetMetadata("GEOLOCATION") != nullptr ? Tie::kGeolocation : Tie::kNothing;
}

void check_gcps(GDALDataset& dataset, const std::string& path) {
  if (dataset.GetGCPCount() == 0)
    throw RuntimeError(path +
                       " has no ground control points, which METHOD=GCP_... needs; leave out "
                       "that --transform-option, or add points with gdal_edit.py -gcp");
  for (int i = 0; i < dataset.GetGCPCount(); ++i) {
    const GDAL_GCP& gcp = dataset.GetGCPs()[i];
    for (const double value : {gcp.dfGCPPixel, gcp.dfGCPLine, gcp.dfGCPX, gcp.dfGCPY})
      if (!std::isfinite(value))
        throw RuntimeError(path + ": ground control point " + std::to_string(i + 1) +
                           " is corrupt (not a finite number); repair it with gdal_edit.py -gcp");
  }
}

/// GDAL takes lists of any length.
bool has_coefficients(char** metadata) {
  for (const char* key : {"LINE_NUM_COEFF", "LINE_DEN_COEFF", "SAMP_NUM_COEFF", "SAMP_DEN_COEFF"}) {
    const char* text = CSLFetchNameValueDef(metadata, key, "");
    if (CPLStringList(CSLTokenizeString2(text, " ,\t\n", 0)).size() != 20) return false;
  }
  return true;
}

void check_rpc(GDALDataset& dataset, const std::string& path) {
  GDALRPCInfoV2 rpc = {};
  char** metadata = dataset.GetMetadata("RPC");
  const std::string what = path + ": its RPC metadata are corrupt: ";
  if (!has_coefficients(metadata) || GDALExtractRPCInfoV2(metadata, &rpc) == FALSE)
    throw RuntimeError(what + "coefficients are missing; look at them with gdalinfo");
  std::array<double, 100> numbers = {
      rpc.dfLINE_OFF,   rpc.dfSAMP_OFF,   rpc.dfLAT_OFF,   rpc.dfLONG_OFF,   rpc.dfHEIGHT_OFF,
      rpc.dfLINE_SCALE, rpc.dfSAMP_SCALE, rpc.dfLAT_SCALE, rpc.dfLONG_SCALE, rpc.dfHEIGHT_SCALE};
  auto* out = std::copy_n(rpc.adfLINE_NUM_COEFF, 20, numbers.data() + 10);
  out = std::copy_n(rpc.adfLINE_DEN_COEFF, 20, out);
  out = std::copy_n(rpc.adfSAMP_NUM_COEFF, 20, out);
  std::copy_n(rpc.adfSAMP_DEN_COEFF, 20, out);
  if (!std::all_of(numbers.begin(), numbers.end(), [](double v) { return std::isfinite(v); }))
    throw RuntimeError(what + "a number is not finite; look at them with gdalinfo");
  if (std::any_of(numbers.begin() + 5, numbers.begin() + 10, [](double v) { return v == 0; }))
    throw RuntimeError(what + "a scale is zero; look at them with gdalinfo");
}

OGRSpatialReference find_srs(GDALDataset& dataset, Tie tie, const CPLStringList& options) {
  if (const char* given = options.FetchNameValue("SRC_SRS"))
    return map_srs_from_text(given, "--src-crs");
  const OGRSpatialReference* found = nullptr;
  if (tie == Tie::kGeotransform) found = dataset.GetSpatialRef();
  if (tie == Tie::kGcps) found = dataset.GetGCPSpatialRef();
  if (tie == Tie::kRpc) return srs_from_text("WGS84", "RPC");
  if (tie == Tie::kGeolocation) {
    const char* text = dataset.GetMetadataItem("SRS", "GEOLOCATION");
    if (text == nullptr && array_asked_for(options) != nullptr) text = "WGS84";  // as GDAL
    return text == nullptr ? OGRSpatialReference() : srs_from_text(text, "the geolocation's SRS");
  }
  return found == nullptr ? OGRSpatialReference() : *found;
}

}  // namespace

GDALDatasetUniquePtr stand_in(GDALDataset& dataset, const std::string& path,
                              const char* driver_name) {
  const std::string what = "cannot copy the georeferencing of " + path;
  GDALDriver* driver = io::gdal_check(GetGDALDriverManager()->GetDriverByName(driver_name),
                                      what + ": GDAL has no " + driver_name + " driver");
  const int bands = EQUAL(driver_name, "VRT") ? 1 : 0;  // it computes no pixels
  GDALDatasetUniquePtr copy(driver->Create("", dataset.GetRasterXSize(), dataset.GetRasterYSize(),
                                           bands, GDT_Byte, nullptr));
  io::gdal_check(copy.get(), what);
  std::array<double, 6> geotransform = {};
  if (dataset.GetGeoTransform(geotransform.data()) == CE_None)
    io::gdal_check(copy->SetGeoTransform(geotransform.data()), what);
  if (const OGRSpatialReference* srs = dataset.GetSpatialRef())
    io::gdal_check(copy->SetSpatialRef(srs), what);
  if (dataset.GetGCPCount() > 0)
    io::gdal_check(
        copy->SetGCPs(dataset.GetGCPCount(), dataset.GetGCPs(), dataset.GetGCPSpatialRef()), what);
  if (char** rpc = dataset.GetMetadata("RPC")) io::gdal_check(copy->SetMetadata(rpc, "RPC"), what);
  return copy;
}

bool keeps_crs(const SourceImage& image, const std::string& target_wkt) {
  if (image.srs.IsEmpty() || target_wkt.empty()) return true;
  return same_crs(image.srs, srs_from_text(target_wkt, "the output's CRS"));
}

CPLStringList transformer_options(const SourceOptions& source, const std::string& target_wkt) {
  CPLStringList options;
  for (const std::string& option : source.transformer_options) {
    const std::size_t equals = option.find('=');
    if (equals == std::string::npos || equals == 0)
      throw report::UsageError("--transform-option " + option + ": expected NAME=VALUE");
    options.SetNameValue(option.substr(0, equals).c_str(), option.substr(equals + 1).c_str());
  }
  if (!source.src_crs.empty()) options.SetNameValue("SRC_SRS", source.src_crs.c_str());
  if (!target_wkt.empty()) options.SetNameValue("DST_SRS", target_wkt.c_str());
  if (!source.coordinate_operation.empty())
    options.SetNameValue("COORDINATE_OPERATION", source.coordinate_operation.c_str());
  // Pixels keep their values: heights are not shifted, as with gdalwarp -novshift.
  if (options.FetchNameValue("STRIP_VERT_CS") == nullptr)
    options.SetNameValue("STRIP_VERT_CS", "YES");
  return options;
}

void complete_options(CPLStringList& options, const SourceImage& image) {
  if (image.recentred) options.SetNameValue("SRC_SRS", wkt_of(image.srs).c_str());
  const bool free = options.FetchNameValue("AREA_OF_INTEREST") == nullptr;
  if (image.centre_longitude && free)
    options.SetNameValue("AREA_OF_INTEREST", area_around(*image.centre_longitude).c_str());
  if (image.srs.IsGeographic() == FALSE ||
      options.FetchNameValue("COORDINATE_OPERATION") != nullptr ||
      !keeps_crs(image, options.FetchNameValueDef("DST_SRS", "")))
    return;
  // GDAL brings longitudes together by an operation from the CRS to itself, and finds none where
  // the source lies outside of the CRS's area of use.
  if (!image.centre_longitude && free) options.SetNameValue("AREA_OF_INTEREST", kWholeEarth);
  if (!image.centre_longitude) return;
  // Without any operation it would not bring them round a middle. The two CRSs may differ in the
  // order of their axes, of which an operation has to know.
  options.SetNameValue("COORDINATE_OPERATION", "+proj=noop");
  if (options.FetchNameValue("DST_SRS") != nullptr)
    options.SetNameValue("DST_SRS", wkt_of(image.srs).c_str());
}

SourceImage open_source_image(const SourceOptions& source) {
  SourceImage image;
  image.path = source.name.empty() ? source.path : source.name;
  GDALDatasetUniquePtr file = open_file(source.path);
  const io::GdalMessages messages;
  image.width = file->GetRasterXSize();
  image.height = file->GetRasterYSize();
  const CPLStringList options = transformer_options(source, {});
  image.tie = find_tie(*file, options);
  if (image.tie == Tie::kNothing)
    throw RuntimeError(source.path +
                       " is not georeferenced: no geotransform, ground control points, RPC or "
                       "geolocation arrays; give it one with gdal_edit.py -a_ullr, or use its "
                       "pixels as coordinates with --transform-option SRC_METHOD=NO_GEOTRANSFORM");
  if (image.tie == Tie::kGcps) check_gcps(*file, source.path);
  if (image.tie == Tie::kRpc) check_rpc(*file, source.path);
  image.srs = find_srs(*file, image.tie, options);
  image.dataset = image.tie == Tie::kGeolocation ? std::move(file) : stand_in(*file, source.path);
  if (const char* arrays = array_asked_for(options))
    refuse_apart(image, arrays);
  else
    join_longitudes(image);
  const char* dem = options.FetchNameValue("RPC_DEM");
  if (image.tie == Tie::kRpc && dem != nullptr) join_dem(image, dem);
  return image;
}

void require_crs(const SourceImage& image, const SourceOptions& source) {
  if (!image.srs.IsEmpty() || !source.coordinate_operation.empty()) return;
  throw RuntimeError(image.path +
                     " does not say in which coordinate reference system it is, so it cannot be "
                     "reprojected; name it with --src-crs, for example --src-crs EPSG:32631");
}

}  // namespace cogmill::crs
