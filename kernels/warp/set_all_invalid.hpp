// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/warp.hpp"

#include <span>

namespace cogmill::kernels::warp {

/// What warp_block does where the source block is empty.
void set_all_invalid(std::span<const WarpBand> bands);

}  // namespace cogmill::kernels::warp
