// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/effort_probe.hpp"

#include <algorithm>
#include <new>

namespace cogmill::kernels {
namespace {

// Two samples, because one could lie in the part of a tile that has no data.
constexpr std::size_t kSamples = 2;
constexpr std::size_t kSmallestSample = 4096;  // bytes
constexpr std::size_t kLargestSample = 8192;
constexpr std::size_t kShare = 128;  // a sample is this part of the tile

}  // namespace

EffortProbe::EffortProbe()
    : short_search_(libdeflate_alloc_compressor(1)), long_search_(libdeflate_alloc_compressor(6)) {
  if (!short_search_ || !long_search_) throw std::bad_alloc();
  buffer_.resize(libdeflate_zlib_compress_bound(nullptr, kLargestSample));
}

double EffortProbe::gain(std::span<const std::byte> raw) {
  const auto size =
      std::min(raw.size(), std::clamp(raw.size() / kShare, kSmallestSample, kLargestSample));
  if (size == 0) return 0;
  const auto compressed = [&](libdeflate_compressor* compressor) {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < kSamples; ++i) {
      const auto sample = raw.subspan((raw.size() - size) / (kSamples + 1) * (i + 1), size);
      bytes +=
          libdeflate_zlib_compress(compressor, sample.data(), size, buffer_.data(), buffer_.size());
    }
    return static_cast<double>(bytes);
  };
  return compressed(short_search_.get()) / compressed(long_search_.get()) - 1;
}

}  // namespace cogmill::kernels
