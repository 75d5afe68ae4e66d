// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace cogmill::io {

/// Name of a piece of a VRT in the VRT's folder: "out_00003.tif" of "a/out.vrt".
std::string piece_name(const std::string& vrt, std::size_t piece);

/// Where that piece stands.
std::string piece_path(const std::string& vrt, std::size_t piece);

}  // namespace cogmill::io
