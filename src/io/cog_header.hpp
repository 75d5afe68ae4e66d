// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/codec.hpp"
#include "kernels/predictor.hpp"
#include "partition/file_layout.hpp"
#include "partition/tile_grid.hpp"
#include "src/io/tiff_tags.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cogmill::io {

/// Everything that decides what stands in front of the tiles of an output file.
struct CogStructure {
  bool bigtiff = false;
  bool ghost_area = true;  ///< COG: ghost area and framed tiles; else a plain tiled TIFF
  std::vector<partition::LevelSize> levels;  ///< full resolution first
  std::int64_t tile = 512;                   ///< [px]
  int bands = 1;
  bool separate_planes = false;  ///< INTERLEAVE=BAND
  kernels::Codec codec = kernels::Codec::kDeflate;
  kernels::Predictor predictor = kernels::Predictor::kNone;
  bool mask = false;
  std::vector<TiffTag> main_tags;      ///< what is not structure, from the template
  std::vector<TiffTag> overview_tags;  ///< the part of it that overviews carry too

  int planes() const { return separate_planes ? bands : 1; }
  bool mask_interleaved() const { return mask && !separate_planes; }
  partition::FrameRule frame_rule() const {
    return {ghost_area ? 4U : 0U, ghost_area ? 4U : 0U, mask_interleaved()};
  }
};

/// The file's first bytes, in GDAL's order: header, ghost area, IFDs (main, mask, overviews largest
/// first, their masks), each followed by its values, then all TileOffsets and TileByteCounts.
/// The size depends on the structure alone. @return where the first tile frame begins
std::uint64_t header_bytes(const CogStructure& structure);

/// @pre sizes and layout belong to the structure, and layout was placed at header_bytes(structure)
std::vector<std::byte> make_header(const CogStructure& structure,
                                   const std::vector<partition::LevelTileBytes>& sizes,
                                   const partition::FileLayout& layout);

/// The ghost area's text (reference: GDAL, "COG -- Cloud Optimized GeoTIFF generator", header ghost
/// area).
std::string ghost_area_text(bool separate_planes, bool mask_interleaved);

}  // namespace cogmill::io
