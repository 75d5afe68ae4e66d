// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace cogmill::io {

/// Red, green, blue, alpha.
using Rgba = std::array<std::uint8_t, 4>;

}  // namespace cogmill::io
