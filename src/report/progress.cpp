// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/progress.hpp"

#include "src/report/sizes.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace cogmill::report {
namespace {

constexpr double kBarPeriod = 0.1, kJsonPeriod = 0.5, kPlainPeriod = 1.0, kPlainSilence = 5.0;  // s

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string bar(double share) {
  constexpr std::size_t kWidth = 24;
  const auto full = static_cast<std::size_t>(share * kWidth);
  return '[' + std::string(full, '#') + std::string(kWidth - full, '.') + ']';
}

std::string right_aligned(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

}  // namespace

ProgressStyle resolve(ProgressStyle style) {
  if (style != ProgressStyle::kAuto) return style;
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  return ::isatty(STDERR_FILENO) == 1 && !dumb ? ProgressStyle::kBar : ProgressStyle::kPlain;
}

Progress::Progress(ProgressStyle style, std::int64_t total_tiles)
    : Progress(style, total_tiles, std::cerr, steady_seconds) {}

Progress::Progress(ProgressStyle style, std::int64_t total_tiles, std::ostream& out, Clock clock)
    : style_(resolve(style)),
      total_(std::max<std::int64_t>(total_tiles, 0)),
      out_(out),
      clock_(std::move(clock)),
      start_(clock_()),
      printed_at_(start_) {}

Progress::~Progress() {
  if (line_open_) out_ << '\n' << std::flush;
}

void Progress::set(std::int64_t tiles, std::int64_t bytes) {
  const std::lock_guard lock(mutex_);
  tiles_ = tiles;
  bytes_ = bytes;
  report_if_due();
}

void Progress::finish() {
  const std::lock_guard lock(mutex_);
  if (finished_ || style_ == ProgressStyle::kNone) return;
  finished_ = true;
  tiles_ = total_;
  print(clock_(), true);
}

void Progress::clear_line() {
  const std::lock_guard lock(mutex_);
  if (!line_open_) return;
  out_ << "\r\033[K" << std::flush;
  line_open_ = false;
}

void Progress::report_if_due() {
  if (finished_ || style_ == ProgressStyle::kNone) return;
  const double now = clock_();
  if (due(now)) print(now, false);
}

bool Progress::due(double now) const {
  const double silence = now - printed_at_;
  if (style_ == ProgressStyle::kBar) return silence >= kBarPeriod;
  if (style_ == ProgressStyle::kJson) return silence >= kJsonPeriod;
  // A job of hours must not fill the scheduler's log: the pauses grow with the time passed.
  if (silence >= std::max(kPlainSilence, (now - start_) / 10)) return true;
  return decile() > printed_decile_ && silence >= kPlainPeriod;
}

void Progress::print(double now, bool last) {
  const std::string line = text(now - start_, last);
  if (style_ == ProgressStyle::kBar) {
    out_ << '\r' << line << "\033[K";
    if (last) out_ << '\n';
    line_open_ = !last;
  } else {
    out_ << line << '\n';
  }
  out_ << std::flush;
  printed_at_ = now;
  printed_decile_ = decile();
}

std::int64_t Progress::decile() const {
  return tiles_ / std::max<std::int64_t>(1, (total_ + 9) / 10);
}

std::string Progress::text(double elapsed, bool last) const {
  const std::int64_t tiles = std::clamp<std::int64_t>(tiles_, 0, total_);
  const double share = total_ > 0 ? static_cast<double>(tiles) / static_cast<double>(total_) : 1;
  const double mb_per_s = elapsed > 0 ? static_cast<double>(bytes_) / 1e6 / elapsed : 0;
  std::optional<double> eta;
  if (last) {
    eta = 0;
  } else if (tiles > 0) {
    eta = elapsed * (1 - share) / share;
  }
  if (style_ == ProgressStyle::kJson) {
    nlohmann::ordered_json event = {{"event", "progress"},
                                    {"tiles", tiles},
                                    {"total", total_},
                                    {"mb_per_s", std::round(mb_per_s * 10) / 10}};
    event["eta_s"] = eta ? nlohmann::ordered_json(std::round(*eta * 10) / 10) : nullptr;
    return event.dump();
  }
  const std::string percent = std::to_string(static_cast<int>(share * 100)) + '%';
  const std::string count = std::to_string(tiles) + '/' + std::to_string(total_) + " tiles";
  const std::string rate = std::to_string(std::llround(mb_per_s)) + " MB/s";
  const std::string when =
      last ? "in " + format_duration(elapsed) : "ETA " + (eta ? format_duration(*eta) : "?");
  if (style_ == ProgressStyle::kBar)
    return right_aligned(percent, 4) + ' ' + bar(share) + ' ' + count + "  " + rate + "  " + when;
  return "progress: " + percent + ' ' + count + ' ' + rate + ' ' + when;
}

}  // namespace cogmill::report
