// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/crs_text.hpp"

#include "src/io/gdal_check.hpp"

#include <cpl_conv.h>

#include <algorithm>
#include <cctype>
#include <optional>

namespace cogmill::io {
namespace {

/// An entry of PROJ's database: "EPSG", "7405".
struct Code {
  std::string authority, number;
};

/// @param part nullptr: of the whole
std::optional<Code> code_of(const OGRSpatialReference& crs, const char* part) {
  const char* authority = crs.GetAuthorityName(part);
  const char* number = crs.GetAuthorityCode(part);
  if (authority == nullptr || number == nullptr) return std::nullopt;
  return Code{authority, number};
}

bool are_same(const OGRSpatialReference& a, const OGRSpatialReference& b) {
  const char* const options[] = {"IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", nullptr};
  return a.IsSame(&b, options) != FALSE;
}

/// Files may have any words for a code: only plain ones are looked up.
std::optional<OGRSpatialReference> find(const std::optional<Code>& code) {
  const auto plain = [](const std::string& text) {
    return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
      return std::isalnum(c) != 0 || c == '_';
    });
  };
  if (!code || !plain(code->authority) || !plain(code->number)) return std::nullopt;
  OGRSpatialReference crs;
  const std::string text = code->authority + ":" + code->number;
  if (crs.SetFromUserInput(text.c_str()) != OGRERR_NONE) return std::nullopt;
  return crs;
}

/// What the database has for the code of the whole, if it is that.
std::optional<OGRSpatialReference> find_whole(const OGRSpatialReference& crs) {
  auto found = find(code_of(crs, nullptr));
  if (found && found->IsCompound() != FALSE && are_same(*found, crs)) return found;
  return std::nullopt;
}

std::string exported(const OGRSpatialReference& crs) {
  const char* const options[] = {"FORMAT=WKT2_2019", "MULTILINE=NO", nullptr};
  char* text = nullptr;
  const OGRErr status = crs.exportToWkt(&text, options);
  std::string wkt = text == nullptr || status != OGRERR_NONE ? "" : text;
  CPLFree(text);
  return wkt;
}

/// The text of a CRS without a code of its own, with one. Numbers go without quotation marks.
std::string with_code(std::string wkt, const Code& code) {
  const bool number =
      std::ranges::all_of(code.number, [](unsigned char c) { return std::isdigit(c) != 0; });
  const std::string mark = number ? "" : "\"";
  wkt.pop_back();
  return wkt + ",ID[\"" + code.authority + "\"," + mark + code.number + mark + "]]";
}

/// Made of its parts, so that these have codes and the whole has none. Nothing if the database does
/// not know its heights.
std::optional<OGRSpatialReference> made_of_parts(const OGRSpatialReference& crs) {
  const auto heights = find(code_of(crs, "VERT_CS"));
  if (!heights) return std::nullopt;
  OGRSpatialReference horizontal = crs, whole;
  if (horizontal.StripVertical() != OGRERR_NONE ||
      whole.SetCompoundCS(crs.GetName(), &horizontal, &*heights) != OGRERR_NONE ||
      !are_same(whole, crs))
    return std::nullopt;
  return whole;
}

}  // namespace

OGRSpatialReference with_codes_of_parts(const OGRSpatialReference& crs) {
  if (crs.IsCompound() == FALSE || code_of(crs, "VERT_CS")) return crs;
  const GdalMessages quiet;  // codes that the database does not know
  auto found = find_whole(crs);
  if (!found) return crs;
  found->SetDataAxisToSRSAxisMapping(crs.GetDataAxisToSRSAxisMapping());
  return *found;
}

std::string wkt2_of(const OGRSpatialReference& crs) {
  if (crs.IsCompound() == FALSE) return exported(crs);
  {
    const GdalMessages quiet;
    const auto parts = made_of_parts(with_codes_of_parts(crs));
    std::string wkt = parts ? exported(*parts) : "";
    if (!wkt.empty()) return find_whole(crs) ? with_code(wkt, *code_of(crs, nullptr)) : wkt;
  }
  return exported(crs);
}

}  // namespace cogmill::io
