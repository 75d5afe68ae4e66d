// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"
#include "kernels/nodata.hpp"
#include "src/job/job.hpp"

#include <optional>

namespace cogmill::plan {

/// The source's nodata as a pixel of another type: clamped as pixels are, dropped if it is NaN and
/// the type has none.
std::optional<kernels::Nodata> convert_nodata(const std::optional<kernels::Nodata>& nodata,
                                              kernels::DataType type);

/// @throws report::UsageError if no pixel of the type can have the value of --dst-nodata
void check_dst_nodata(const job::Job& job, kernels::DataType type);

}  // namespace cogmill::plan
