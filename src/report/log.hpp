// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cogmill::report {

/// Severity of a message, least first.
enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning, kError };

/// "debug", "info", "warning", "error".
std::string_view name_of(LogLevel level);
std::optional<LogLevel> log_level_from_name(std::string_view name);

/// Sets what this process prints: rank 0 everything from `level` on, the other ranks only warnings
/// and errors, each line with its rank. Before this call: warnings of rank 0.
void configure_log(LogLevel level, int rank);

/// Prints `cogmill: warning: TEXT` (other ranks: `cogmill: rank 3: warning: TEXT`) to stderr as one
/// line. Thread-safe.
void log(LogLevel level, const std::string& text);

inline void log_debug(const std::string& text) { log(LogLevel::kDebug, text); }
inline void log_info(const std::string& text) { log(LogLevel::kInfo, text); }
inline void log_warning(const std::string& text) { log(LogLevel::kWarning, text); }

/// Warns the first time it is called with this key in the process, and never again. Thread-safe.
/// @return true if this call was the first
bool warn_once(const std::string& key, const std::string& text);

/// Called before each printed line while the object lives, so that a message does not land in the
/// middle of a progress bar. One at a time: the last made wins, and going away removes it.
class BeforeEachMessage {
 public:
  explicit BeforeEachMessage(std::function<void()> action);
  ~BeforeEachMessage();
  BeforeEachMessage(const BeforeEachMessage&) = delete;
  BeforeEachMessage& operator=(const BeforeEachMessage&) = delete;
};

}  // namespace cogmill::report
