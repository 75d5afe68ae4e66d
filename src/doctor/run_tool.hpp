// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::doctor {

/// Runs a program of the PATH, without a shell, its input empty and its messages thrown away.
/// @return the first 64 KiB of what it prints; nothing if there is no such program, it fails, or is
/// not done in time (it is killed then)
std::optional<std::string> run_tool(const std::vector<std::string>& words,
                                    std::chrono::milliseconds limit);

}  // namespace cogmill::doctor
