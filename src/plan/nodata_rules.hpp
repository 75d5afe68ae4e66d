// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"
#include "kernels/nodata.hpp"
#include "src/job/job.hpp"
#include "src/plan/operation.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cogmill::plan {

/// The source's nodata as a pixel of another type: the nearest one that the type has, for NaN the
/// lowest.
std::optional<kernels::Nodata> convert_nodata(const std::optional<kernels::Nodata>& nodata,
                                              kernels::DataType type);

/// What happens to nodata, by band, where pixels that hold the output's value already become the
/// output's type.   @param types of the bands before
std::vector<std::optional<NodataChange>> changes_by_conversion(
    const std::vector<kernels::DataType>& types, const OutputImage& image);

/// @return a warning where convert_nodata() has chosen another value than the source's
std::optional<std::string> describe_replaced(const job::Job& job, const io::SceneInfo& scene,
                                             const OutputImage& image);

/// @throws report::UsageError if no pixel of the type can have the value of --dst-nodata
void check_dst_nodata(const job::Job& job, kernels::DataType type);

}  // namespace cogmill::plan
