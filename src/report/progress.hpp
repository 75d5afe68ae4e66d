// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <mutex>
#include <string>

namespace cogmill::report {

/// kBar redraws one line, kPlain and kJson add lines, kNone is silent. kAuto: the bar on a
/// terminal, plain lines elsewhere.
enum class ProgressStyle : std::uint8_t { kAuto, kBar, kPlain, kJson, kNone };

/// Resolves kAuto by asking whether stderr is a terminal that can redraw a line (TERM is not dumb).
ProgressStyle resolve(ProgressStyle style);

/// How far the job has come, for the person watching. Make it on rank 0 only.
///
///   bar    " 42% [########............] 123/292 tiles  812 MB/s  ETA 1m05s"
///   plain  "progress: 42% 123/292 tiles 812 MB/s ETA 1m05s", each 10 % but at most one a second,
///          and when nothing was said for 5 s or a tenth of the time passed
///   JSON   {"event":"progress","tiles":123,"total":292,"mb_per_s":812.0,"eta_s":65.0}; eta_s is
///          null until it is known; at most two a second
///
/// MB are 10^6 bytes. Thread-safe. The last line is always printed by finish().
class Progress {
 public:
  using Clock = std::function<double()>;  ///< monotonic [s]

  /// @param style kAuto is resolved   @param total_tiles what 100 % is
  Progress(ProgressStyle style, std::int64_t total_tiles);
  /// Prints to `out` instead of stderr, and takes the time from `clock`.
  /// @pre `out` outlives the object
  Progress(ProgressStyle style, std::int64_t total_tiles, std::ostream& out, Clock clock);
  /// Ends an unfinished bar's line, so that an error message starts on its own.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Sets the sums so far: tiles that are done, and the bytes of pixels they hold.
  void set(std::int64_t tiles, std::int64_t bytes);
  /// The job is complete: 100 %, and the line ends. Later calls do nothing.
  void finish();
  /// Wipes the bar, so that another message can take its line; it comes back with the next tile.
  void clear_line();

 private:
  void report_if_due();
  bool due(double now) const;
  std::int64_t decile() const;  ///< tenths of the work done
  void print(double now, bool last);
  std::string text(double elapsed, bool last) const;

  ProgressStyle style_;
  std::int64_t total_;
  std::ostream& out_;
  Clock clock_;
  double start_;
  double printed_at_;  ///< time of the last line
  std::int64_t printed_decile_ = 0;
  std::int64_t tiles_ = 0;
  std::int64_t bytes_ = 0;
  bool line_open_ = false;  ///< a bar stands on the line
  bool finished_ = false;
  std::mutex mutex_;
};

}  // namespace cogmill::report
