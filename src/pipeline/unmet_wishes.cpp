// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/unmet_wishes.hpp"

#include "src/crs/crs_pair.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <sstream>
#include <string_view>

namespace cogmill::pipeline {
namespace {

using io::MosaicWish;
using Kind = MosaicWish::Kind;

/// Numbers between commas; empty if one of them is none.
std::vector<double> numbers_of(const std::string& text) {
  std::vector<double> numbers;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) {
    const auto number = kernels::Nodata::parse(part);
    if (!number) return {};
    numbers.push_back(number->as_double());
  }
  return numbers;
}

bool has_resolution(const crs::TargetGrid& grid, const std::string& text) {
  constexpr double kNearly = 1e-6;  // of a pixel
  const auto wanted = numbers_of(text);
  return wanted.size() == 2 && std::abs(wanted[0] / std::abs(grid.geotransform[1]) - 1) < kNearly &&
         std::abs(wanted[1] / std::abs(grid.geotransform[5]) - 1) < kNearly;
}

bool has_extent(const crs::TargetGrid& grid, const std::string& text) {
  constexpr double kNearly = 1e-3;  // [px]
  const auto& g = grid.geotransform;
  const auto wanted = numbers_of(text);
  if (wanted.size() != 4 || g[2] != 0 || g[4] != 0) return false;
  const std::array<double, 4> has = {g[0], g[3] + static_cast<double>(grid.height) * g[5],
                                     g[0] + static_cast<double>(grid.width) * g[1], g[3]};
  for (std::size_t i = 0; i < 4; ++i)
    if (!(std::abs(wanted[i] - has[i]) < kNearly * std::abs(i % 2 == 0 ? g[1] : g[5])))
      return false;
  return true;
}

bool has_crs(const crs::TargetGrid& grid, const MosaicWish& wish) {
  const std::string wkt = crs::crs_from_text(wish.value, "the SRS of " + wish.list);
  return !grid.crs_wkt.empty() && crs::CrsPair(wkt, grid.crs_wkt, std::nullopt).is_identity();
}

bool has_nodata(const plan::OutputImage& image, const std::string& text) {
  const auto wanted = numbers_of(text);
  const auto bands = static_cast<std::size_t>(image.bands - (image.alpha ? 1 : 0));
  for (std::size_t i = 0; i < bands; ++i) {
    const auto& nodata = image.nodata[i];
    const double one = wanted.empty() ? 0 : wanted[std::min(i, wanted.size() - 1)];
    if (wanted.empty() || !nodata || !(*nodata == kernels::Nodata(one))) return false;
  }
  return true;
}

/// The command line says how it is to be.
bool is_decided(const job::Job& job, Kind kind) {
  const crs::GridOptions& grid = job.warp->grid;
  switch (kind) {
    case Kind::kResolution:
      return grid.resolution || grid.size || !grid.like.empty();
    case Kind::kExtent:
      return grid.bbox || !grid.like.empty() || (job.warp->cutline && job.warp->cutline->crop);
    case Kind::kCrs:
      return !grid.dst_crs.empty() || !grid.like.empty();
    case Kind::kNodata:
      return job.dst_nodata.has_value();
    case Kind::kDataType:
      return job.output_type.has_value();
    default:
      return false;
  }
}

bool is_met(const job::Job& job, const MosaicWish& wish, const crs::TargetGrid& grid,
            const plan::OutputImage& image) {
  switch (wish.kind) {
    case Kind::kResolution:
      return has_resolution(grid, wish.value);
    case Kind::kExtent:
      return has_extent(grid, wish.value);
    case Kind::kCrs:
      return has_crs(grid, wish);
    case Kind::kResampling:
      return kernels::warp_resampling_from_name(wish.value) == job.warp->resampling;
    case Kind::kNodata:
      return has_nodata(image, wish.value);
    case Kind::kDataType:
      return wish.value == kernels::name_of(image.type);
    case Kind::kBandCount:
      return wish.value == std::to_string(image.bands);
    case Kind::kMask:
      return image.mask || image.alpha;
    case Kind::kUnknown:
      return false;
  }
  return false;
}

/// Short, and on one line.
std::string shown(const std::string& text) {
  constexpr std::size_t kMost = 80;
  std::string line = text.substr(0, kMost);
  std::ranges::replace_if(
      line, [](unsigned char c) { return c < ' '; }, ' ');
  return line + (text.size() > kMost ? "..." : "");
}

/// The option that would do it; empty if there is none.
std::string option_for(const MosaicWish& wish) {
  switch (wish.kind) {
    case Kind::kResolution:
      return "--resolution " + shown(wish.value);
    case Kind::kExtent:
      return "--bbox " + shown(wish.value);
    case Kind::kCrs:
      return "--dst-crs " + shown(wish.value);
    case Kind::kResampling:
      return "-r " + shown(wish.value);
    case Kind::kNodata:
      return "--dst-nodata " + shown(wish.value);
    case Kind::kDataType:
      return "--output-data-type " + shown(wish.value);
    case Kind::kMask:
      return "--add-alpha";
    default:
      return {};
  }
}

struct Unmet {
  std::string list, options, others;
  void add(const MosaicWish& wish) {
    const std::string option = option_for(wish);
    if (!option.empty()) {
      options += " " + option;
      return;
    }
    others += (others.empty() ? "" : ", ") + shown(wish.value);
    if (wish.kind == Kind::kBandCount) others += wish.value == "1" ? " band" : " bands";
  }
  std::string text() const {
    std::string line = list + " says of the mosaic what only options do here";
    if (!options.empty()) line += ":" + options;
    if (!others.empty()) line += (options.empty() ? ":" : "; and") + (" without effect: " + others);
    return line;
  }
};

}  // namespace

std::vector<std::string> unmet_wishes(const job::Job& job, const std::vector<MosaicWish>& wishes,
                                      const crs::TargetGrid& grid, const plan::OutputImage& image) {
  std::vector<Unmet> unmet;
  for (const MosaicWish& wish : wishes) {
    if (is_decided(job, wish.kind) || is_met(job, wish, grid, image)) continue;
    if (unmet.empty() || unmet.back().list != wish.list) unmet.push_back({wish.list, "", ""});
    unmet.back().add(wish);
  }
  std::vector<std::string> lines;
  for (const Unmet& one : unmet) lines.push_back(one.text());
  return lines;
}

}  // namespace cogmill::pipeline
