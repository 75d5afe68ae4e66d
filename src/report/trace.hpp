// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace cogmill::report {

/// What a rank spends its time on; one track each in the trace.
enum class Stage : std::uint8_t {
  kOpen,       ///< metadata of the inputs
  kPlan,       ///< grid, chunks, memory
  kFetch,      ///< waiting for storage
  kDecode,     ///< decompression and predictors
  kEvaluate,   ///< expressions, type conversion
  kOverviews,  ///< reduction of levels
  kEncode,     ///< predictors and compression
  kExchange,   ///< MPI: shared rows and tile sizes
  kWrite,      ///< writing the output
  kSync,       ///< fsync and rename
};
inline constexpr std::size_t kStageCount = 10;

/// "open", "plan", "fetch", ...
std::string_view name_of(Stage stage);

/// Where the time of one rank went. Seconds per stage are always summed; each span is kept only if
/// the trace records. Thread-safe.
class Trace {
 public:
  /// @param record keep the spans for to_json; otherwise a span costs two clock readings
  explicit Trace(bool record);

  /// Measures from its making to its end, on one thread.
  class Span {
   public:
    /// @param chunk number of the chunk, or -1 where there is none
    Span(Trace& trace, Stage stage, std::int64_t chunk = -1)
        : trace_(trace), stage_(stage), chunk_(chunk), begin_(Clock::now()) {}
    ~Span() { trace_.add(stage_, chunk_, begin_, Clock::now()); }
    Span(const Span&) = delete;
    Span& operator=(const Span&) = delete;

   private:
    friend class Trace;
    using Clock = std::chrono::steady_clock;
    Trace& trace_;
    Stage stage_;
    std::int64_t chunk_;
    Clock::time_point begin_;
  };

  /// Sum over all threads so far [s]; more than the wall time where threads work side by side.
  double seconds(Stage stage) const;
  /// The spans of this rank as text for merge_traces. Stages still running are not in it.
  std::string to_json(int rank, const std::string& host) const;

 private:
  using Clock = Span::Clock;
  struct Record {
    Stage stage;
    int thread;
    std::int64_t chunk;
    std::int64_t begin_us, end_us;  ///< since the trace was made
  };
  void add(Stage stage, std::int64_t chunk, Clock::time_point begin,
           Clock::time_point end) noexcept;
  int thread_number();  ///< numbers threads from 0 as they come. @pre mutex_ is held

  const bool record_;
  const Clock::time_point origin_;
  const std::int64_t origin_unix_us_;  ///< the same moment on the clock that hosts share [us]
  std::array<std::atomic<std::int64_t>, kStageCount> nanoseconds_{};
  mutable std::mutex mutex_;
  std::map<std::thread::id, int> threads_;
  std::vector<Record> records_;
  std::int64_t dropped_ = 0;  ///< spans beyond the limit of a million
};

/// Joins what Trace::to_json gave on each rank into one trace that chrome://tracing and Perfetto
/// open: a process per rank, called "rank 3 (host)"; in it a track per stage, and a further track
/// "decode 2" where spans of one stage overlap. Spans are called "decode 17" after their chunk.
/// @throws RuntimeError if a fragment is not what to_json makes
std::string merge_traces(std::span<const std::string> fragments);

/// merge_traces into a file that appears when complete.   @throws RuntimeError naming the file
void write_trace(const std::string& path, std::span<const std::string> fragments);

}  // namespace cogmill::report
