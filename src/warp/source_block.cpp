// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/source_block.hpp"

#include "kernels/opacity_pixel.hpp"
#include "kernels/tile_pack.hpp"
#include "kernels/warp/warp.hpp"
#include "src/io/validity.hpp"
#include "src/warp/for_strips.hpp"
#include "src/warp/opacity.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace cogmill::warp {
namespace {

using kernels::DataType;
using kernels::Plane;
using partition::Window;

constexpr std::int64_t kRowsPerTask = 64;

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
  pixels_.reset(window, reading.types);
  io::DecodeReport total;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Window at = partition::relative_to(parts[i].unrolled, window.col, window.row);
    std::vector<Plane> planes;
    for (const Plane& plane : pixels_.all())
      planes.push_back(plane.crop(at.col, at.row, at.width, at.height));
    const bool read = i < fetched.size();
    const auto now = read ? nullptr : source.fetch(parts[i].source, reading.bands);
    total.add(source.decode(read ? *fetched[i] : *now, planes));
    if (!read) total.bytes_read += now->bytes_read();
  }
  return total;
}

/// All valid, or what the file's mask says.
Plane SourceBlock::begin_valid(std::size_t plane, const SourceReading& reading) const {
  const Plane valid = masks_.plane(plane);
  if (!reading.validity) {
    fill_in_strips(valid, &io::kValid);
    return valid;
  }
  const Plane mask = pixels_.plane(reading.image.size());
  for_strips(valid.height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
    const auto bytes = static_cast<std::size_t>(rows * valid.width);
    std::memcpy(valid.row(first), mask.row(first), bytes);
  });
  return valid;
}

/// A pixel is valid in all bands where it is in one.
void SourceBlock::unite(std::size_t bands) {
  const auto all = masks_.plane(0).as<std::uint8_t>();
  for_strips(all.height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
    const auto count = rows * all.width;
    for (std::size_t i = 1; i < bands; ++i) {
      const std::uint8_t* one = masks_.plane(i).as<std::uint8_t>().row(first);
      std::uint8_t* any = all.row(first);
      for (std::int64_t p = 0; p < count; ++p) any[p] |= one[p];
    }
  });
  for (auto& valid : valid_) valid = masks_.plane(0);
}

/// What is transparent is invalid.
void SourceBlock::hide_transparent(const SourceReading& reading) {
  const auto density = opacity_.plane(0).as<float>();
  const auto mask = pixels_.plane(reading.image.size()).as<std::uint8_t>();
  for_strips(mask.height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
    for (std::int64_t row = first; row < first + rows; ++row)
      std::transform(mask.row(row), mask.row(row) + mask.width, density.row(row), mask.row(row),
                     [](std::uint8_t valid, float weight) {
                       return kernels::valid_if_visible(valid, weight);
                     });
  });
}

void SourceBlock::find_density(const SourceReading& reading) {
  density_ = {};
  if (reading.alpha == 0) return;
  const DataType type = DataType::kFloat32;
  opacity_.reset(window(), std::span(&type, 1));
  const Plane alpha = pixels_.plane(reading.bands.size() - 1);
  for_strips(alpha.height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
    to_density(rows_of(alpha, first, rows), rows_of(opacity_.plane(0), first, rows));
  });
  if (reading.mask_and_alpha) hide_transparent(reading);
  const auto out = opacity_.plane(0).as<float>();
  density_ = {out.data, out.width, out.height, out.stride};
}

void SourceBlock::find_valid(const SourceReading& reading,
                             const std::vector<std::optional<kernels::Nodata>>& nodata,
                             bool all_bands) {
  const std::size_t bands = reading.image.size();
  valid_.assign(bands, {});
  find_density(reading);
  if (!has_nodata(reading, nodata)) {
    if (reading.validity) valid_.assign(bands, pixels_.plane(bands));
    return;
  }
  masks_.reset(window(), std::vector<DataType>(bands, DataType::kUInt8));
  for (std::size_t i = 0; i < bands; ++i) {
    const Plane valid = begin_valid(i, reading);
    valid_[i] = valid;
    const auto& value = nodata[static_cast<std::size_t>(reading.image[i]) - 1];
    if (!value) continue;
    for_strips(valid.height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
      kernels::invalidate_nodata(rows_of(pixels_.plane(i), first, rows), *value,
                                 rows_of(valid, first, rows));
    });
  }
  if (all_bands) unite(bands);
}

}  // namespace cogmill::warp
