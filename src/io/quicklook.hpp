// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/colour_entries.hpp"
#include "kernels/nodata.hpp"
#include "kernels/plane.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cogmill::io {

/// A small level of the output, as a picture is made of it.
struct QuicklookImage {
  /// One or more bands of one size. Three and more: the first three are red, green and blue; else
  /// the first is grey.
  std::vector<kernels::ConstPlane> bands;
  std::optional<kernels::Nodata> nodata = {};     ///< pixels that equal it in every band are clear
  kernels::ConstPlane mask = {};                  ///< Byte, 0 = clear; data == nullptr: none
  std::vector<kernels::Colour> color_table = {};  ///< of the first band, which is drawn with it
};

/// Writes an 8-bit PNG, each band stretched between its 2nd and 98th percentile of the valid
/// pixels. NaN is never valid; of complex pixels the magnitude is drawn. With clear pixels the
/// picture has an alpha band. It appears under its name when it is complete. Local.
/// @pre every plane has the size of the first, at most 2^15 pixels a side
/// @throws report::RuntimeError if the picture cannot be written
void write_quicklook(const std::string& path, const QuicklookImage& image);

}  // namespace cogmill::io
