// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/deflate_codec.hpp"

#include "kernels/codec.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>
#include <zlib.h>

namespace cogmill::kernels {
namespace {

// Of libdeflate, where the default effort does not take ISA-L.
constexpr int kShortLevel = 1;
constexpr int kThoroughLevel = 6;
constexpr int kHighestLevel = 12;

constexpr std::size_t kMostRest = std::size_t{256} << 20;  // bytes of a stream behind the tile

/// zlib's streaming inflate: unlike libdeflate it can stop in the middle of a stream.
class Inflate {
 public:
  explicit Inflate(std::span<const std::byte> in) : in_(in) {
    if (inflateInit(&stream_) != Z_OK) throw std::bad_alloc();
  }
  ~Inflate() { inflateEnd(&stream_); }
  Inflate(const Inflate&) = delete;
  Inflate& operator=(const Inflate&) = delete;

  /// Fills `out` with the next bytes of the stream. @return false if the stream ended before
  bool fill(std::span<std::byte> out) {
    while (!out.empty()) {
      const auto in_bytes = piece(in_.size());
      const auto out_bytes = piece(out.size());
      // zlib does not write to its input.
      stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(in_.data()));
      stream_.avail_in = in_bytes;
      stream_.next_out = reinterpret_cast<Bytef*>(out.data());
      stream_.avail_out = out_bytes;
      const int status = inflate(&stream_, Z_NO_FLUSH);
      in_ = in_.subspan(in_bytes - stream_.avail_in);
      out = out.subspan(out_bytes - stream_.avail_out);
      if (status == Z_STREAM_END) return out.empty();
      if (status != Z_OK) throw CodecError("the DEFLATE stream is damaged");
    }
    return true;
  }

 private:
  static uInt piece(std::size_t bytes) {
    return static_cast<uInt>(std::min<std::size_t>(bytes, std::numeric_limits<uInt>::max()));
  }
  std::span<const std::byte> in_;
  z_stream stream_ = {};
};

/// Decodes a stream that is longer than `out`: some writers store the rows below the image as
/// well. The rest is read for its checksum, because a flipped bit can make a stream longer too.
void decode_longer(std::span<const std::byte> in, std::span<std::byte> out) {
  Inflate inflate(in);
  if (!inflate.fill(out)) throw CodecError("the DEFLATE stream is too short");
  std::vector<std::byte> rest(std::size_t{1} << 16);
  for (std::size_t bytes = 0; inflate.fill(rest); bytes += rest.size())
    if (bytes > kMostRest) throw CodecError("the DEFLATE stream is far longer than its tile");
}

}  // namespace

DeflateEncoder::DeflateEncoder(int level) {
  if (level < 0 || level > kHighestLevel)
    throw std::invalid_argument("DEFLATE has levels 1 to 12, not " + std::to_string(level));
  compressor_ = make(level == 0 ? kShortLevel : level);
  if (level == 0) choice_.emplace().thorough = make(kThoroughLevel);
}

DeflateEncoder::Compressor DeflateEncoder::make(int level) {
  Compressor compressor(libdeflate_alloc_compressor(level));
  if (!compressor) throw std::bad_alloc();
  return compressor;
}

std::size_t DeflateEncoder::bound(std::size_t raw_bytes) const {
  return libdeflate_zlib_compress_bound(nullptr, raw_bytes);  // whatever the level
}

std::size_t DeflateEncoder::encode(std::span<const std::byte> raw, std::span<std::byte> out) {
  const DeflateEffort effort = choice_ ? choice_->probe.choose(raw) : DeflateEffort::kShort;
  if (effort == DeflateEffort::kQuick) {
    // Room beyond the bound must not change the bytes.
    const std::size_t bytes = choice_->quick.compress(raw, out.first(bound(raw.size())));
    if (bytes > 0) return bytes;
  }
  libdeflate_compressor* const compressor =
      effort == DeflateEffort::kThorough ? choice_->thorough.get() : compressor_.get();
  const auto bytes =
      libdeflate_zlib_compress(compressor, raw.data(), raw.size(), out.data(), out.size());
  if (bytes == 0) throw std::logic_error("libdeflate wrote past its own bound");
  return bytes;
}

DeflateDecoder::DeflateDecoder() : decompressor_(libdeflate_alloc_decompressor()) {
  if (!decompressor_) throw std::bad_alloc();
}

/// Which library is quicker depends on the tiles, by up to a third (docs/codecs.md).
void DeflateDecoder::decode(std::span<const std::byte> in, std::span<std::byte> out) {
  if (!has_isal() || out.empty()) return decode_with_libdeflate(in, out);
  const std::size_t way = quicker_.next();
  const auto start = std::chrono::steady_clock::now();
  // What ISA-L does not accept may be damaged or only unusual: libdeflate says which.
  if (way == 0 || !isal_.decompress(in, out)) decode_with_libdeflate(in, out);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  quicker_.took(way, seconds.count() / static_cast<double>(out.size()));
}

void DeflateDecoder::decode_with_libdeflate(std::span<const std::byte> in,
                                            std::span<std::byte> out) {
  std::size_t filled = 0;
  const auto result = libdeflate_zlib_decompress(decompressor_.get(), in.data(), in.size(),
                                                 out.data(), out.size(), &filled);
  if (result == LIBDEFLATE_INSUFFICIENT_SPACE) return decode_longer(in, out);
  if (result != LIBDEFLATE_SUCCESS) throw CodecError("the DEFLATE stream is damaged");
  if (filled != out.size())
    throw CodecError("the DEFLATE stream holds " + std::to_string(filled) + " of " +
                     std::to_string(out.size()) + " bytes");
}

}  // namespace cogmill::kernels
