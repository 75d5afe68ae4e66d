// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace cogmill::report {

/// What a file of the system (/proc, /sys) holds, at most `most` bytes of it: such files may be
/// larger than anybody wants to parse.   @return empty if it cannot be read
std::string read_small_file(const std::filesystem::path& file, std::size_t most = 65536);

}  // namespace cogmill::report
