// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cogmill::crs {

/// @return whether coordinates of one are coordinates of the other, x before y: heights and the
/// order of axes in files are left aside, and so are the words of their WKT
/// @param a, b WKT; empty: no CRS
bool is_same_crs(const std::string& a, const std::string& b);

}  // namespace cogmill::crs
