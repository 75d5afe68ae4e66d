// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"

#include <gdal_priv.h>

namespace cogmill::io {

/// The pixel type cogmill reads a band as. Signed bytes are known both as Int8 (GDAL 3.7) and as
/// Byte with PIXELTYPE=SIGNEDBYTE (before); half floats are read as Float32.
/// @throws report::RuntimeError for a type that this version does not know
kernels::DataType data_type_of(GDALRasterBand& band);

/// PIXELTYPE of a band, by which GDAL before 3.7 tells signed bytes from others. Later versions
/// have a type for them, and warn whoever asks.
/// @return nullptr where there is none to be asked for
const char* old_pixel_type(GDALRasterBand& band);

/// The type to ask of RasterIO to get `type` from `band` bit by bit.
GDALDataType buffer_type(kernels::DataType type, GDALRasterBand& band);

}  // namespace cogmill::io
