// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/open_source.hpp"

#include "src/io/gdal_source.hpp"
#include "src/io/tiff_source.hpp"
#include "src/report/log.hpp"
#include "src/report/sizes.hpp"

#include <filesystem>

namespace cogmill::io {
namespace {

/// In single quotes where the shell would take the text apart.
std::string shell_word(const std::string& text) {
  constexpr auto kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,+=@%";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

std::unique_ptr<Source> open_source(const SceneInfo& scene, const OpenOptions& options) {
  const bool fast = scene.storage.fast_path;
  report::log_debug(scene.path + " is opened for the " +
                    (fast ? "tile reader, which keeps up to " +
                                report::format_size(options.cache_bytes) + " of decoded blocks"
                          : "reader through GDAL: " + scene.storage.fallback_reason));
  if (fast) return std::make_unique<TiffSource>(scene, options);
  return std::make_unique<GdalSource>(scene, options);
}

std::string convert_command(const SceneInfo& scene) {
  std::string stem = std::filesystem::path(scene.path).stem().string();
  if (stem.empty()) stem = "output";
  return "cogmill convert " + shell_word(scene.path) + " " + shell_word(stem + "_cog.tif");
}

std::string fallback_notice(const SceneInfo& scene) {
  if (scene.storage.fast_path) return {};
  return scene.path + " is read through GDAL (" + scene.storage.fallback_reason +
         "), which is slower; to convert it once: " + convert_command(scene);
}

std::string orientation_notice(const SceneInfo& scene) {
  if (scene.orientation < 2 || scene.orientation > 8) return {};
  return scene.path + " says that its picture is stored turned or mirrored (Orientation " +
         std::to_string(scene.orientation) +
         "): rows and columns stay as they are stored and the output does not say so; turn a plain "
         "picture first, as with ImageMagick's convert -auto-orient";
}

}  // namespace cogmill::io
