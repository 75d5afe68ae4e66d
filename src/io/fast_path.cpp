// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/fast_path.hpp"

#include "kernels/predictor.hpp"
#include "src/io/gdal_check.hpp"
#include "src/io/tiff_walk.hpp"
#include "src/report/counted.hpp"

#include <cpl_vsi.h>
#include <tiff.h>

#include <array>
#include <utility>

namespace cogmill::io {
namespace {

using kernels::DataType;
using kernels::Predictor;

/// A thread holds one decoded block; larger ones are better read in parts, which GDAL can.
constexpr std::int64_t kMaxBlockBytes = std::int64_t{128} << 20;

std::string why_not_codec(const TiffDirectory& d) {
  if (!codec_of(d.compression)) return compression_name(d.compression) + " compression";
  const auto predictor = static_cast<Predictor>(d.predictor);
  if (d.predictor < 1 || d.predictor > 3) return "predictor " + std::to_string(d.predictor);
  const bool is_float = d.sample_format == SAMPLEFORMAT_IEEEFP;
  if (predictor == Predictor::kFloatingPoint && !is_float)
    return "floating point predictor on integers";
  return {};
}

std::string why_not_pixels(const TiffDirectory& d) {
  if (d.sample_format == SAMPLEFORMAT_COMPLEXINT || d.sample_format == SAMPLEFORMAT_COMPLEXIEEEFP)
    return "complex pixels";
  if (!pixel_type_of(d))
    return report::counted(d.bits, "bit") + " per sample" +
           (d.sample_format == SAMPLEFORMAT_IEEEFP ? " of floating point" : "");
  switch (d.photometric.value_or(PHOTOMETRIC_MINISBLACK)) {
    case PHOTOMETRIC_MINISWHITE:
    case PHOTOMETRIC_MINISBLACK:
    case PHOTOMETRIC_RGB:
    case PHOTOMETRIC_PALETTE:
    case PHOTOMETRIC_MASK:
      return {};
    case PHOTOMETRIC_SEPARATED:
      return "CMYK colours";
    case PHOTOMETRIC_YCBCR:
      return "YCbCr colours";
    default:
      return "photometric interpretation " + std::to_string(*d.photometric);
  }
}

std::string why_not_layout(const TiffDirectory& d) {
  if (d.fill_order != FILLORDER_MSB2LSB) return "reversed bit order";
  if (d.block_bytes(0) > kMaxBlockBytes)
    return "blocks of " + std::to_string(d.block_bytes(0) >> 20) + " MiB";
  return {};
}

/// LZW files of the 1980s pack their codes the other way round; libtiff knows them by their first
/// two bytes.
bool is_old_lzw(const TiffLayer& layer) {
  const TiffDirectory& d = layer.directory;
  if (d.compression != COMPRESSION_LZW) return false;
  for (std::int64_t i = 0; i < d.block_count(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    const auto size = static_cast<std::uint64_t>(layer.file->size());
    if (d.is_sparse(i) || d.byte_counts[at] < 2 || size < 2 || d.offsets[at] > size - 2) continue;
    std::array<std::byte, 2> head{};
    layer.file->read_at(static_cast<std::int64_t>(d.offsets[at]), head);
    return head[0] == std::byte{0} && (head[1] & std::byte{1}) != std::byte{0};
  }
  return false;
}

std::string why_not_layer(const TiffLayer& layer) {
  for (const auto& reason : {why_not_codec(layer.directory), why_not_layout(layer.directory)})
    if (!reason.empty()) return reason;
  return is_old_lzw(layer) ? "old-style LZW compression" : std::string();
}

std::string why_not_mask(const TiffLayer& mask, const TiffDirectory& image) {
  const TiffDirectory& d = mask.directory;
  if (d.width != image.width || d.height != image.height) return "mask of another size";
  if (d.samples != 1) return "mask with " + std::to_string(d.samples) + " bands";
  const bool plain = d.sample_format == SAMPLEFORMAT_UINT || d.sample_format == SAMPLEFORMAT_VOID;
  if (!plain || (d.bits != 1 && d.bits != 8))
    return "mask with " + std::to_string(d.bits) + " bits per sample";
  if (d.bits == 1 && d.predictor != 1) return "mask with a predictor";
  const std::string reason = why_not_layer(mask);
  return reason.empty() ? reason : "mask with " + reason;
}

TiffLayers layers_of(const std::shared_ptr<ByteReader>& file, TiffImages images) {
  TiffLayers layers{{file, std::move(images.image)}, std::nullopt};
  if (images.mask) layers.mask = TiffLayer{file, std::move(*images.mask)};
  return layers;
}

}  // namespace

TiffLayers open_tiff_layers(const std::string& path) {
  const auto file = ByteReader::open(path);
  TiffLayers layers = layers_of(file, read_tiff_images(*file));
  if (layers.mask) return layers;
  const std::string sidecar = path + ".msk";
  const GdalMessages messages;
  VSIStatBufL status;
  if (VSIStatExL(sidecar.c_str(), &status, VSI_STAT_EXISTS_FLAG) != 0) return layers;
  auto mask_file = ByteReader::open(sidecar);
  if (!looks_like_tiff(*mask_file)) {
    layers.mask_problem = "sidecar mask that is no TIFF";
    return layers;
  }
  TiffDirectory mask = read_tiff_images(*mask_file).image;
  layers.mask = TiffLayer{std::move(mask_file), std::move(mask)};
  return layers;
}

std::optional<TiffLayers> open_tiff_overview(const std::string& path, int overview) {
  const auto file = ByteReader::open(path);
  auto images = read_tiff_overview(*file, overview);
  if (!images) return std::nullopt;
  return layers_of(file, std::move(*images));
}

std::optional<kernels::Codec> codec_of(int compression) {
  switch (compression) {
    case COMPRESSION_NONE:
      return kernels::Codec::kNone;
    case COMPRESSION_ADOBE_DEFLATE:
    case COMPRESSION_DEFLATE:
      return kernels::Codec::kDeflate;
    case COMPRESSION_ZSTD:
      return kernels::Codec::kZstd;
    case COMPRESSION_LZW:
      return kernels::Codec::kLzw;
    case COMPRESSION_PACKBITS:
      return kernels::Codec::kPackBits;
    default:
      return std::nullopt;
  }
}

std::optional<DataType> pixel_type_of(const TiffDirectory& d) {
  const bool is_float = d.sample_format == SAMPLEFORMAT_IEEEFP;
  const bool is_signed = d.sample_format == SAMPLEFORMAT_INT;
  if (d.sample_format > SAMPLEFORMAT_VOID || d.sample_format < SAMPLEFORMAT_UINT)
    return std::nullopt;
  switch (d.bits) {
    case 8:
      if (is_float) return std::nullopt;
      return is_signed ? DataType::kInt8 : DataType::kUInt8;
    case 16:
      if (is_float) return std::nullopt;
      return is_signed ? DataType::kInt16 : DataType::kUInt16;
    case 32:
      if (is_float) return DataType::kFloat32;
      return is_signed ? DataType::kInt32 : DataType::kUInt32;
    case 64:
      if (is_float) return DataType::kFloat64;
      return is_signed ? DataType::kInt64 : DataType::kUInt64;
    default:
      return std::nullopt;
  }
}

std::string why_not_fast(const TiffLayers& layers) {
  const TiffDirectory& image = layers.image.directory;
  if (std::string reason = why_not_codec(image); !reason.empty()) return reason;
  if (std::string reason = why_not_pixels(image); !reason.empty()) return reason;
  if (std::string reason = why_not_layer(layers.image); !reason.empty()) return reason;
  return layers.mask ? why_not_mask(*layers.mask, image) : layers.mask_problem;
}

}  // namespace cogmill::io
