// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/associated_alpha.hpp"

#include "src/io/byte_reader.hpp"
#include "src/io/tiff_tags.hpp"
#include "src/io/tiff_walk.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cogmill::io {

bool has_associated_alpha(const std::string& path) {
  constexpr std::uint64_t kAssociated = 1;
  constexpr std::size_t kMostSamples = 65535;  // SamplesPerPixel is a 16-bit number
  try {
    const auto file = ByteReader::open(path);
    const TiffWalk walk(*file);
    const TiffEntry* samples = walk.directories().front().find(kTagExtraSamples);
    if (samples == nullptr) return false;
    const std::vector<std::uint64_t> kinds = walk.numbers(*samples, kMostSamples);
    return std::find(kinds.begin(), kinds.end(), kAssociated) != kinds.end();
  } catch (const report::RuntimeError&) {
    return false;
  }
}

}  // namespace cogmill::io
