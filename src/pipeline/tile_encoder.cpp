// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/tile_encoder.hpp"

#include "kernels/tile_pack.hpp"
#include "src/pipeline/tile_layout.hpp"

#include <cstring>
#include <utility>

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

std::span<const std::byte> compress(std::span<const std::byte> raw, kernels::Encoder& encoder,
                                    std::vector<std::byte>& packed) {
  packed.resize(encoder.bound(raw.size()));
  return std::span(packed).first(encoder.encode(raw, packed));
}

}  // namespace

TileEncoder::Scratch::Scratch(kernels::CodecSpec spec)
    : image(spec), mask(kernels::CodecSpec{kernels::Codec::kDeflate, 0}) {}

TileEncoder::TileEncoder(const plan::Plan& plan, const partition::FrameRule& frame)
    : plan_(plan), frame_(frame), scratch_([spec = plan.codec] { return Scratch(spec); }) {
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

std::span<const std::byte> TileEncoder::pack_image(std::span<const kernels::ConstPlane> planes,
                                                   Scratch& scratch) const {
  const TileLayout layout = tile_layout(plan_);
  scratch.raw.resize(layout.bytes());
  kernels::pack_tile(planes, plan_.tile, plan_.tile, scratch.raw);
  if (plan_.predictor != kernels::Predictor::kNone) {
    scratch.row.resize(layout.row_bytes());
    kernels::apply_predictor(plan_.predictor, layout.predictor_shape(), scratch.raw, scratch.row);
  }
  return scratch.raw;
}

std::size_t TileEncoder::plane_of(const io::TileId& id) const {
  const partition::TileGrid grid{plan_.levels[static_cast<std::size_t>(id.level)], plan_.tile};
  return static_cast<std::size_t>(id.index / grid.count());
}

TileEncoder::ImageTile TileEncoder::encode_image(const io::TileId& id,
                                                 std::span<const kernels::ConstPlane> planes) {
  const bool empty = is_empty(planes, plane_of(id));
  if (empty && plan_.sparse_ok) return std::nullopt;
  if (empty)
    if (const auto payload = known_empty(id)) return io::frame_tile(frame_, id, *payload);
  return encode_packed_image(id, pack_image(planes, scratch_.local()), empty);
}

TileEncoder::ImageTile TileEncoder::encode_packed_image(const io::TileId& id,
                                                        std::span<const std::byte> raw,
                                                        bool empty) {
  if (empty && plan_.sparse_ok) return std::nullopt;
  if (empty) {
    auto payload = known_empty(id);
    return io::frame_tile(frame_, id, payload ? *payload : compress_empty(id, raw));
  }
  Scratch& scratch = scratch_.local();
  return io::frame_tile(frame_, id, compress(raw, scratch.image, scratch.packed));
}

TileEncoder::Payload TileEncoder::compress_empty(const io::TileId& id,
                                                 std::span<const std::byte> raw) {
  kernels::Encoder thorough(thorough_spec(plan_.codec));
  Payload packed;
  packed.resize(compress(raw, thorough, packed).size());
  const std::lock_guard lock(mutex_);
  return empty_tiles_[plane_of(id)].emplace(std::move(packed));
}

std::optional<TileEncoder::Payload> TileEncoder::known_empty(const io::TileId& id) {
  const std::lock_guard lock(mutex_);
  return empty_tiles_[plane_of(id)];
}

io::EncodedTile TileEncoder::encode_mask(const io::TileId& id, kernels::ConstPlane mask) {
  std::vector<std::byte>& bits = scratch_.local().raw;
  bits.resize(static_cast<std::size_t>((plan_.tile + 7) / 8 * plan_.tile));
  kernels::pack_mask_bits(mask, plan_.tile, plan_.tile, bits);
  return encode_packed_mask(id, bits);
}

io::EncodedTile TileEncoder::encode_packed_mask(const io::TileId& id,
                                                std::span<const std::byte> bits) {
  Scratch& scratch = scratch_.local();
  return io::frame_tile(frame_, id, compress(bits, scratch.mask, scratch.packed));
}

}  // namespace cogmill::pipeline
