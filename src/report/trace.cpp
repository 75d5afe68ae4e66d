// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/trace.hpp"

#include <nlohmann/json.hpp>

#include <exception>

namespace cogmill::report {
namespace {

constexpr std::size_t kMaxRecords = 1'000'000;  // 40 MB: a trace must not become the memory problem

constexpr std::array<std::string_view, kStageCount> kStageNames = {
    "open",      "plan",   "fetch",    "decode", "evaluate",
    "overviews", "encode", "exchange", "write",  "sync"};

std::int64_t unix_microseconds() {
  using std::chrono::duration_cast, std::chrono::microseconds, std::chrono::system_clock;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

std::string_view name_of(Stage stage) { return kStageNames[static_cast<std::size_t>(stage)]; }

Trace::Trace(bool record)
    : record_(record), origin_(Clock::now()), origin_unix_us_(unix_microseconds()) {}

double Trace::seconds(Stage stage) const {
  return 1e-9 * static_cast<double>(nanoseconds_[static_cast<std::size_t>(stage)].load());
}

void Trace::add(Stage stage, std::int64_t chunk, Clock::time_point begin,
                Clock::time_point end) noexcept {
  using std::chrono::duration_cast, std::chrono::microseconds, std::chrono::nanoseconds;
  nanoseconds_[static_cast<std::size_t>(stage)].fetch_add(
      duration_cast<nanoseconds>(end - begin).count(), std::memory_order_relaxed);
  if (!record_) return;
  const std::lock_guard lock(mutex_);
  try {
    if (records_.size() >= kMaxRecords) {
      ++dropped_;
      return;
    }
    records_.push_back({stage, thread_number(), chunk,
                        duration_cast<microseconds>(begin - origin_).count(),
                        duration_cast<microseconds>(end - origin_).count()});
  } catch (const std::exception&) {
    ++dropped_;  // no memory for the trace is no reason to lose the job
  }
}

int Trace::thread_number() {
  return threads_.try_emplace(std::this_thread::get_id(), static_cast<int>(threads_.size()))
      .first->second;
}

std::string Trace::to_json(int rank, const std::string& host) const {
  const std::lock_guard lock(mutex_);
  nlohmann::json spans = nlohmann::json::array();
  for (const Record& r : records_)
    spans.push_back({static_cast<int>(r.stage), r.thread, r.chunk, r.begin_us, r.end_us});
  const nlohmann::json fragment = {{"rank", rank},
                                   {"host", host},
                                   {"origin_us", origin_unix_us_},
                                   {"dropped", dropped_},
                                   {"spans", std::move(spans)}};
  return fragment.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace cogmill::report
