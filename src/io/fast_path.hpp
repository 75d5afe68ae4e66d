// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/codec.hpp"
#include "kernels/data_type.hpp"
#include "src/io/byte_reader.hpp"
#include "src/io/tiff_images.hpp"

#include <memory>
#include <optional>
#include <string>

namespace cogmill::io {

/// One image that the tile reader can read: a TIFF directory and the file it is in.
struct TiffLayer {
  std::shared_ptr<ByteReader> file;
  TiffDirectory directory;
};

/// The layers of a raster or of one of its overviews: the image, and its mask if it has one
/// (internal; of the raster itself also FILE.msk).
struct TiffLayers {
  TiffLayer image;
  std::optional<TiffLayer> mask;
  std::string mask_problem = {};  ///< why there is a mask that is no layer
};

/// Opens a TIFF and finds its mask.
/// @throws report::RuntimeError if the file or its FILE.msk is damaged
TiffLayers open_tiff_layers(const std::string& path);

/// Opens one of the overviews inside a TIFF, and its mask there.
/// @param overview as GDAL counts them, 0: the first
/// @return nothing if the file has no such overview in it
/// @throws report::RuntimeError if the file is damaged
std::optional<TiffLayers> open_tiff_overview(const std::string& path, int overview);

/// @return our codec for a TIFF compression, or nothing
std::optional<kernels::Codec> codec_of(int compression);

/// @return the pixel type of a directory, or nothing where we have none (1 bit, complex, ...)
std::optional<kernels::DataType> pixel_type_of(const TiffDirectory& directory);

/// The decision between the tile reader and GDAL.
/// @return why the tile reader cannot take it ("JPEG compression"); empty if it can
std::string why_not_fast(const TiffLayers& layers);

}  // namespace cogmill::io
