// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/mixed_colours.hpp"

#include "src/report/error.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace cogmill::plan {
namespace {

using kernels::WarpResampling;

/// True for methods whose results need not be one of the samples.
bool mixes(WarpResampling resampling) {
  using enum WarpResampling;
  constexpr std::array kTakeOne{kNearest, kMode, kMin, kMax, kMed, kQ1, kQ3};
  return std::ranges::find(kTakeOne, resampling) == kTakeOne.end();
}

/// The colours of an image band of a mosaic: of the first source that has a table.
/// @param place of the band among the image bands
std::optional<warp::ColourSource> first_colours(const std::vector<io::SceneInfo>& scenes,
                                                std::size_t place) {
  for (const io::SceneInfo& scene : scenes) {
    const int band = io::image_bands(scene)[place];
    if (counts_colours(scene.bands[static_cast<std::size_t>(band) - 1], scene))
      return warp::ColourSource{scene.path, band};
  }
  return std::nullopt;
}

}  // namespace

bool counts_colours(const io::BandInfo& band, const io::SceneInfo& scene) {
  return band.has_color_table && !scene.min_is_white;
}

std::vector<std::optional<warp::ColourSource>> mixed_colours(const io::SceneInfo& scene,
                                                             WarpResampling resampling) {
  std::vector<std::optional<warp::ColourSource>> colours;
  if (!mixes(resampling)) return colours;
  for (const io::BandInfo& band : scene.bands) {
    colours.emplace_back();
    if (!counts_colours(band, scene) || kernels::is_complex(band.type)) continue;
    if (resampling == WarpResampling::kSum)
      throw report::UsageError("--resampling sum would add up the numbers of colours in " +
                               scene.path +
                               ", which has a colour table; use near or mode, or average, which "
                               "takes the nearest colour");
    colours.back() = warp::ColourSource{scene.path, static_cast<int>(colours.size())};
  }
  return colours;
}

void complete_colours(std::vector<warp::MosaicLayer>& layers,
                      const std::vector<io::SceneInfo>& scenes,
                      const std::vector<std::optional<kernels::Nodata>>& nodata) {
  const std::vector<int> first = io::image_bands(scenes.front());
  for (std::size_t place = 0; place < first.size(); ++place) {
    auto colours = first_colours(scenes, place);
    if (!colours) continue;
    colours->stored_nodata = nodata[static_cast<std::size_t>(first[place]) - 1];
    for (warp::MosaicLayer& layer : layers) {
      if (!mixes(layer.warp.kernel.resampling)) continue;
      const int band = io::image_bands(layer.warp.scene)[place];
      auto& own = layer.warp.colours[static_cast<std::size_t>(band) - 1];
      if (!own) own = colours;
      own->stored_nodata = colours->stored_nodata;
    }
  }
}

}  // namespace cogmill::plan
