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

/// True if a pixel of the type, of a complex one its real part, can have the value.
bool can_be_pixel(const kernels::Nodata& nodata, kernels::DataType type);

/// True if two values are one pixel of the type, or none.
bool is_same_pixel(const kernels::Nodata& a, const kernels::Nodata& b, kernels::DataType type);

/// What pixels without data are, by band, before they become pixels of the output: its nodata
/// value, or where their type is another a value that no data is, so that data that comes out equal
/// to nodata is moved, and counted, once.   @param types of the bands before: of working_type()
std::vector<std::optional<kernels::Nodata>> working_nodata(
    const std::vector<kernels::DataType>& types, const OutputImage& image);

/// What happens to nodata, by band, where working_nodata() becomes the output's.
std::vector<std::optional<NodataChange>> changes_by_conversion(
    const std::vector<kernels::DataType>& types, const OutputImage& image);

/// @return a warning where pixels without data are not what the sources or the command line say:
/// convert_nodata() has chosen another value than the source's, --src-nodata is a value that no
/// pixel can have, or an expression makes nodata that its output has no value for
std::optional<std::string> describe_replaced(const job::Job& job, const io::SceneInfo& scene,
                                             const OutputImage& image);
/// The warning for a --src-nodata that no pixel of any scene can have.
std::optional<std::string> describe_idle_src_nodata(const job::Job& job,
                                                    const std::vector<io::SceneInfo>& scenes);
/// The warning for one band.   @param from nodata of the source at `path`   @param to of the output
std::optional<std::string> describe_replaced(const std::optional<kernels::Nodata>& from,
                                             const std::optional<kernels::Nodata>& to,
                                             kernels::DataType type, const std::string& path);

/// @throws report::UsageError if no pixel of the type can have the value of --dst-nodata
void check_dst_nodata(const job::Job& job, kernels::DataType type);

}  // namespace cogmill::plan
