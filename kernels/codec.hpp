// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string_view>

namespace cogmill::kernels {

/// Lossless codecs of TIFF tiles (compression tags 1, 8 and 32946, 50000, 5, 32773).
enum class Codec : std::uint8_t { kNone, kDeflate, kZstd, kLzw, kPackBits };

/// GDAL's name: "NONE", "DEFLATE", "ZSTD", "LZW", "PACKBITS".
std::string_view name_of(Codec codec);

/// Damaged or truncated compressed data.
class CodecError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Level 0 is the codec's default effort, which was chosen by measuring rasters (docs/codecs.md).
struct CodecSpec {
  Codec codec = Codec::kDeflate;
  int level = 0;
  friend bool operator==(const CodecSpec&, const CodecSpec&) = default;
};

/// Compresses one tile after another; owns the codec's working memory. One per thread.
/// The bytes depend on the spec and the input alone, never on what was encoded before.
class Encoder {
 public:
  /// @throws std::invalid_argument if the level is out of the codec's range: DEFLATE 1-12, ZSTD
  /// 1-22
  explicit Encoder(CodecSpec spec);
  ~Encoder();
  Encoder(Encoder&&) noexcept;
  Encoder& operator=(Encoder&&) noexcept;

  /// @return the most bytes that `raw_bytes` of input can become
  std::size_t bound(std::size_t raw_bytes) const;
  /// @pre out.size() >= bound(raw.size())   @return bytes written
  std::size_t encode(std::span<const std::byte> raw, std::span<std::byte> out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Decompresses one tile after another; owns the codec's working memory. One per thread.
class Decoder {
 public:
  explicit Decoder(Codec codec);
  ~Decoder();
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;

  /// Fills the whole of `out`. Input is hostile: never reads or writes outside the spans.
  /// @throws CodecError if `in` is damaged or holds fewer than out.size() bytes. What follows them
  /// is ignored, as libtiff does.
  void decode(std::span<const std::byte> in, std::span<std::byte> out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cogmill::kernels
