// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cogmill::report {

/// Writes a small text file (record, trace) under its final name in one step: a temporary file
/// beside it, fsync, rename. An existing file is replaced. Local, blocks.
/// @throws RuntimeError naming the path; then nothing is left behind
void write_file_atomically(const std::string& path, std::string_view text);

}  // namespace cogmill::report
