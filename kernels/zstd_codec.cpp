// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/zstd_codec.hpp"

#include "kernels/codec.hpp"

#include <zstd_errors.h>

#include <new>
#include <stdexcept>
#include <string>

namespace cogmill::kernels {
namespace {

// The default effort, measured: docs/codecs.md.
constexpr ZstdEffort kFast = {.level = 5};
constexpr ZstdEffort kThorough = {.level = 9};
constexpr ZstdEffort kShortMatches = {
    .level = 5, .strategy = ZSTD_greedy, .min_match = 4, .search_log = 1, .hash_log = 17};
constexpr double kWorthwhileGain = 0.02;  // of DEFLATE, which needs a long search sooner
constexpr double kManyShortRepeats = 0.65;
constexpr int kHighestLevel = 22;

std::size_t checked(std::size_t result) {
  if (ZSTD_isError(result))
    throw CodecError(std::string("the ZSTD frame is damaged: ") + ZSTD_getErrorName(result));
  return result;
}

}  // namespace

ZstdEncoder::ZstdEncoder(int level) {
  if (level < 0 || level > kHighestLevel)
    throw std::invalid_argument("ZSTD has levels 1 to 22, not " + std::to_string(level));
  context_.reset(ZSTD_createCCtx());
  if (!context_) throw std::bad_alloc();
  if (level == 0)
    probes_.emplace();
  else
    set({.level = level});
}

void ZstdEncoder::set(const ZstdEffort& effort) {
  const auto set_one = [&](ZSTD_cParameter parameter, int value) {
    const auto result = ZSTD_CCtx_setParameter(context_.get(), parameter, value);
    if (ZSTD_isError(result)) throw std::invalid_argument(ZSTD_getErrorName(result));
  };
  set_one(ZSTD_c_compressionLevel, effort.level);
  set_one(ZSTD_c_strategy, effort.strategy);
  set_one(ZSTD_c_minMatch, effort.min_match);
  set_one(ZSTD_c_searchLog, effort.search_log);
  set_one(ZSTD_c_hashLog, effort.hash_log);
}

ZstdEffort ZstdEncoder::choose(std::span<const std::byte> raw) {
  if (probes_->long_search.gain(raw) > kWorthwhileGain) return kThorough;
  return probes_->short_repeats.share(raw) > kManyShortRepeats ? kShortMatches : kFast;
}

std::size_t ZstdEncoder::bound(std::size_t raw_bytes) const {
  return ZSTD_compressBound(raw_bytes);
}

std::size_t ZstdEncoder::encode(std::span<const std::byte> raw, std::span<std::byte> out) {
  if (probes_) set(choose(raw));
  // The size is known beforehand, so the frame carries it and the tables fit the tile.
  const auto bytes = ZSTD_compress2(context_.get(), out.data(), out.size(), raw.data(), raw.size());
  if (ZSTD_isError(bytes))
    throw std::runtime_error(std::string("cannot compress a tile with ZSTD: ") +
                             ZSTD_getErrorName(bytes));
  return bytes;
}

ZstdDecoder::ZstdDecoder() : context_(ZSTD_createDCtx()) {
  if (!context_) throw std::bad_alloc();
}

void ZstdDecoder::decode(std::span<const std::byte> in, std::span<std::byte> out) {
  // libtiff stops after the first frame; ZSTD_decompressDCtx would go on to the next.
  const auto frame_bytes = checked(ZSTD_findFrameCompressedSize(in.data(), in.size()));
  const auto filled =
      ZSTD_decompressDCtx(context_.get(), out.data(), out.size(), in.data(), frame_bytes);
  if (ZSTD_getErrorCode(filled) == ZSTD_error_dstSize_tooSmall) return decode_prefix(in, out);
  if (checked(filled) != out.size())
    throw CodecError("the ZSTD frame holds " + std::to_string(filled) + " of " +
                     std::to_string(out.size()) + " bytes");
}

/// For frames longer than the tile: the stream interface can stop in the middle.
void ZstdDecoder::decode_prefix(std::span<const std::byte> in, std::span<std::byte> out) {
  checked(ZSTD_DCtx_reset(context_.get(), ZSTD_reset_session_only));
  ZSTD_inBuffer source = {in.data(), in.size(), 0};
  ZSTD_outBuffer target = {out.data(), out.size(), 0};
  while (target.pos < target.size) {
    const auto before = source.pos + target.pos;
    const auto hint = checked(ZSTD_decompressStream(context_.get(), &target, &source));
    const bool ended = hint == 0 || source.pos + target.pos == before;
    if (ended && target.pos < target.size) throw CodecError("the ZSTD frame is too short");
  }
}

}  // namespace cogmill::kernels
