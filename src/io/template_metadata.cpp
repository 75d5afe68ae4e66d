// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/template_metadata.hpp"

#include "src/io/crs_text.hpp"
#include "src/io/scene_meaning.hpp"
#include "src/io/template_colours.hpp"

#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

namespace cogmill::io {
namespace {

bool equal(const std::string& a, std::string_view b) {
  return EQUAL(a.c_str(), std::string(b).c_str());
}

/// Adds `shift` to one number of the RPC domain.
void shift_item(CPLStringList& items, const char* name, std::int64_t shift) {
  const char* text = items.FetchNameValue(name);
  if (text == nullptr || shift == 0) return;
  items.SetNameValue(name, CPLSPrintf("%.15g", CPLAtof(text) + static_cast<double>(shift)));
}

void copy_rpc(GDALDataset& source, const TemplateRequest& request, GDALDataset& target) {
  CSLConstList rpc = source.GetMetadata("RPC");
  if (rpc == nullptr) return;
  CPLStringList items(CSLDuplicate(rpc));
  shift_item(items, "LINE_OFF", -request.row);
  shift_item(items, "SAMP_OFF", -request.col);
  target.SetMetadata(items.List(), "RPC");
}

/// @return true if the source's only georeference are GCPs
bool lies_by_gcps(GDALDataset& source) {
  std::array<double, 6> gt = {};
  return source.GetGCPCount() > 0 && source.GetGeoTransform(gt.data()) != CE_None;
}

/// The source's GCPs where they lie in the output. @return borrows the source's texts
std::vector<GDAL_GCP> gcps_of(GDALDataset& source, const TemplateRequest& request) {
  const GDAL_GCP* first = source.GetGCPs();
  std::vector<GDAL_GCP> gcps(first, first + source.GetGCPCount());
  for (GDAL_GCP& gcp : gcps) {
    gcp.dfGCPPixel -= static_cast<double>(request.col);
    gcp.dfGCPLine -= static_cast<double>(request.row);
  }
  return gcps;
}

/// A TIFF tag of tie points, six numbers each, is read with a count of 16 bits.
bool gcps_fit(GDALDataset& source, GDALDataset& target) {
  constexpr int kMostTiePoints = 65535 / 6;
  return source.GetGCPCount() <= kMostTiePoints || !EQUAL(target.GetDriverName(), "GTiff");
}

void copy_gcps(GDALDataset& source, const TemplateRequest& request, GDALDataset& target,
               double shift) {
  if (!gcps_fit(source, target)) return;
  std::vector<GDAL_GCP> gcps = gcps_of(source, request);
  for (GDAL_GCP& gcp : gcps) {
    gcp.dfGCPPixel += shift;
    gcp.dfGCPLine += shift;
  }
  const OGRSpatialReference* crs = source.GetGCPSpatialRef();
  const OGRSpatialReference own =
      crs == nullptr ? OGRSpatialReference() : with_codes_of_parts(*crs);
  target.SetGCPs(static_cast<int>(gcps.size()), gcps.data(), crs == nullptr ? crs : &own);
}

/// Puts GCPs beside the file that are too many for its tags. @return true if it did
bool keep_gcps(GDALDataset& source, const TemplateRequest& request, GDALDataset& target,
               std::vector<std::string>& kept) {
  if (!lies_by_gcps(source) || gcps_fit(source, target)) return false;
  const std::vector<GDAL_GCP> gcps = gcps_of(source, request);
  const auto count = static_cast<int>(gcps.size());
  if (target.SetGCPs(count, gcps.data(), source.GetGCPSpatialRef()) != CE_None) return false;
  // Its tag is among the GeoTIFF keys, of which there are none without a georeference.
  if (const char* area_or_point = source.GetMetadataItem(GDALMD_AREA_OR_POINT))
    target.SetMetadataItem(GDALMD_AREA_OR_POINT, area_or_point);
  kept.push_back(std::to_string(count) + " GCPs (TIFF tags have room for 10922)");
  return true;
}

/// @param band number from 1; 0: of the dataset
bool is_wanted(const TemplateRequest& request, const std::string& domain, int band,
               const char* item) {
  return !request.items ||
         std::ranges::binary_search(*request.items, item_hash(domain, band, item));
}

/// @return the items of a domain; statistics only if `statistics`
CPLStringList items_of(GDALMajorObject& object, const TemplateRequest& request,
                       const std::string& domain, int band, bool statistics) {
  CPLStringList kept;
  CSLConstList items = object.GetMetadata(domain.c_str());
  for (int i = 0; items != nullptr && items[i] != nullptr; ++i)
    if ((statistics || !STARTS_WITH_CI(items[i], "STATISTICS_")) &&
        is_wanted(request, domain, band, items[i]))
      kept.AddString(items[i]);
  return kept;
}

/// The three forms GDALRasterBand::SetStatistics and ComputeStatistics of GDAL give these items. No
/// number stands for the moments of infinite pixels.
void set_statistics(const kernels::Statistics& statistics, std::int64_t pixels,
                    GDALRasterBand& band) {
  if (statistics.count > 0 && statistics.are_finite())
    band.SetStatistics(statistics.minimum, statistics.maximum, statistics.mean,
                       statistics.standard_deviation());
  std::string percent = "0";
  if (statistics.count >= pixels)
    percent = "100";
  else if (statistics.count > 0)
    percent = CPLSPrintf(
        "%.4g", static_cast<double>(statistics.count) * 100.0 / static_cast<double>(pixels));
  band.SetMetadataItem("STATISTICS_VALID_PERCENT", percent.c_str());
}

void copy_scale(GDALRasterBand& source, GDALRasterBand& target) {
  int has_scale = FALSE;
  int has_offset = FALSE;
  const double scale = source.GetScale(&has_scale);
  const double offset = source.GetOffset(&has_offset);
  if ((has_scale != FALSE && scale != 1.0) || (has_offset != FALSE && offset != 0.0)) {
    target.SetScale(has_scale != FALSE ? scale : 1.0);
    target.SetOffset(has_offset != FALSE ? offset : 0.0);
  }
  const char* unit = source.GetUnitType();
  if (unit != nullptr && unit[0] != '\0') target.SetUnitType(unit);
}

void copy_band(GDALRasterBand& source, const TemplateRequest& request, std::size_t index,
               GDALRasterBand& target) {
  const TemplateBand& wanted = request.bands[index];
  const bool statistics = request.copy_statistics && !wanted.statistics;
  for (const std::string& domain : metadata_domains(source)) {
    CPLStringList items = items_of(source, request, domain, source.GetBand(), statistics);
    if (items.Count() > 0) target.SetMetadata(items.List(), domain.c_str());
  }
  target.SetDescription(source.GetDescription());
  copy_scale(source, target);
  copy_colour(source, request, index, target);
}

std::string in_band(const char* what, std::size_t index) {
  return std::string(what) + " of band " + std::to_string(index + 1);
}

/// @return true if the keys of the GeoTIFF say the same as `wanted`
bool same_crs(const OGRSpatialReference* wanted, const OGRSpatialReference* written) {
  if (wanted == nullptr || wanted->IsEmpty()) return true;
  // GDAL always gives data of a GeoTIFF in the order east, north.
  constexpr std::array<const char*, 2> kCompare = {"IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES",
                                                   nullptr};
  return written != nullptr && wanted->IsSame(written, kCompare.data()) != FALSE;
}

/// Puts the CRS beside the file if the GeoTIFF keys could not express it.
void keep_crs(GDALDataset& source, GDALDataset& target, std::vector<std::string>& kept) {
  const char* text = "the CRS (GeoTIFF keys cannot express it)";
  if (target.GetGCPCount() > 0) {
    if (same_crs(source.GetGCPSpatialRef(), target.GetGCPSpatialRef())) return;
    target.SetGCPs(target.GetGCPCount(), target.GetGCPs(), source.GetGCPSpatialRef());
    kept.emplace_back(text);
  } else if (!same_crs(source.GetSpatialRef(), target.GetSpatialRef())) {
    target.SetSpatialRef(source.GetSpatialRef());
    kept.emplace_back(text);
  }
}

void keep_band(GDALRasterBand& source, const TemplateRequest& request, std::size_t index,
               GDALRasterBand& target, std::vector<std::string>& kept) {
  char** names = source.GetCategoryNames();
  if (names != nullptr && target.SetCategoryNames(names) == CE_None)
    kept.push_back(in_band("category names", index));
  GDALRasterAttributeTable* attributes = source.GetDefaultRAT();
  if (attributes != nullptr && target.SetDefaultRAT(attributes) == CE_None)
    kept.push_back(in_band("attribute table", index));
  GDALColorTable* table = own_table(source, request, target);
  if (table != nullptr && !table_fits_tags(request, index) &&
      target.SetColorTable(table) == CE_None)
    kept.push_back(in_band("colour table", index));
}

/// To the request's first pixel.
void move_origin(const TemplateRequest& request, std::array<double, 6>& gt) {
  const auto col = static_cast<double>(request.col);
  const auto row = static_cast<double>(request.row);
  gt[0] += col * gt[1] + row * gt[2];
  gt[3] += col * gt[4] + row * gt[5];
}

void set_grid(const TemplateRequest& request, GDALDataset& target) {
  OGRSpatialReference crs;
  crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (crs.SetFromUserInput(request.grid->crs_wkt.c_str()) == OGRERR_NONE)
    target.SetSpatialRef(&crs);
  std::array<double, 6> gt = request.grid->geotransform;
  move_origin(request, gt);
  target.SetGeoTransform(gt.data());
}

}  // namespace

double gcp_drift(GDALDataset& source, const TemplateRequest& request, GDALDataset& written) {
  if (request.grid || !lies_by_gcps(source) || written.GetGCPCount() != source.GetGCPCount())
    return 0;
  return written.GetGCPs()[0].dfGCPPixel - gcps_of(source, request)[0].dfGCPPixel;
}

void copy_georeference(GDALDataset& source, const TemplateRequest& request, GDALDataset& target,
                       double gcp_shift) {
  const char* area_or_point = source.GetMetadataItem(GDALMD_AREA_OR_POINT);
  // Before the geotransform: GDAL writes that half a pixel aside for points.
  if (area_or_point != nullptr) target.SetMetadataItem(GDALMD_AREA_OR_POINT, area_or_point);
  if (request.grid) return set_grid(request, target);
  copy_rpc(source, request, target);
  if (lies_by_gcps(source)) return copy_gcps(source, request, target, gcp_shift);
  std::array<double, 6> gt = {};
  const bool has_transform = source.GetGeoTransform(gt.data()) == CE_None;

  const OGRSpatialReference* crs = source.GetSpatialRef();
  if (crs != nullptr) {
    const OGRSpatialReference own = with_codes_of_parts(*crs);
    target.SetSpatialRef(&own);
  }
  if (!has_transform) return;
  move_origin(request, gt);
  target.SetGeoTransform(gt.data());
}

void copy_dataset_metadata(GDALDataset& source, const TemplateRequest& request,
                           GDALDataset& target) {
  const bool moved = request.col != 0 || request.row != 0;
  for (const std::string& domain : metadata_domains(source)) {
    // Its arrays are those of the whole input.
    if ((moved || request.grid) && equal(domain, "GEOLOCATION")) continue;
    CPLStringList items = items_of(source, request, domain, 0, true);
    if (items.Count() > 0) target.SetMetadata(items.List(), domain.c_str());
  }
}

void describe_bands(GDALDataset* source, const TemplateRequest& request, GDALDataset& target) {
  for (std::size_t i = 0; i < request.bands.size(); ++i) {
    const TemplateBand& wanted = request.bands[i];
    GDALRasterBand& band = *target.GetRasterBand(static_cast<int>(i) + 1);
    if (source != nullptr && wanted.source_band > 0 && request.origin == PixelOrigin::kUnchanged)
      copy_band(*source->GetRasterBand(wanted.source_band), request, i, band);
    if (wanted.alpha) band.SetColorInterpretation(GCI_AlphaBand);
    if (wanted.description) band.SetDescription(wanted.description->c_str());
    if (wanted.statistics) set_statistics(*wanted.statistics, request.width * request.height, band);
  }
}

std::vector<std::string> describe_in_sidecar(GDALDataset& source, const TemplateRequest& request,
                                             GDALDataset& target) {
  std::vector<std::string> kept;
  if (!request.grid && !keep_gcps(source, request, target, kept)) keep_crs(source, target, kept);
  if (request.origin == PixelOrigin::kComputed) return kept;
  for (std::size_t i = 0; i < request.bands.size(); ++i)
    if (const int number = request.bands[i].source_band; number > 0)
      keep_band(*source.GetRasterBand(number), request, i,
                *target.GetRasterBand(static_cast<int>(i) + 1), kept);
  return kept;
}

}  // namespace cogmill::io
