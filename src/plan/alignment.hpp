// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/warp_kernel.hpp"
#include "src/crs/target_grid.hpp"
#include "src/io/scene_info.hpp"
#include "src/job/job.hpp"
#include "src/plan/operation.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::plan {

/// How one input comes onto the output's grid.
struct InputAlignment {
  bool on_grid = false;  ///< it is there already: its pixels are taken as they are
  io::SceneInfo read;    ///< what is read of it: the file, or an overview
  kernels::WarpKernel kernel;
};

/// The output's grid and what its inputs need: found by root, which may look into files, and
/// shared.
struct Alignment {
  crs::TargetGrid grid;
  std::vector<InputAlignment> inputs;
};

/// Where the input's file is tied to the ground.
crs::SourceOptions source_options(const job::Job& job, const io::SceneInfo& scene);

/// How one input is resampled on its way to the grid, and what is invalid in it.
/// @throws report::UsageError if the resampling does not go with the pixels
warp::WarpSetup make_setup(const job::Job& job, const crs::TargetGrid& grid,
                           const InputAlignment& input);

/// The narrowest integer type with all values of the signed and the unsigned one of so many bytes;
/// nothing if there is none.
std::optional<kernels::DataType> wider_signed_type(std::int64_t bytes);

/// The type in which a band is resampled: the output's if that is at least as wide, so that nothing
/// is rounded twice. It has the output's nodata value too, so that holes stay holes.
kernels::DataType working_type(kernels::DataType source, kernels::DataType output,
                               const std::optional<kernels::Nodata>& nodata = std::nullopt);

/// Cuts the output out, which is on the cutline's grid. Without nodata, mask and alpha it gets a
/// mask, so that what is outside can be told.
void cut_out(std::shared_ptr<const crs::Cutline> cutline, Interpretation& interpretation);

/// Puts an interpretation that was made for one grid onto the alignment's: size, a WarpSetup for
/// each input that needs one, planes for what has no source, an alpha band if one is asked for.
/// Pure.
/// @throws report::UsageError if the resampling does not go with the pixels
void align(const job::Job& job, const Alignment& alignment, Interpretation& interpretation);

}  // namespace cogmill::plan
