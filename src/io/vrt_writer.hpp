// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/window.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace cogmill::io {

/// One GeoTIFF of a VRT.
struct VrtPiece {
  std::string file;          ///< relative to the folder of the VRT
  partition::Window window;  ///< where it lies in the whole image [px]; its own size is the same
};

struct VrtRequest {
  std::string path;                    ///< of the VRT
  std::int64_t width = 0, height = 0;  ///< of the whole image [px]
  std::vector<VrtPiece> pieces;        ///< at least one; complete files
};

/// Lets GDAL's VRT driver write a file that shows the pieces as one image. CRS, geotransform, GCPs,
/// RPC, nodata, internal mask, colours, descriptions, scale, offset, categories and metadata are
/// those of the first piece, moved to the whole image; its statistics, which are of a part, are not
/// taken over. With overviews in the pieces the VRT has
/// overviews too, which read them. The file appears under its name when it is complete. Local.
/// @throws report::RuntimeError if a piece lies outside of the image, the first one cannot be
/// opened, or the VRT cannot be written
void write_vrt(const VrtRequest& request);

}  // namespace cogmill::io
