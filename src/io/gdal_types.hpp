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

/// The type to ask of RasterIO to get `type` from `band` bit by bit.
GDALDataType buffer_type(kernels::DataType type, GDALRasterBand& band);

}  // namespace cogmill::io
