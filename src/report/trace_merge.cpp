// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/atomic_file.hpp"
#include "src/report/error.hpp"
#include "src/report/trace.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <tuple>

namespace cogmill::report {
namespace {

using Json = nlohmann::ordered_json;

struct Event {
  std::size_t stage;
  int thread;
  std::int64_t chunk;
  std::int64_t begin_us, end_us;
};

struct Fragment {
  int rank;
  std::string host;
  std::int64_t origin_us;
  std::int64_t dropped;
  std::vector<Event> events;
};

Fragment parse_fragment(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    Fragment fragment{
        json.at("rank"), json.at("host"), json.at("origin_us"), json.at("dropped"), {}};
    for (const Json& span : json.at("spans")) {
      const Event event{span.at(0), span.at(1), span.at(2), span.at(3), span.at(4)};
      if (event.stage >= kStageCount || event.end_us < event.begin_us)
        throw RuntimeError("cannot merge traces: a rank sent a damaged span");
      fragment.events.push_back(event);
    }
    return fragment;
  } catch (const Json::exception& e) {
    throw RuntimeError(std::string("cannot merge traces: a rank sent damaged text: ") + e.what());
  }
}

/// Lanes of one stage: spans of one lane never overlap, as trace viewers demand.
class Lanes {
 public:
  /// @pre called in order of begin_us   @return the first lane that is free by then
  std::size_t place(const Event& event) {
    std::size_t lane = 0;
    while (lane < free_from_us_.size() && free_from_us_[lane] > event.begin_us) ++lane;
    if (lane == free_from_us_.size()) free_from_us_.push_back(0);
    free_from_us_[lane] = event.end_us;
    return lane;
  }
  std::size_t count() const { return free_from_us_.size(); }

 private:
  std::vector<std::int64_t> free_from_us_;
};

constexpr std::size_t kLanesPerStage = 10000;
std::size_t track_id(std::size_t stage, std::size_t lane) { return stage * kLanesPerStage + lane; }

Json metadata(const char* what, int rank, std::size_t track, Json args) {
  return {{"name", what}, {"ph", "M"}, {"pid", rank}, {"tid", track}, {"args", std::move(args)}};
}

Json complete_event(const Event& event, int rank, std::size_t track, std::int64_t shift_us) {
  std::string name(name_of(static_cast<Stage>(event.stage)));
  Json args = {{"thread", event.thread}};
  if (event.chunk >= 0) {
    name += ' ' + std::to_string(event.chunk);
    args["chunk"] = event.chunk;
  }
  return {{"name", name},
          {"cat", name_of(static_cast<Stage>(event.stage))},
          {"ph", "X"},
          {"pid", rank},
          {"tid", track},
          {"ts", event.begin_us + shift_us},
          {"dur", event.end_us - event.begin_us},
          {"args", std::move(args)}};
}

void name_tracks(const Fragment& fragment, std::span<const Lanes> lanes, Json& events) {
  const std::string process = "rank " + std::to_string(fragment.rank) + " (" + fragment.host + ')';
  events.push_back(metadata("process_name", fragment.rank, 0, {{"name", process}}));
  events.push_back(
      metadata("process_sort_index", fragment.rank, 0, {{"sort_index", fragment.rank}}));
  for (std::size_t stage = 0; stage < lanes.size(); ++stage) {
    for (std::size_t lane = 0; lane < lanes[stage].count(); ++lane) {
      std::string name(name_of(static_cast<Stage>(stage)));
      if (lane > 0) name += ' ' + std::to_string(lane + 1);
      const std::size_t track = track_id(stage, lane);
      events.push_back(metadata("thread_name", fragment.rank, track, {{"name", name}}));
      events.push_back(
          metadata("thread_sort_index", fragment.rank, track, {{"sort_index", track}}));
    }
  }
}

/// @param shift_us from the rank's own zero to the zero of the whole trace
void add_rank(Fragment& fragment, std::int64_t shift_us, Json& events) {
  std::sort(fragment.events.begin(), fragment.events.end(), [](const Event& a, const Event& b) {
    return std::tie(a.begin_us, a.stage, a.chunk) < std::tie(b.begin_us, b.stage, b.chunk);
  });
  std::vector<Lanes> lanes(kStageCount);
  for (const Event& event : fragment.events) {
    const std::size_t track = track_id(event.stage, lanes[event.stage].place(event));
    events.push_back(complete_event(event, fragment.rank, track, shift_us));
  }
  name_tracks(fragment, lanes, events);
}

}  // namespace

std::string merge_traces(std::span<const std::string> fragments) {
  std::vector<Fragment> ranks;
  std::int64_t zero_us = std::numeric_limits<std::int64_t>::max();
  std::int64_t dropped = 0;
  for (const std::string& text : fragments) {
    ranks.push_back(parse_fragment(text));
    zero_us = std::min(zero_us, ranks.back().origin_us);
    dropped += ranks.back().dropped;
  }
  Json events = Json::array();
  for (Fragment& fragment : ranks) add_rank(fragment, fragment.origin_us - zero_us, events);
  const Json trace = {{"displayTimeUnit", "ms"},
                      {"otherData", {{"program", "cogmill"}, {"spans_dropped", dropped}}},
                      {"traceEvents", std::move(events)}};
  return trace.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

void write_trace(const std::string& path, std::span<const std::string> fragments) {
  write_file_atomically(path, merge_traces(fragments));
}

}  // namespace cogmill::report
