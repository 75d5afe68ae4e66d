// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/scene_info.hpp"
#include "src/job/job.hpp"
#include "src/plan/operation.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cogmill::plan {

/// What a mosaic of these sources has to be: bands and types as all of them have, the nodata value
/// of the first that has or shows one (NaN in floats if none has), an alpha band if all have one or
/// it is asked for, where the first source has its own, and a mask where masks of the sources would
/// be lost otherwise. Alpha bands are no image bands. Its size and grid are not known yet. Pure.
/// @param shown by source: the nodata value in what shows it, a VRT, instead of its own
/// @pre job.mosaic and job.warp; scenes is not empty
/// @throws report::RuntimeError naming the first source that differs from the others
/// @throws report::UsageError if the method does not go with the pixels
Interpretation interpret_mosaic(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                                const std::vector<std::optional<kernels::Nodata>>& shown);

/// @return a warning where the output cannot have a source's nodata value, and has another, or
/// where no pixel can have that of --src-nodata
/// @param shown, image as of interpret_mosaic()
std::optional<std::string> describe_replaced(
    const job::Job& job, const std::vector<io::SceneInfo>& scenes,
    const std::vector<std::optional<kernels::Nodata>>& shown, const OutputImage& image);

}  // namespace cogmill::plan
