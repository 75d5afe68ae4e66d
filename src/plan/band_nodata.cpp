// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/band_nodata.hpp"

#include "src/plan/nodata_rules.hpp"
#include "src/report/error.hpp"

#include <cstddef>
#include <vector>

namespace cogmill::plan {
namespace {

using kernels::Nodata;

/// True if a pixel of the type can be told from data by the value alone.
bool hides_pixels(const std::optional<Nodata>& nodata, kernels::DataType type) {
  if (!nodata) return false;
  if (kernels::is_complex(type)) return true;
  return kernels::visit_real_type(type, [&]<class T>(T) {
    const std::optional<T> value = nodata->as<T>();
    return value && *value == *value;  // NaN is no data without being said
  });
}

bool is_alpha(const OutputImage& image, std::size_t band) {
  return image.alpha == static_cast<int>(band);
}

/// "band 1: 0, bands 2 to 4: none": neighbours with one value together, and not without end.
std::string list_values(const OutputImage& image) {
  constexpr int kMost = 6;
  const auto& bands = image.nodata;
  std::string text;
  int named = 0;
  for (std::size_t first = 0, next = 0; first < bands.size(); first = next) {
    next = first + 1;
    if (is_alpha(image, first)) continue;
    if (named++ == kMost) return text + ", ...";
    while (next < bands.size() && !is_alpha(image, next) && bands[next] == bands[first]) ++next;
    text += text.empty() ? "" : ", ";
    text += next == first + 1
                ? "band " + std::to_string(next)
                : "bands " + std::to_string(first + 1) + " to " + std::to_string(next);
    text += ": " + (bands[first] ? bands[first]->to_string() : "none");
  }
  return text;
}

}  // namespace

std::optional<Nodata> one_nodata(const OutputImage& image, const std::string& from) {
  std::vector<std::optional<Nodata>> bands;
  for (std::size_t i = 0; i < image.nodata.size(); ++i)
    if (!is_alpha(image, i)) bands.push_back(image.nodata[i]);
  std::optional<Nodata> any;
  for (const auto& nodata : bands)
    if (nodata && (!any || (hides_pixels(nodata, image.type) && !hides_pixels(any, image.type))))
      any = nodata;
  if (!hides_pixels(any, image.type)) return any;
  for (const auto& nodata : bands)
    if (!hides_pixels(nodata, image.type) || !is_same_pixel(*nodata, *any, image.type))
      throw report::RuntimeError(
          "the bands of " + from + " have different nodata values (" + list_values(image) +
          "), and a GeoTIFF has one for all: choose it with --dst-nodata VALUE, a value that is "
          "not data in any band");
  return any;
}

}  // namespace cogmill::plan
