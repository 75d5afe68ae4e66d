// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/scene_info.hpp"
#include "src/io/source.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace cogmill::io {

struct OpenOptions {
  OnError on_error = OnError::kStop;
  std::int64_t cache_bytes = 0;  ///< decoded blocks kept for neighbouring windows, at most
  std::function<void(const std::string&)> warn =
      {};  ///< takes GDAL's warnings, each text once; called from any thread
};

/// Opens the file for pixels: with the tile reader where scene.storage.fast_path says so, else with
/// GDAL. The log says which at level debug. Local.
/// @throws report::RuntimeError if it cannot be opened, or is no longer what `scene` describes
std::unique_ptr<Source> open_source(const SceneInfo& scene, const OpenOptions& options);

/// @return the shell command that would make a file for the tile reader out of this one
std::string convert_command(const SceneInfo& scene);

/// @return one line for the log, why the file is read through GDAL and how to convert it; empty if
/// the tile reader takes it
std::string fallback_notice(const SceneInfo& scene);

/// @return one line on a TIFF whose picture is stored turned or mirrored, which outputs do not say;
/// empty if it is not
std::string orientation_notice(const SceneInfo& scene);

}  // namespace cogmill::io
