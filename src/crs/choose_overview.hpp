// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/target_grid.hpp"

#include <cstdint>
#include <span>

namespace cogmill::crs {

/// --overview: auto | auto-N | none | N, as gdalwarp -ovr.
struct OverviewOption {
  enum class Rule : std::uint8_t { kAuto, kNone, kLevel };
  Rule rule = Rule::kAuto;
  int number = 0;  ///< kAuto: finer than the automatic choice by so many levels; kLevel: which one
};

/// How many full-resolution source columns an output column stands for, as gdalwarp -ovr AUTO asks:
/// where box and resolution or size are given, or --like, the width of the source positions of
/// 10 x 10 output positions over the output's width; else the output's pixel size over the one that
/// GDAL suggests. Opens the source.
/// @return 1 if it cannot be told   @throws as make_pixel_transformer
double overview_ratio(const SourceOptions& source, const TargetGrid& target,
                      const GridOptions& options);

/// gdalwarp's choice (3.6): the coarsest overview that is not coarser than the output.
/// @param overview_widths from fine to coarse [px]
/// @return index of the overview to read; -1: full resolution. A level that does not exist: the
/// last one.
int choose_overview(std::int64_t full_width, std::span<const std::int64_t> overview_widths,
                    double target_ratio, const OverviewOption& option);

}  // namespace cogmill::crs
