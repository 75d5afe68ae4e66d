// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "src/io/open_source.hpp"
#include "src/io/scene_info.hpp"
#include "src/warp/warped_source.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace cogmill::warp {

/// A source whose pixels are the output's, some whole pixels away.
struct Placement {
  io::SceneInfo scene;
  std::int64_t col = 0, row = 0;  ///< output pixel of its first one; may lie outside the output
  std::vector<std::optional<kernels::Nodata>> src_nodata;  ///< by band
  bool all_bands_invalid = false;
};

/// Copies the source to windows of the output. Bands are image bands, the alpha band and
/// validity_of(image band), which is 0 beyond the source; other planes are left as they are there.
/// @throws report::RuntimeError if the file cannot be opened
std::unique_ptr<WarpedSource> make_placed_source(const Placement& placement,
                                                 const io::OpenOptions& options);

}  // namespace cogmill::warp
