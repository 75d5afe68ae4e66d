// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/srs.hpp"

#include "src/crs/same_crs.hpp"
#include "src/crs/target_grid.hpp"
#include "src/io/crs_text.hpp"
#include "src/io/gdal_check.hpp"
#include "src/report/error.hpp"

#include <memory>
#include <numbers>

namespace cogmill::crs {
namespace {

/// Long texts (WKT) are cut: a message is one line.
std::string shortened(const std::string& text) {
  constexpr std::size_t kMost = 60;
  return text.size() <= kMost ? text : text.substr(0, kMost) + "...";
}

}  // namespace

OGRSpatialReference srs_from_text(const std::string& text, const std::string& option) {
  const io::GdalMessages messages;
  OGRSpatialReference srs;
  srs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (!text.empty() && srs.SetFromUserInput(text.c_str()) == OGRERR_NONE && !srs.IsEmpty())
    return srs;
  const std::string reason = messages.first_error();
  throw report::UsageError(option + " " + shortened(text) + ": not a coordinate reference system" +
                           (reason.empty() ? std::string() : " (" + shortened(reason) + ")") +
                           "; try EPSG:3857, a PROJ string, WKT, PROJJSON or a file of them");
}

OGRSpatialReference map_srs_from_text(const std::string& text, const std::string& option) {
  OGRSpatialReference srs = srs_from_text(text, option);
  const bool heights = srs.IsVertical() != FALSE && srs.IsCompound() == FALSE;
  if (!heights && srs.IsGeocentric() == FALSE) return srs;
  throw report::UsageError(
      option + " " + shortened(text) + ": " +
      (heights ? "a system of heights alone, which has no x and y; add it to one that has: "
                 "EPSG:4326+5773"
               : "a geocentric system, in which maps have no place; give a geographic or a "
                 "projected one: EPSG:4326, EPSG:3857"));
}

std::string wkt_of(const OGRSpatialReference& srs) {
  if (srs.IsEmpty()) return {};
  const io::GdalMessages messages;
  const std::string wkt = io::wkt2_of(srs);
  if (wkt.empty())
    throw report::RuntimeError(
        "the CRS " + title_of(srs) + " cannot be written as WKT2: " +
        (messages.first_error().empty() ? "no reason given" : messages.first_error()));
  return wkt;
}

bool share_datum(const OGRSpatialReference& a, const OGRSpatialReference& b) {
  struct Release {
    void operator()(OGRSpatialReference* srs) const { srs->Release(); }
  };
  const std::unique_ptr<OGRSpatialReference, Release> of_a(a.CloneGeogCS()), of_b(b.CloneGeogCS());
  return of_a && of_b && of_a->IsSame(of_b.get()) != FALSE;
}

bool same_crs(const OGRSpatialReference& a, const OGRSpatialReference& b) {
  OGRSpatialReference of_a = a, of_b = b;
  for (OGRSpatialReference* srs : {&of_a, &of_b})
    if (srs->IsCompound() != FALSE) srs->StripVertical();
  const char* const options[] = {"IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", nullptr};
  return of_a.IsSame(&of_b, options) != FALSE;
}

std::string title_of(const OGRSpatialReference& srs) {
  const char* name = srs.GetName();
  return name == nullptr || *name == '\0' ? "an unnamed CRS" : name;
}

double full_turn(const OGRSpatialReference& srs) {
  return srs.IsGeographic() != FALSE ? 2 * std::numbers::pi / srs.GetAngularUnits(nullptr) : 0;
}

std::string crs_from_text(const std::string& text, const std::string& option) {
  return wkt_of(map_srs_from_text(text, option));
}

bool is_same_crs(const std::string& a, const std::string& b) {
  if (a == b || a.empty() || b.empty()) return a == b;
  constexpr char kEach[] = "coordinate reference system";
  return same_crs(srs_from_text(a, kEach), srs_from_text(b, kEach));
}

std::string title_of_crs(const std::string& wkt) {
  return title_of(srs_from_text(wkt, "coordinate reference system"));
}

}  // namespace cogmill::crs
