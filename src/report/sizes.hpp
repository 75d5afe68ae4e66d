// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cogmill::report {

/// Reads a number of bytes: "1048576", "192MB", "2GiB", "1.5 GB", "512k". k, M, G and T (with or
/// without B, any case) are powers of 1000, KiB, MiB, GiB and TiB powers of 1024.
/// @return nothing if the text is no such size, is negative or does not fit
std::optional<std::int64_t> parse_size(std::string_view text);

/// "512 B", "1.23 MB", "45.6 GB": three digits, powers of 1000.   @pre bytes >= 0
std::string format_size(std::int64_t bytes);

/// "0.25 s", "8.1 s", "1m05s", "2h03m": for people.   @param seconds below 0 counts as 0
std::string format_duration(double seconds);

}  // namespace cogmill::report
