// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/mosaic.hpp"

#include "src/plan/alignment.hpp"
#include "src/plan/mixed_colours.hpp"
#include "src/plan/mosaic_meaning.hpp"
#include "src/plan/nodata_rules.hpp"
#include "src/report/counted.hpp"
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

const io::BandInfo& image_fact(const io::SceneInfo& scene, std::size_t band) {
  return scene.bands[static_cast<std::size_t>(io::image_bands(scene)[band]) - 1];
}

void require_same_bands(const std::vector<io::SceneInfo>& scenes) {
  const auto first = image_facts(scenes.front());
  if (first.empty()) throw RuntimeError(scenes.front().path + " has no band but its alpha");
  for (const io::SceneInfo& scene : scenes) {
    const auto bands = image_facts(scene);
    if (bands.size() != first.size())
      throw RuntimeError(
          "the sources of a mosaic have to have the same bands: " + scenes.front().path + " has " +
          report::counted(first.size(), "band") + ", " + scene.path + " has " +
          report::counted(bands.size(), "band") + " (alpha left out)");
  }
}

/// The smallest integer type that holds all values of two; nothing if there is none.
std::optional<DataType> common_integer(DataType a, DataType b) {
  const auto &s = kernels::traits(a), &t = kernels::traits(b);
  if (s.is_signed == t.is_signed) return s.bytes >= t.bytes ? a : b;
  const auto &with_sign = s.is_signed ? s : t, &without = s.is_signed ? t : s;
  if (with_sign.bytes > without.bytes) return s.is_signed ? a : b;
  return wider_signed_type(without.bytes);
}

/// The smallest type that holds all values of two; nothing if there is none.
std::optional<DataType> common_type(DataType a, DataType b) {
  if (a == b) return a;
  if (kernels::is_complex(a) || kernels::is_complex(b)) return std::nullopt;
  const bool a_floats = kernels::is_floating(a), b_floats = kernels::is_floating(b);
  if (!a_floats && !b_floats) return common_integer(a, b);
  if (a_floats && b_floats) return kernels::size_bytes(a) > kernels::size_bytes(b) ? a : b;
  const auto bytes = kernels::size_bytes(a_floats ? b : a);
  if (bytes > 4) return std::nullopt;
  return bytes <= 2 ? (a_floats ? a : b) : DataType::kFloat64;  // a float has 24 bits
}

/// The type that holds a band of all sources. They may differ if the output's type is told.
DataType type_of_all(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                     std::size_t band) {
  DataType all = image_fact(scenes.front(), band).type;
  for (const io::SceneInfo& scene : scenes) {
    const DataType own = image_fact(scene, band).type;
    const auto common = common_type(all, own);
    if (own == all || (common && job.output_type)) {
      all = *common;
      continue;
    }
    throw RuntimeError("the sources of a mosaic have different types: band " +
                       std::to_string(band + 1) + " of " + scenes.front().path + " is " +
                       std::string(kernels::name_of(all)) + ", of " + scene.path + " " +
                       std::string(kernels::name_of(own)) +
                       (common ? "; say what it is to be with --output-data-type, for example " +
                                     std::string(kernels::name_of(*common))
                               : "; no type holds both: convert one of them with cogmill convert "
                                 "--output-data-type"));
  }
  return all;
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

void check_colours(const job::Job& job, const std::vector<io::SceneInfo>& scenes) {
  if (job.mosaic->method != warp::MosaicMethod::kMean) return;
  for (const io::SceneInfo& scene : scenes)
    for (const io::BandInfo& band : scene.bands)
      if (counts_colours(band, scene))
        throw report::UsageError("--method mean would mix the numbers of colours in " + scene.path +
                                 ", which has a colour table; use first, last, min or max");
}

/// What marks pixels without data of one source's band.
struct FoundNodata {
  std::optional<Nodata> value;
  std::string path;  ///< of the source
};

/// The first value that a source has for the band.
FoundNodata first_nodata(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                         const std::vector<std::optional<Nodata>>& shown, std::size_t band) {
  if (job.src_nodata) return {job.src_nodata, scenes.front().path};
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    const auto nodata = shown[i] ? shown[i] : image_fact(scenes[i], band).nodata;
    if (nodata) return {nodata, scenes[i].path};
  }
  return {};
}

/// The output's value for the band.   @param before type of its pixels
std::optional<Nodata> band_nodata(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                                  const std::vector<std::optional<Nodata>>& shown, std::size_t band,
                                  DataType before, DataType type) {
  if (job.dst_nodata) return job.dst_nodata;
  if (const auto first = first_nodata(job, scenes, shown, band).value)
    return before == type ? first : convert_nodata(first, type);
  const bool real_float = kernels::is_floating(type) && !kernels::is_complex(type);
  if (real_float) return Nodata(std::numeric_limits<double>::quiet_NaN());
  return std::nullopt;
}

/// Where the first source has its own, for the bands behind it mean what they mean there; else the
/// last.
void add_alpha_band(const io::SceneInfo& first, InputUse& use, OutputImage& image) {
  const int place = first.alpha_band > 0 ? first.alpha_band - 1 : image.bands;
  const auto insert = [place](auto& list, auto value) { list.insert(list.begin() + place, value); };
  ++image.bands;
  image.alpha = place;
  image.premultiplied = first.premultiplied;
  insert(image.nodata, std::optional<Nodata>());
  if (!image.descriptions.empty()) insert(image.descriptions, std::string());
  insert(use.bands, warp::kAddedAlphaBand);
  insert(use.types, image.type);
}

}  // namespace

Interpretation interpret_mosaic(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                                const std::vector<std::optional<Nodata>>& shown) {
  require_same_bands(scenes);
  require_same_meaning(scenes);
  check_colours(job, scenes);
  const auto bands = image_facts(scenes.front());
  require_one_type(job, scenes.front(), bands);
  Interpretation result;
  OutputImage& image = result.image;
  image.type = job.output_type.value_or(bands.front().type);
  image.bands = static_cast<int>(bands.size());
  if (scenes.size() > 1) image.items = common_items(scenes);
  image.descriptions = common_names(scenes);
  InputUse use;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const DataType type = type_of_all(job, scenes, i);
    check_complex(job, type, image.type);
    use.bands.push_back(io::image_bands(scenes.front())[i]);
    image.nodata.push_back(band_nodata(job, scenes, shown, i, type, image.type));
    use.types.push_back(working_type(type, image.type, image.nodata.back()));
  }
  check_dst_nodata(job, image.type);
  const auto has_alpha = [](const io::SceneInfo& scene) { return scene.alpha_band > 0; };
  const auto has_mask = [](const io::SceneInfo& scene) {
    return scene.mask != io::MaskKind::kNone || scene.alpha_band > 0;
  };
  if (job.warp->add_alpha || std::ranges::all_of(scenes, has_alpha)) {
    add_alpha_band(scenes.front(), use, image);
  } else if (std::ranges::any_of(scenes, has_mask) && !image.nodata.front()) {
    image.mask = true;
    use.bands.push_back(io::kMaskBand);
    use.types.push_back(DataType::kUInt8);
  }
  result.operation.nodata_changes = changes_by_conversion(use.types, image);
  result.operation.inputs.push_back(std::move(use));
  return result;
}

std::optional<std::string> describe_replaced(const job::Job& job,
                                             const std::vector<io::SceneInfo>& scenes,
                                             const std::vector<std::optional<Nodata>>& shown,
                                             const OutputImage& image) {
  if (auto text = describe_idle_src_nodata(job, scenes)) return text;
  if (job.dst_nodata) return std::nullopt;
  for (std::size_t i = 0; i < image_facts(scenes.front()).size(); ++i) {
    const FoundNodata found = first_nodata(job, scenes, shown, i);
    const std::size_t band = i + (image.alpha && static_cast<std::size_t>(*image.alpha) <= i);
    const auto text = describe_replaced(found.value, image.nodata[band], image.type, found.path);
    if (text) return text;
  }
  return std::nullopt;
}

}  // namespace cogmill::plan
