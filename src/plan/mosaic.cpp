// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/mosaic.hpp"

#include "src/plan/alignment.hpp"
#include "src/plan/nodata_rules.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>

namespace cogmill::plan {
namespace {

using kernels::DataType;
using kernels::Nodata;
using report::RuntimeError;

/// What the bands are that are no alpha.
std::vector<io::BandInfo> image_facts(const io::SceneInfo& scene) {
  std::vector<io::BandInfo> bands;
  for (const int band : io::image_bands(scene))
    bands.push_back(scene.bands[static_cast<std::size_t>(band) - 1]);
  return bands;
}

std::string count_text(std::size_t bands) {
  return std::to_string(bands) + (bands == 1 ? " band" : " bands");
}

void require_same_bands(const std::vector<io::SceneInfo>& scenes) {
  const auto first = image_facts(scenes.front());
  if (first.empty()) throw RuntimeError(scenes.front().path + " has no band but its alpha");
  for (const io::SceneInfo& scene : scenes) {
    const auto bands = image_facts(scene);
    if (bands.size() != first.size())
      throw RuntimeError("the sources of a mosaic have to have the same bands: " +
                         scenes.front().path + " has " + count_text(first.size()) + ", " +
                         scene.path + " has " + count_text(bands.size()) + " (alpha left out)");
    for (std::size_t i = 0; i < bands.size(); ++i)
      if (bands[i].type != first[i].type)
        throw RuntimeError("the sources of a mosaic have to have the same types: band " +
                           std::to_string(i + 1) + " of " + scenes.front().path + " is " +
                           std::string(kernels::name_of(first[i].type)) + ", of " + scene.path +
                           " " + std::string(kernels::name_of(bands[i].type)) +
                           "; convert one of them with cogmill convert --output-data-type");
  }
}

void require_one_type(const job::Job& job, const io::SceneInfo& scene,
                      const std::vector<io::BandInfo>& bands) {
  for (const io::BandInfo& band : bands)
    if (band.type != bands.front().type && !job.output_type)
      throw RuntimeError("the bands of " + scene.path + " have different types (" +
                         std::string(kernels::name_of(bands.front().type)) + " and " +
                         std::string(kernels::name_of(band.type)) +
                         "): choose one with --output-data-type");
}

void check_complex(const job::Job& job, DataType source, DataType output) {
  if (kernels::is_complex(source) != kernels::is_complex(output) ||
      (kernels::is_complex(source) && source != output))
    throw report::UsageError(
        "complex pixels cannot be converted to another type: leave out --output-data-type");
  if (kernels::is_complex(source) && !kernels::takes_one(job.mosaic->method))
    throw report::UsageError("--method mean, min and max need real pixels; use first or last");
}

/// The first value that a source has for the band.
std::optional<Nodata> band_nodata(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                                  const std::vector<std::optional<Nodata>>& shown, std::size_t band,
                                  DataType type) {
  if (job.dst_nodata) return job.dst_nodata;
  if (job.src_nodata) return job.src_nodata;
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    const io::BandInfo info = image_facts(scenes[i])[band];
    const auto nodata = shown[i] ? shown[i] : info.nodata;
    if (nodata) return info.type == type ? nodata : convert_nodata(nodata, type);
  }
  const bool real_float = kernels::is_floating(type) && !kernels::is_complex(type);
  if (real_float) return Nodata(std::numeric_limits<double>::quiet_NaN());
  return std::nullopt;
}

}  // namespace

Interpretation interpret_mosaic(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                                const std::vector<std::optional<Nodata>>& shown) {
  require_same_bands(scenes);
  const auto bands = image_facts(scenes.front());
  require_one_type(job, scenes.front(), bands);
  Interpretation result;
  OutputImage& image = result.image;
  image.type = job.output_type.value_or(bands.front().type);
  image.bands = static_cast<int>(bands.size());
  InputUse use;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    check_complex(job, bands[i].type, image.type);
    use.bands.push_back(static_cast<int>(i) + 1);
    use.types.push_back(working_type(bands[i].type, image.type));
    image.nodata.push_back(band_nodata(job, scenes, shown, i, image.type));
  }
  check_dst_nodata(job, image.type);
  const auto has_alpha = [](const io::SceneInfo& scene) { return scene.alpha_band > 0; };
  const auto has_mask = [](const io::SceneInfo& scene) {
    return scene.mask != io::MaskKind::kNone || scene.alpha_band > 0;
  };
  if (job.warp->add_alpha || std::ranges::all_of(scenes, has_alpha)) {
    image.alpha = image.bands++;
    image.nodata.emplace_back();
    use.bands.push_back(warp::kAddedAlphaBand);
    use.types.push_back(image.type);
  } else if (std::ranges::any_of(scenes, has_mask) && !image.nodata.front()) {
    image.mask = true;
    use.bands.push_back(io::kMaskBand);
    use.types.push_back(DataType::kUInt8);
  }
  result.operation.inputs.push_back(std::move(use));
  return result;
}

}  // namespace cogmill::plan
