// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/tile_encoder.hpp"

#include "kernels/tile_pack.hpp"
#include "src/pipeline/tile_layout.hpp"

#include <cstring>

namespace cogmill::pipeline {
std::vector<std::byte> empty_pixel(kernels::DataType type,
                                   const std::optional<kernels::Nodata>& nodata) {
  std::vector<std::byte> pixel(static_cast<std::size_t>(kernels::size_bytes(type)));
  if (!nodata || kernels::is_complex(type)) return pixel;
  kernels::visit_real_type(type, [&]<class T>(T) {
    if (const auto value = nodata->as<T>()) std::memcpy(pixel.data(), &*value, sizeof(T));
  });
  return pixel;
}

namespace {

/// Effort for the one empty tile, which may stand thousands of times in the file.
kernels::CodecSpec thorough_spec(kernels::CodecSpec spec) {
  constexpr int kThorough = 9;
  const bool has_levels =
      spec.codec == kernels::Codec::kDeflate || spec.codec == kernels::Codec::kZstd;
  if (has_levels) spec.level = kThorough;
  return spec;
}

}  // namespace

TileEncoder::Scratch::Scratch(kernels::CodecSpec spec)
    : image(spec), mask(kernels::CodecSpec{kernels::Codec::kDeflate, 0}) {}

TileEncoder::TileEncoder(const plan::Plan& plan, io::TileStore& store)
    : plan_(plan), store_(store), scratch_([spec = plan.codec] { return Scratch(spec); }) {
  for (const auto& nodata : plan.image.nodata)
    empty_pixels_.push_back(empty_pixel(plan.image.type, nodata));
  empty_tiles_.resize(plan.separate_planes ? empty_pixels_.size() : 1);
}

bool TileEncoder::is_empty(std::span<const kernels::ConstPlane> planes,
                           std::size_t first_band) const {
  for (std::size_t i = 0; i < planes.size(); ++i)
    if (!kernels::is_constant(planes[i], empty_pixels_[first_band + i].data())) return false;
  return true;
}

std::span<const std::byte> TileEncoder::compress_image(std::span<const kernels::ConstPlane> planes,
                                                       Scratch& scratch) const {
  const TileLayout layout = tile_layout(plan_);
  scratch.raw.resize(layout.bytes());
  kernels::pack_tile(planes, plan_.tile, plan_.tile, scratch.raw);
  if (plan_.predictor != kernels::Predictor::kNone) {
    scratch.row.resize(layout.row_bytes());
    kernels::apply_predictor(plan_.predictor, layout.predictor_shape(), scratch.raw, scratch.row);
  }
  scratch.packed.resize(scratch.image.bound(scratch.raw.size()));
  return std::span(scratch.packed).first(scratch.image.encode(scratch.raw, scratch.packed));
}

std::span<const std::byte> TileEncoder::compress_mask(kernels::ConstPlane mask,
                                                      Scratch& scratch) const {
  scratch.raw.resize(static_cast<std::size_t>((plan_.tile + 7) / 8 * plan_.tile));
  kernels::pack_mask_bits(mask, plan_.tile, plan_.tile, scratch.raw);
  scratch.packed.resize(scratch.mask.bound(scratch.raw.size()));
  return std::span(scratch.packed).first(scratch.mask.encode(scratch.raw, scratch.packed));
}

void TileEncoder::encode_image(const io::TileId& id, std::span<const kernels::ConstPlane> planes) {
  const std::int64_t tiles =
      partition::TileGrid{plan_.levels[static_cast<std::size_t>(id.level)], plan_.tile}.count();
  const auto plane = static_cast<std::size_t>(id.index / tiles);
  if (!is_empty(planes, plane)) {
    store_.keep(id, compress_image(planes, scratch_.local()));
    return;
  }
  if (plan_.sparse_ok) return;
  const std::lock_guard lock(mutex_);
  auto& empty = empty_tiles_[plane];
  if (!empty) {
    Scratch thorough(thorough_spec(plan_.codec));
    const auto payload = compress_image(planes, thorough);
    empty.emplace(payload.begin(), payload.end());
  }
  store_.keep(id, *empty);
}

void TileEncoder::encode_mask(const io::TileId& id, kernels::ConstPlane mask) {
  store_.keep(id, compress_mask(mask, scratch_.local()));
}

}  // namespace cogmill::pipeline
