// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/byte_reader.hpp"
#include "src/io/tiff_directory.hpp"

#include <optional>

namespace cogmill::io {

/// An image of a TIFF file and its internal mask.
struct TiffImages {
  TiffDirectory image;
  std::optional<TiffDirectory> mask;
};

/// Reads the first directory and that of its mask, if there is one. Sizes are checked before
/// anything is allocated: memory stays within a small multiple of the file's size.
/// @throws report::RuntimeError that names the file and what is wrong with it
TiffImages read_tiff_images(ByteReader& file);

/// Reads the directories of one overview and of its mask. Overviews are the directories of reduced
/// resolution with as many bands as the first directory, in the order of the file, as GDAL's GTiff
/// driver lists them. An overview's mask is the first mask of its size behind it that no overview
/// before it has taken.
/// @return nothing if the chain of directories has no such overview: it may be in FILE.ovr
/// @throws as read_tiff_images, of the overview and its mask
std::optional<TiffImages> read_tiff_overview(ByteReader& file, int overview);

}  // namespace cogmill::io
