// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace cogmill::doctor {

/// What a variable of the environment says; empty if it is not set. Tests bring their own.
using Environment = std::function<std::string(const std::string& name)>;

/// A variable of this process' environment, its value as one line of at most 1000 bytes; empty if
/// it is not set.
std::string from_environment(const std::string& name);

/// A variable that is a number from 0 to 2^31 - 1, and nothing else.
std::optional<int> number_in(const Environment& environment, const std::string& name);

}  // namespace cogmill::doctor
