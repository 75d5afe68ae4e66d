// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cogmill::io {

/// Keeps the HDF5 libraries that GDAL has brought along from printing dozens of lines about each
/// file that they cannot open: GDAL says it in one. On this thread; does nothing without HDF5.
void quiet_hdf5();

}  // namespace cogmill::io
