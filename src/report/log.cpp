// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/log.hpp"

#include "src/report/one_line.hpp"

#include <spdlog/details/null_mutex.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <mutex>
#include <set>
#include <utility>

namespace cogmill::report {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"debug", "info", "warning", "error"};

/// Writes whole lines to stderr, as it is at that moment: no stream of its own to go out of date.
class StderrSink : public spdlog::sinks::base_sink<std::mutex> {
 public:
  void set_before(std::function<void()> action) {
    const std::lock_guard lock(mutex_);
    before_ = std::move(action);
  }

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    if (before_) before_();
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    (void)std::fwrite(line.data(), 1, line.size(), stderr);
  }
  void flush_() override { (void)std::fflush(stderr); }

 private:
  std::function<void()> before_;
};

/// The one piece of process-wide state here: a log that had to be handed to every function would be
/// handed to none.
struct Log {
  std::shared_ptr<StderrSink> sink = std::make_shared<StderrSink>();
  spdlog::logger logger{"cogmill", sink};
  std::mutex mutex;
  std::set<std::string> warned;

  Log() { configure(LogLevel::kWarning, 0); }
  void configure(LogLevel level, int rank);
};

spdlog::level::level_enum spdlog_level(LogLevel level) {
  constexpr std::array kLevels = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                                  spdlog::level::err};
  return kLevels[static_cast<std::size_t>(level)];
}

void Log::configure(LogLevel level, int rank) {
  const std::string who = rank == 0 ? "cogmill" : "cogmill: rank " + std::to_string(rank);
  logger.set_pattern(who + ": %l: %v");
  logger.set_level(spdlog_level(rank == 0 ? level : std::max(level, LogLevel::kWarning)));
  logger.flush_on(spdlog::level::debug);
}

Log& process_log() {
  static Log log;
  return log;
}

}  // namespace

std::string_view name_of(LogLevel level) { return kNames[static_cast<std::size_t>(level)]; }

std::optional<LogLevel> log_level_from_name(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<LogLevel>(found - kNames.begin());
}

void configure_log(LogLevel level, int rank) { process_log().configure(level, rank); }

void log(LogLevel level, const std::string& text) {
  process_log().logger.log(spdlog_level(level), "{}", one_line(text));
}

bool warn_once(const std::string& key, const std::string& text) {
  Log& state = process_log();
  {
    const std::lock_guard lock(state.mutex);
    if (!state.warned.insert(key).second) return false;
  }
  log_warning(text);
  return true;
}

BeforeEachMessage::BeforeEachMessage(std::function<void()> action) {
  process_log().sink->set_before(std::move(action));
}
BeforeEachMessage::~BeforeEachMessage() { process_log().sink->set_before({}); }

}  // namespace cogmill::report
