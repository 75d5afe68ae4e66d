// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/plan/operation.hpp"

#include <optional>
#include <string>

namespace cogmill::plan {

/// The nodata value that the output's file has for all its bands: TIFF has room for one. A band
/// without a value goes with any value that none of its pixels can have (-9999 in a Byte band), and
/// with NaN, which is no data in every band. The alpha band has none.
/// @throws report::RuntimeError if pixels of one band would be data and in another not: it shows
/// the values and names --dst-nodata   @param from where the bands come from, for the message
std::optional<kernels::Nodata> one_nodata(const OutputImage& image, const std::string& from);

}  // namespace cogmill::plan
