// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace cogmill::report {

/// Most bytes of a file's name in the folder of `path`: 255 on most file systems.
std::size_t longest_name(const std::string& path);

/// `path` + `suffix`, the name of a file that belongs to another one and lies beside it. Where that
/// would be too long for the file system, the end of the other's name is replaced by a number that
/// is made of all of it.
std::string name_beside(const std::string& path, const std::string& suffix);

}  // namespace cogmill::report
