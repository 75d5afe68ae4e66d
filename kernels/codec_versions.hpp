// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace cogmill::kernels {

/// @return name and version of each codec library this program was built with
std::vector<std::pair<std::string, std::string>> codec_versions();

}  // namespace cogmill::kernels
