// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/expression.hpp"
#include "src/expr/indices.hpp"
#include "src/plan/nodata_rules.hpp"
#include "src/plan/operation.hpp"
#include "src/plan/same_grid.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace cogmill::plan {
namespace {

using kernels::DataType;
using kernels::Nodata;

std::string input_name(const job::Input& input) { return input.name.empty() ? "A" : input.name; }

std::vector<expr::BandLabel> band_labels(const io::SceneInfo& scene) {
  std::vector<expr::BandLabel> labels;
  for (const io::BandInfo& band : scene.bands)
    labels.push_back({band.description, band.color_interpretation, band.scale, band.offset});
  return labels;
}

/// Names of the bands as expressions see them; roles are names of the first input's bands.
std::vector<expr::InputBands> input_bands(const job::Job& job,
                                          const std::vector<io::SceneInfo>& scenes) {
  std::vector<expr::InputBands> inputs;
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    expr::InputBands bands{input_name(job.inputs[i]), {}};
    for (const io::BandInfo& band : scenes[i].bands)
      bands.band_descriptions.push_back(band.description);
    if (i == 0) bands.roles = job.roles;
    inputs.push_back(std::move(bands));
  }
  return inputs;
}

void check_roles(const job::Job& job, const io::SceneInfo& first) {
  for (const auto& [role, band] : job.roles)
    if (band > static_cast<int>(first.bands.size()))
      throw report::UsageError("--" + role + " " + std::to_string(band) + ": " + first.path +
                               " has only " + std::to_string(first.bands.size()) + " bands");
}

std::vector<std::string> expressions_of(const job::Job& job,
                                        const std::vector<io::SceneInfo>& scenes) {
  if (!job.index) return job.expressions;
  const auto labels = band_labels(scenes.front());
  return {expr::index_expression(expr::spectral_index(*job.index), input_name(job.inputs.front()),
                                 labels, job.roles)};
}

/// Position of a band among those read from an input; it is added if it is new.
int plane_of(InputUse& use, int band, DataType type) {
  const auto found = std::ranges::find(use.bands, band);
  if (found != use.bands.end()) return static_cast<int>(found - use.bands.begin());
  use.bands.push_back(band);
  use.types.push_back(type);
  return static_cast<int>(use.bands.size()) - 1;
}

/// Masked pixels of an input are pixels without data.
void read_validity(InputUse& use, const io::SceneInfo& scene) {
  if (scene.mask == io::MaskKind::kDataset)
    use.validity = plane_of(use, io::kMaskBand, DataType::kUInt8);
  if (scene.mask == io::MaskKind::kAlpha)
    use.validity = plane_of(use, scene.alpha_band,
                            scene.bands[static_cast<std::size_t>(scene.alpha_band) - 1].type);
}

Operation load_bands(const expr::Compiled& compiled, const job::Job& job,
                     const std::vector<io::SceneInfo>& scenes) {
  Operation operation;
  operation.inputs.resize(scenes.size());
  operation.program = compiled.program;
  for (const expr::BandRef& ref : compiled.loads) {
    const io::SceneInfo& scene = scenes[static_cast<std::size_t>(ref.input)];
    const io::BandInfo& band = scene.bands[static_cast<std::size_t>(ref.band) - 1];
    if (kernels::is_complex(band.type))
      throw report::RuntimeError(describe_complex(scene, ref.band));
    InputUse& use = operation.inputs[static_cast<std::size_t>(ref.input)];
    operation.loads.push_back({ref.input, plane_of(use, ref.band, band.type),
                               job.src_nodata ? job.src_nodata : band.nodata});
  }
  for (std::size_t i = 0; i < scenes.size(); ++i) read_validity(operation.inputs[i], scenes[i]);
  return operation;
}

std::optional<Nodata> computed_nodata(const job::Job& job, DataType type) {
  if (job.dst_nodata) return job.dst_nodata;
  if (kernels::is_floating(type)) return Nodata(std::numeric_limits<double>::quiet_NaN());
  return std::nullopt;
}

Interpretation interpret_calc(const job::Job& job, const std::vector<io::SceneInfo>& scenes) {
  if (!job.warp) require_same_grid(job, scenes);
  check_roles(job, scenes.front());
  const auto expressions = expressions_of(job, scenes);
  const auto bands = input_bands(job, scenes);
  const expr::Compiled compiled = expr::compile(expressions, bands);
  Interpretation result;
  result.operation = load_bands(compiled, job, scenes);

  std::vector<DataType> types;
  for (const ProgramLoad& load : result.operation.loads)
    types.push_back(result.operation.inputs[static_cast<std::size_t>(load.input)]
                        .types[static_cast<std::size_t>(load.plane)]);
  const bool narrow =
      expr::choose_precision(compiled, types, DataType::kFloat32) == kernels::Precision::kFloat32;
  OutputImage& image = result.image;
  image.type = job.output_type.value_or(narrow ? DataType::kFloat32 : DataType::kFloat64);
  if (kernels::is_complex(image.type))
    throw report::UsageError(
        "expressions have no complex results: choose a real --output-data-type");
  result.operation.precision =
      job.precision.value_or(expr::choose_precision(compiled, types, image.type));
  image.bands = static_cast<int>(expressions.size());
  image.computed = true;
  image.nodata.assign(expressions.size(), computed_nodata(job, image.type));
  if (job.index) {
    image.descriptions = {*job.index};
  } else {
    image.descriptions = expressions;
  }
  return result;
}

/// @param i number of the band from 0
bool is_alpha(const io::SceneInfo& scene, std::size_t i) {
  return scene.alpha_band == static_cast<int>(i) + 1;
}

/// Pixels without data get the output's value where that is new, or the type is: a pixel that is
/// data may come out equal to it then, by saturation too.
std::vector<std::optional<NodataChange>> nodata_changes(const job::Job& job,
                                                        const io::SceneInfo& scene,
                                                        const OutputImage& image) {
  std::vector<std::optional<NodataChange>> changes;
  for (std::size_t i = 0; i < scene.bands.size(); ++i) {
    const io::BandInfo& band = scene.bands[i];
    const auto from = job.src_nodata ? job.src_nodata : band.nodata;
    const bool stays = band.type == image.type &&
                       (!job.dst_nodata || (!kernels::is_floating(band.type) && from &&
                                            is_same_pixel(*from, *job.dst_nodata, band.type)));
    changes.push_back(is_alpha(scene, i) || stays ? std::nullopt
                                                  : std::optional(NodataChange{from}));
  }
  return changes;
}

/// --dst-nodata, or the source's value as a pixel of the output. Alpha has none.
std::optional<Nodata> copied_nodata(const job::Job& job, const io::SceneInfo& scene, std::size_t i,
                                    DataType type) {
  if (is_alpha(scene, i)) return std::nullopt;
  if (job.dst_nodata) return job.dst_nodata;
  const io::BandInfo& band = scene.bands[i];
  const auto source = job.src_nodata ? job.src_nodata : band.nodata;
  return band.type == type ? source : convert_nodata(source, type);
}

Interpretation interpret_convert(const job::Job& job, const std::vector<io::SceneInfo>& scenes) {
  const io::SceneInfo& scene = scenes.front();
  Interpretation result;
  OutputImage& image = result.image;
  image.bands = static_cast<int>(scene.bands.size());
  const DataType source_type = scene.bands.front().type;
  InputUse use;
  for (const io::BandInfo& band : scene.bands) {
    if (band.type != source_type && !job.output_type)
      throw report::RuntimeError("the bands of " + scene.path + " have different types (" +
                                 std::string(kernels::name_of(source_type)) + " and " +
                                 std::string(kernels::name_of(band.type)) +
                                 "): choose one with --output-data-type");
    use.bands.push_back(static_cast<int>(use.bands.size()) + 1);
    use.types.push_back(band.type);
  }
  image.type = job.output_type.value_or(source_type);
  for (std::size_t i = 0; i < scene.bands.size(); ++i) {
    const io::BandInfo& band = scene.bands[i];
    if (band.type != image.type &&
        (kernels::is_complex(image.type) || kernels::is_complex(band.type)))
      throw report::UsageError(
          "complex pixels cannot be converted to another type: leave out --output-data-type");
    image.nodata.push_back(copied_nodata(job, scene, i, image.type));
  }
  result.operation.nodata_changes = nodata_changes(job, scene, image);
  image.mask = scene.mask == io::MaskKind::kDataset;
  if (image.mask) {
    use.bands.push_back(io::kMaskBand);
    use.types.push_back(DataType::kUInt8);
  }
  if (scene.alpha_band > 0) image.alpha = scene.alpha_band - 1;
  image.premultiplied = scene.premultiplied;
  result.operation.inputs.push_back(std::move(use));
  return result;
}

}  // namespace

bool is_plain_copy(const Operation& operation, const OutputImage& image) {
  if (operation.program) return false;
  const auto& types = operation.inputs.front().types;
  return std::all_of(types.begin(), types.begin() + image.bands,
                     [&](DataType type) { return type == image.type; });
}

std::string describe_complex(const io::SceneInfo& scene, int band) {
  const DataType type = scene.bands[static_cast<std::size_t>(band) - 1].type;
  return "band " + std::to_string(band) + " of " + scene.path + " is complex (" +
         std::string(kernels::name_of(type)) +
         "), and expressions take real numbers: give a part of it as input, as with -i "
         "DERIVED_SUBDATASET:AMPLITUDE:" +
         scene.path + ", or PHASE, REAL or IMAG";
}

Interpretation interpret(const job::Job& job, const std::vector<io::SceneInfo>& scenes) {
  Interpretation result =
      job.command == "calc" ? interpret_calc(job, scenes) : interpret_convert(job, scenes);
  check_dst_nodata(job, result.image.type);
  result.image.width = scenes.front().width;
  result.image.height = scenes.front().height;
  return result;
}

}  // namespace cogmill::plan
