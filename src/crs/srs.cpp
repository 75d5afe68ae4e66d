// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/srs.hpp"

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

std::string title_of(const OGRSpatialReference& srs) {
  const char* name = srs.GetName();
  return name == nullptr || *name == '\0' ? "an unnamed CRS" : name;
}

double full_turn(const OGRSpatialReference& srs) {
  return srs.IsGeographic() != FALSE ? 2 * std::numbers::pi / srs.GetAngularUnits(nullptr) : 0;
}

std::string crs_from_text(const std::string& text, const std::string& option) {
  return wkt_of(srs_from_text(text, option));
}

std::string title_of_crs(const std::string& wkt) {
  return title_of(srs_from_text(wkt, "coordinate reference system"));
}

}  // namespace cogmill::crs
