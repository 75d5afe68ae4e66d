// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/codec.hpp"
#include "kernels/predictor.hpp"
#include "src/io/tiff_directory.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cogmill::io {

/// How a block is stored.
struct BlockCoding {
  kernels::Codec codec = kernels::Codec::kNone;
  kernels::Predictor predictor = kernels::Predictor::kNone;
  kernels::PredictorShape shape = {};  ///< of the predictor; its rows do not matter
  std::int64_t row_bytes = 0;          ///< of a decoded row
  bool swap = false;                   ///< elements are big-endian
};

/// @pre why_not_fast() has nothing against the layer
BlockCoding coding_of(const TiffDirectory& directory);

/// Turns the stored bytes of one block after another into samples of host byte order. Owns the
/// codec and its working memory, reused from block to block: one per thread and layer.
class BlockDecoder {
 public:
  explicit BlockDecoder(const BlockCoding& coding);

  /// @param rows of the block: fewer than usual in the last strip
  /// @return the samples: a view of `stored` if nothing has to be done to it, else of memory that
  /// is valid until the next call
  /// @throws kernels::CodecError
  std::span<const std::byte> decode(std::span<const std::byte> stored, std::int64_t rows);

  /// Decodes a block as decode() does, always into `out`.
  /// @pre out.size() is the size of a block of `rows` rows   @throws kernels::CodecError
  void decode_into(std::span<const std::byte> stored, std::int64_t rows, std::span<std::byte> out);

  /// Only behind the codec: what is predicted, interleaved or of another byte order stays so.
  void decompress(std::span<const std::byte> stored, std::span<std::byte> out) {
    decoder_.decode(stored, out);
  }

 private:
  kernels::Decoder decoder_;
  BlockCoding coding_;
  bool verbatim_;  // stored bytes are samples
  std::vector<std::byte> samples_;
  std::vector<std::byte> row_;
};

/// @return the most bytes worth reading of a block that decodes to `decoded` bytes, whatever its
/// byte count claims: what lies beyond cannot be part of it
constexpr std::int64_t max_stored_bytes(std::int64_t decoded) { return 2 * decoded + 65536; }

}  // namespace cogmill::io
