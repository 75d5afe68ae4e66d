// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/codec.hpp"

#include "kernels/deflate_codec.hpp"
#include "kernels/lzw_codec.hpp"
#include "kernels/packbits.hpp"
#include "kernels/zstd_codec.hpp"

#include <cstring>
#include <string>
#include <variant>

namespace cogmill::kernels {
namespace {

/// Tiles stored as they are.
struct StoredCodec {
  std::size_t bound(std::size_t raw_bytes) const { return raw_bytes; }
  std::size_t encode(std::span<const std::byte> raw, std::span<std::byte> out) const {
    if (!raw.empty()) std::memcpy(out.data(), raw.data(), raw.size());
    return raw.size();
  }
  void decode(std::span<const std::byte> in, std::span<std::byte> out) const {
    if (in.size() < out.size())
      throw CodecError("the tile holds " + std::to_string(in.size()) + " of " +
                       std::to_string(out.size()) + " bytes");
    std::memcpy(out.data(), in.data(), out.size());
  }
};

using AnyEncoder = std::variant<StoredCodec, DeflateEncoder, ZstdEncoder, LzwEncoder>;
using AnyDecoder =
    std::variant<StoredCodec, DeflateDecoder, ZstdDecoder, LzwDecoder, PackBitsDecoder>;

AnyEncoder make_encoder(CodecSpec spec) {
  const bool has_levels = spec.codec == Codec::kDeflate || spec.codec == Codec::kZstd;
  if (!has_levels && spec.level != 0)
    throw std::invalid_argument(std::string(name_of(spec.codec)) + " has no levels");
  switch (spec.codec) {
    case Codec::kNone:
      return StoredCodec();
    case Codec::kDeflate:
      return DeflateEncoder(spec.level);
    case Codec::kZstd:
      return ZstdEncoder(spec.level);
    case Codec::kLzw:
      return LzwEncoder();
    case Codec::kPackBits:
      break;
  }
  throw std::invalid_argument("PACKBITS is read, but not written");
}

AnyDecoder make_decoder(Codec codec) {
  switch (codec) {
    case Codec::kNone:
      return StoredCodec();
    case Codec::kDeflate:
      return DeflateDecoder();
    case Codec::kZstd:
      return ZstdDecoder();
    case Codec::kLzw:
      return LzwDecoder();
    case Codec::kPackBits:
      return PackBitsDecoder();
  }
  throw std::invalid_argument("no such codec");
}

}  // namespace

std::string_view name_of(Codec codec) {
  switch (codec) {
    case Codec::kNone:
      return "NONE";
    case Codec::kDeflate:
      return "DEFLATE";
    case Codec::kZstd:
      return "ZSTD";
    case Codec::kLzw:
      return "LZW";
    case Codec::kPackBits:
      return "PACKBITS";
  }
  throw std::invalid_argument("no such codec");
}

struct Encoder::State {
  AnyEncoder encoder;
};

Encoder::Encoder(CodecSpec spec) : state_(new State{make_encoder(spec)}) {}
Encoder::~Encoder() = default;
Encoder::Encoder(Encoder&&) noexcept = default;
Encoder& Encoder::operator=(Encoder&&) noexcept = default;

std::size_t Encoder::bound(std::size_t raw_bytes) const {
  return std::visit([&](const auto& encoder) { return encoder.bound(raw_bytes); }, state_->encoder);
}

std::size_t Encoder::encode(std::span<const std::byte> raw, std::span<std::byte> out) {
  if (out.size() < bound(raw.size()))
    throw std::invalid_argument("the buffer for a compressed tile is too small");
  return std::visit([&](auto& encoder) { return encoder.encode(raw, out); }, state_->encoder);
}

struct Decoder::State {
  AnyDecoder decoder;
};

Decoder::Decoder(Codec codec) : state_(new State{make_decoder(codec)}) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

void Decoder::decode(std::span<const std::byte> in, std::span<std::byte> out) {
  if (out.empty()) return;
  std::visit([&](auto& decoder) { decoder.decode(in, out); }, state_->decoder);
}

}  // namespace cogmill::kernels
