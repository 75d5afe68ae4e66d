// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/alignment.hpp"

#include "src/plan/mixed_colours.hpp"
#include "src/plan/nodata_rules.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

namespace cogmill::plan {
namespace {

using kernels::DataType;
using NodataByBand = std::vector<std::optional<kernels::Nodata>>;

NodataByBand source_nodata(const job::Job& job, const io::SceneInfo& scene) {
  NodataByBand nodata;
  for (const io::BandInfo& band : scene.bands)
    nodata.push_back(job.src_nodata ? job.src_nodata : band.nodata);
  return nodata;
}

/// GDAL's rule: a value given on the command line is nodata only where all bands have it.
job::UnifiedNodata unified_rule(const job::Job& job) {
  using job::UnifiedNodata;
  return job.warp->unified_nodata.value_or(job.src_nodata ? UnifiedNodata::kYes
                                                          : UnifiedNodata::kPartial);
}

/// As gdalwarp: one band, and one mask for all, look at the pixel under the centre.
kernels::CentreRule centre_rule(const job::Job& job, const io::SceneInfo& scene) {
  using job::UnifiedNodata;
  const auto rule = unified_rule(job);
  if (scene.bands.size() == 1 || rule == UnifiedNodata::kYes) return kernels::CentreRule::kBand;
  const bool own = rule == UnifiedNodata::kNo && scene.mask == io::MaskKind::kNone;
  return own ? kernels::CentreRule::kNone : kernels::CentreRule::kAnyBand;
}

void check_kernel(const InputAlignment& input) {
  using kernels::WarpResampling;
  const auto method = input.kernel.resampling;
  const bool orders = method >= WarpResampling::kRms && method != WarpResampling::kSum;
  if (orders && kernels::is_complex(input.read.bands.front().type))
    throw report::UsageError("--resampling " + std::string(kernels::name_of(method)) +
                             " is not defined for complex pixels (" + input.read.path +
                             "); use near, bilinear or average");
}

/// An expression sees pixels without a source as it sees masked ones.
void mask_pixels_without_source(InputUse& use) {
  const auto found = std::ranges::find(use.bands, io::kMaskBand);
  use.validity = static_cast<int>(found - use.bands.begin());
  if (found != use.bands.end()) return;
  use.bands.push_back(io::kMaskBand);
  use.types.push_back(DataType::kUInt8);
}

/// NaN is no data where the output has a value for that.
void leave_out_nan(warp::WarpSetup& setup, const OutputImage& image) {
  for (std::size_t band = 0; band < image.nodata.size(); ++band) {
    const DataType type = setup.scene.bands[band].type;
    if (image.nodata[band] && !setup.src_nodata[band] && kernels::is_floating(type))
      setup.src_nodata[band] = kernels::Nodata(std::numeric_limits<double>::quiet_NaN());
  }
}

/// Colours that are multiplied by alpha are resampled with the weights that alpha has, all of them:
/// they stay below it then.
void weigh_as_plain_bands(warp::WarpSetup& setup) {
  const auto alpha = static_cast<std::size_t>(setup.scene.alpha_band) - 1;
  setup.src_nodata[alpha].reset();
  setup.dst_nodata[alpha].reset();
  if (setup.scene.mask == io::MaskKind::kAlpha) setup.scene.mask = io::MaskKind::kNone;
  if (!kernels::is_complex(setup.scene.bands[alpha].type))
    setup.premultiplied_by = setup.scene.alpha_band;
  setup.scene.alpha_band = 0;
}

/// True for alpha that is not resampled: it is brought to the output's type as it is moved.
bool is_moved_alpha(const OutputImage& image, std::size_t band) {
  return image.alpha == static_cast<int>(band) && !image.premultiplied &&
         !kernels::is_complex(image.type);
}

/// Bands are copied: their invalid pixels get the output's nodata at once.
void copy_resampled(InputUse& use, Operation& operation, const OutputImage& image) {
  for (std::size_t band = 0; band < static_cast<std::size_t>(image.bands); ++band)
    use.types[band] = is_moved_alpha(image, band)
                          ? image.type
                          : working_type(use.types[band], image.type, image.nodata[band]);
  use.warp->dst_nodata = working_nodata(use.types, image);
  leave_out_nan(*use.warp, image);
  operation.nodata_changes = changes_by_conversion(use.types, image);
}

void add_alpha_band(const InputAlignment& input, InputUse& use, OutputImage& image) {
  if (input.read.alpha_band > 0) return;  // it has one
  const auto place = static_cast<std::ptrdiff_t>(image.bands);
  use.bands.insert(use.bands.begin() + place, warp::kAddedAlphaBand);
  use.types.insert(use.types.begin() + place, image.type);
  image.alpha = image.bands;
  ++image.bands;
  image.nodata.emplace_back();
}

}  // namespace

crs::SourceOptions source_options(const job::Job& job, const io::SceneInfo& scene) {
  return {scene.path, job.warp->src_crs, job.warp->coordinate_operation,
          job.warp->transformer_options};
}

warp::WarpSetup make_setup(const job::Job& job, const crs::TargetGrid& grid,
                           const InputAlignment& input) {
  check_kernel(input);
  warp::WarpSetup setup;
  setup.scene = input.read;
  setup.source = source_options(job, input.read);
  setup.grid = grid;
  setup.kernel = input.kernel;
  setup.error_threshold = job.warp->error_threshold;
  setup.src_nodata = source_nodata(job, input.read);
  setup.dst_nodata = setup.src_nodata;
  setup.all_bands_invalid = unified_rule(job) == job::UnifiedNodata::kYes;
  setup.kernel.centre = centre_rule(job, input.read);
  setup.colours = mixed_colours(input.read, input.kernel.resampling);
  return setup;
}

std::optional<DataType> wider_signed_type(std::int64_t bytes) {
  switch (bytes) {
    case 1:
      return DataType::kInt16;
    case 2:
      return DataType::kInt32;
    case 4:
      return DataType::kInt64;
    default:
      return std::nullopt;
  }
}

DataType working_type(DataType source, DataType output,
                      const std::optional<kernels::Nodata>& nodata) {
  if (kernels::is_complex(source) || kernels::is_complex(output)) return source;
  const auto& from = kernels::traits(source);
  const auto& to = kernels::traits(output);
  if (to.floating && !from.floating)
    return from.bytes <= 2 ? output : DataType::kFloat64;  // a float has 24 bits
  const bool keeps_sign = to.is_signed || !from.is_signed;
  if (to.floating == from.floating && to.bytes > from.bytes && keeps_sign) return output;
  if (!nodata || can_be_pixel(*nodata, source)) return source;
  return wider_signed_type(std::max(from.bytes, to.bytes)).value_or(output);
}

void cut_out(std::shared_ptr<const crs::Cutline> cutline, Interpretation& interpretation) {
  Operation& operation = interpretation.operation;
  OutputImage& image = interpretation.image;
  operation.cutline = std::move(cutline);
  const bool told = image.mask || image.alpha ||
                    std::ranges::all_of(image.nodata, [](const auto& n) { return n.has_value(); });
  if (told) return;
  image.mask = true;
  operation.inputs.front().bands.push_back(io::kMaskBand);
  operation.inputs.front().types.push_back(DataType::kUInt8);
}

void align(const job::Job& job, const Alignment& alignment, Interpretation& interpretation) {
  Operation& operation = interpretation.operation;
  OutputImage& image = interpretation.image;
  image.width = alignment.grid.width;
  image.height = alignment.grid.height;
  interpretation.grid = alignment.grid;
  for (std::size_t i = 0; i < operation.inputs.size(); ++i) {
    const InputAlignment& input = alignment.inputs[i];
    if (input.on_grid) continue;
    InputUse& use = operation.inputs[i];
    use.warp = make_setup(job, alignment.grid, input);
    if (operation.program) {
      mask_pixels_without_source(use);
    } else {
      copy_resampled(use, operation, image);
      if (image.premultiplied) weigh_as_plain_bands(*use.warp);
      if (job.warp->add_alpha) add_alpha_band(input, use, image);
    }
  }
}

}  // namespace cogmill::plan
