// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/source_block.hpp"

#include "kernels/opacity_pixel.hpp"
#include "src/io/validity.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace cogmill::warp {
namespace {

using kernels::DataType;
using kernels::Plane;
using partition::Window;

const kernels::Nodata kNan(std::numeric_limits<double>::quiet_NaN());

}  // namespace

bool has_nodata(const SourceReading& reading,
                const std::vector<std::optional<kernels::Nodata>>& nodata) {
  return std::ranges::any_of(reading.image, [&](int band) {
    return nodata[static_cast<std::size_t>(band) - 1].has_value();
  });
}

SourceReading plan_reading(const io::SceneInfo& scene, std::vector<int> image) {
  SourceReading reading;
  reading.image = std::move(image);
  const auto type_of = [&](int band) {
    return scene.bands[static_cast<std::size_t>(band) - 1].type;
  };
  for (const int band : reading.image) {
    reading.bands.push_back(band);
    reading.types.push_back(type_of(band));
  }
  reading.validity = scene.mask != io::MaskKind::kNone;
  if (reading.validity) {
    reading.bands.push_back(io::kMaskBand);
    reading.types.push_back(DataType::kUInt8);
  }
  if (scene.alpha_band > 0) {
    reading.alpha = scene.alpha_band;
    reading.mask_and_alpha = scene.mask == io::MaskKind::kDataset;
    reading.bands.push_back(reading.alpha);
    reading.types.push_back(type_of(reading.alpha));
  }
  return reading;
}

io::DecodeReport SourceBlock::decode(io::Source& source, const SourceReading& reading,
                                     const Window& window, std::span<const UnrolledPart> parts,
                                     std::span<const std::unique_ptr<io::Fetched>> fetched) {
  window_ = window;
  pixels_ = engine_.room(Room::kSource, window, reading.types);
  io::DecodeReport total;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Window at = partition::relative_to(parts[i].unrolled, window.col, window.row);
    std::vector<Plane> planes;
    for (const Plane& plane : pixels_)
      planes.push_back(plane.crop(at.col, at.row, at.width, at.height));
    const bool read = i < fetched.size();
    const auto now = read ? nullptr : source.fetch(parts[i].source, reading.bands);
    total.add(engine_.decode(source, read ? *fetched[i] : *now, planes));
    if (!read) total.bytes_read += now->bytes_read();
  }
  return total;
}

/// All valid, or what the file's mask says.
void SourceBlock::begin_valid(const Plane& valid, const SourceReading& reading) {
  if (reading.validity)
    engine_.convert(pixels_[reading.image.size()], valid);
  else
    engine_.fill(valid, &io::kValid);
}

void SourceBlock::look_at_alpha(const SourceReading& reading) {
  alpha_ = density_ = {};
  if (reading.alpha == 0) return;
  alpha_ = pixels_[reading.bands.size() - 1];
  if (reading.mask_and_alpha) engine_.hide_transparent(alpha_, pixels_[reading.image.size()]);
  if (!kernels::has_opaque_value(alpha_.type)) return;  // nothing says what a full weight is
  const Plane density = engine_.room(Room::kSourceDensity, window_, DataType::kFloat32);
  engine_.to_density(alpha_, density);
  density_ = density;
}

void SourceBlock::find_valid(const SourceReading& reading,
                             const std::vector<std::optional<kernels::Nodata>>& nodata,
                             bool all_bands) {
  const std::size_t bands = reading.image.size();
  valid_.assign(bands, {});
  look_at_alpha(reading);
  if (!has_nodata(reading, nodata)) {
    if (reading.validity) valid_.assign(bands, pixels_[bands]);
    return;
  }
  const auto masks =
      engine_.room(Room::kSourceValid, window_, std::vector<DataType>(bands, DataType::kUInt8));
  for (std::size_t i = 0; i < bands; ++i) {
    begin_valid(masks[i], reading);
    valid_[i] = masks[i];
    const auto& value = nodata[static_cast<std::size_t>(reading.image[i]) - 1];
    if (value) engine_.invalidate_nodata(pixels_[i], *value, masks[i]);
  }
  if (all_bands) unite_bands(masks);
}

/// A pixel is invalid only where all bands are; but NaN is no data whatever the others are.
void SourceBlock::unite_bands(std::span<const Plane> masks) {
  for (std::size_t i = 1; i < masks.size(); ++i) engine_.unite_valid(masks[i], masks[0]);
  const auto may_be_nan = [](const Plane& pixels) { return kernels::is_floating(pixels.type); };
  if (std::ranges::none_of(pixels_.first(masks.size()), may_be_nan)) {
    valid_.assign(masks.size(), masks[0]);
    return;
  }
  for (std::size_t i = 1; i < masks.size(); ++i) engine_.convert(masks[0], masks[i]);
  for (std::size_t i = 0; i < masks.size(); ++i)
    if (may_be_nan(pixels_[i])) engine_.invalidate_nodata(pixels_[i], kNan, masks[i]);
}

}  // namespace cogmill::warp
