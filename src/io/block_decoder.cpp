// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/block_decoder.hpp"

#include "src/io/fast_path.hpp"

#include <bit>
#include <string>

namespace cogmill::io {

static_assert(std::endian::native == std::endian::little, "big-endian hosts are not supported");

BlockDecoder::BlockDecoder(const TiffDirectory& directory)
    : decoder_(codec_of(directory.compression).value()),
      predictor_(static_cast<kernels::Predictor>(directory.predictor)),
      row_bytes_(directory.row_bytes()) {
  // A mask of single bits has no pixel type, and no use for one.
  shape_.type = pixel_type_of(directory).value_or(kernels::DataType::kUInt8);
  shape_.columns = directory.block_width;
  shape_.samples = directory.block_samples();
  const bool floating = predictor_ == kernels::Predictor::kFloatingPoint;
  swap_ = directory.big_endian && !floating && kernels::size_bytes(shape_.type) > 1;
  verbatim_ = codec_of(directory.compression) == kernels::Codec::kNone && !swap_ &&
              predictor_ == kernels::Predictor::kNone;
}

std::span<const std::byte> BlockDecoder::decode(std::span<const std::byte> stored,
                                                std::int64_t rows) {
  const auto bytes = static_cast<std::size_t>(row_bytes_ * rows);
  if (verbatim_) {
    if (stored.size() < bytes)
      throw kernels::CodecError("it holds " + std::to_string(stored.size()) + " of " +
                                std::to_string(bytes) + " bytes");
    return stored.first(bytes);
  }
  if (samples_.size() < bytes) samples_.resize(bytes);
  const std::span<std::byte> out = std::span(samples_).first(bytes);
  decode_into(stored, rows, out);
  return out;
}

void BlockDecoder::decode_into(std::span<const std::byte> stored, std::int64_t rows,
                               std::span<std::byte> out) {
  decoder_.decode(stored, out);
  if (swap_) kernels::swap_bytes(out, kernels::size_bytes(shape_.type));
  if (predictor_ == kernels::Predictor::kNone) return;
  row_.resize(static_cast<std::size_t>(row_bytes_));
  shape_.rows = rows;
  kernels::undo_predictor(predictor_, shape_, out, row_);
}

}  // namespace cogmill::io
