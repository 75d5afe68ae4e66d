// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/block_decoder.hpp"

#include "src/io/fast_path.hpp"

#include <bit>
#include <string>

namespace cogmill::io {

static_assert(std::endian::native == std::endian::little, "big-endian hosts are not supported");

BlockCoding coding_of(const TiffDirectory& directory) {
  BlockCoding coding;
  coding.codec = codec_of(directory.compression).value();
  coding.predictor = static_cast<kernels::Predictor>(directory.predictor);
  // A mask of single bits has no pixel type, and no use for one.
  coding.shape.type = pixel_type_of(directory).value_or(kernels::DataType::kUInt8);
  coding.shape.columns = directory.block_width;
  coding.shape.samples = directory.block_samples();
  coding.row_bytes = directory.row_bytes();
  const bool floating = coding.predictor == kernels::Predictor::kFloatingPoint;
  coding.swap = directory.big_endian && !floating && kernels::size_bytes(coding.shape.type) > 1;
  return coding;
}

BlockDecoder::BlockDecoder(const BlockCoding& coding)
    : decoder_(coding.codec),
      coding_(coding),
      verbatim_(coding.codec == kernels::Codec::kNone && !coding.swap &&
                coding.predictor == kernels::Predictor::kNone) {}

std::span<const std::byte> BlockDecoder::decode(std::span<const std::byte> stored,
                                                std::int64_t rows) {
  const auto bytes = static_cast<std::size_t>(coding_.row_bytes * rows);
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
  if (coding_.swap) kernels::swap_bytes(out, kernels::size_bytes(coding_.shape.type));
  if (coding_.predictor == kernels::Predictor::kNone) return;
  row_.resize(static_cast<std::size_t>(coding_.row_bytes));
  coding_.shape.rows = rows;
  kernels::undo_predictor(coding_.predictor, coding_.shape, out, row_);
}

}  // namespace cogmill::io
