// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "kernels/overview.hpp"
#include "tests/parity/gdal_pyramid.hpp"

#include <cstdint>
#include <optional>
#include <utility>

namespace cogmill::parity {

enum class Gaps { kNone, kNodata, kNanNodata, kMask };
using Size = std::pair<std::int64_t, std::int64_t>;  ///< width, height [px]

/// @return the nodata value for a band of that type, or nothing. 51 lies amid the values of small
/// integers; the others have none like it. Not negative in integers, because GDAL 3.10 makes 0 of
/// that with mode.
std::optional<kernels::Nodata> nodata_for(kernels::DataType type, Gaps gaps);

/// An image of a formula of column and row: few classes for mode, noise for the others. Patches,
/// single pixels and the whole upper left are gaps: nodata, or masked.
Level make_base(kernels::DataType type, Size size, kernels::Resampling resampling, Gaps gaps,
                const std::optional<kernels::Nodata>& nodata);

/// Converts between Float32 and another type, integers rounded half away from zero.
Level converted(const Level& src, kernels::DataType type);

/// Puts `to` in place of `from` (NaN: of every NaN) in a level of floats.
void replace(Level& level, double from, double to);

}  // namespace cogmill::parity
