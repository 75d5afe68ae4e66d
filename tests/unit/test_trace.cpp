// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/error.hpp"
#include "src/report/trace.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace cogmill::report {
namespace {

using nlohmann::json;
using Track = std::pair<int, int>;  // rank, track

/// A rank's fragment with spans {stage, thread, chunk, begin, end}.
std::string fragment(int rank, std::int64_t origin_us, const json& spans) {
  return json{{"rank", rank},
              {"host", "n0" + std::to_string(rank)},
              {"origin_us", origin_us},
              {"dropped", 0},
              {"spans", spans}}
      .dump();
}

std::map<Track, std::vector<json>> spans_by_track(const json& trace) {
  std::map<Track, std::vector<json>> tracks;
  for (const json& event : trace.at("traceEvents"))
    if (event.at("ph") == "X") tracks[{event.at("pid"), event.at("tid")}].push_back(event);
  return tracks;
}

std::map<Track, std::string> names(const json& trace, const std::string& kind) {
  std::map<Track, std::string> found;
  for (const json& event : trace.at("traceEvents"))
    if (event.at("name") == kind)
      found[{event.at("pid"), event.at("tid")}] = event.at("args").at("name");
  return found;
}

TEST(Trace, RecordsStageChunkThreadAndTime) {
  Trace trace(true);
  {
    const Trace::Span outer(trace, Stage::kDecode, 17);
    const Trace::Span inner(trace, Stage::kFetch);
  }
  std::thread([&trace] { const Trace::Span span(trace, Stage::kEncode, 3); }).join();
  const json text = json::parse(trace.to_json(3, "n07"));
  EXPECT_EQ(text.at("rank"), 3);
  EXPECT_EQ(text.at("host"), "n07");
  ASSERT_EQ(text.at("spans").size(), 3U);
  const json inner = text.at("spans")[0], outer = text.at("spans")[1], other = text.at("spans")[2];
  EXPECT_EQ(outer[0], static_cast<int>(Stage::kDecode));
  EXPECT_EQ(outer[2], 17);
  EXPECT_EQ(inner[2], -1);
  EXPECT_EQ(inner[1], outer[1]);
  EXPECT_NE(other[1], outer[1]);
  EXPECT_LE(outer[3], inner[3]);
  EXPECT_LE(inner[4], outer[4]);
  EXPECT_LE(outer[4], other[3]);
}

TEST(Trace, SumsSecondsEvenWhenItRecordsNothing) {
  Trace trace(false);
  for (int i = 0; i < 2; ++i) {
    const Trace::Span span(trace, Stage::kWrite, i);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  EXPECT_GE(trace.seconds(Stage::kWrite), 0.004);
  EXPECT_EQ(trace.seconds(Stage::kEncode), 0);
  EXPECT_TRUE(json::parse(trace.to_json(0, "h")).at("spans").empty());
}

TEST(Trace, TakesSpansOfManyThreads) {
  Trace trace(true);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&trace] {
      for (int i = 0; i < 250; ++i) const Trace::Span span(trace, Stage::kEncode, i);
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(json::parse(trace.to_json(0, "h")).at("spans").size(), 1000U);
}

TEST(MergeTraces, NamesRanksAndTracks) {
  const int decode = static_cast<int>(Stage::kDecode), write = static_cast<int>(Stage::kWrite);
  const std::vector<std::string> fragments = {
      fragment(0, 5000, {{decode, 0, 1, 10, 20}, {write, 0, -1, 30, 40}}),
      fragment(1, 5000, {{decode, 0, 2, 10, 20}})};
  const json trace = json::parse(merge_traces(fragments));
  const auto processes = names(trace, "process_name");
  EXPECT_EQ(processes.at({0, 0}), "rank 0 (n00)");
  EXPECT_EQ(processes.at({1, 0}), "rank 1 (n01)");
  const auto tracks = names(trace, "thread_name");
  for (const auto& [track, spans] : spans_by_track(trace))
    for (const json& span : spans) EXPECT_EQ(span.at("cat"), tracks.at(track));
  EXPECT_EQ(tracks.size(), 3U);
  EXPECT_EQ(trace.at("traceEvents")[0].at("name"), "decode 1");
  EXPECT_EQ(trace.at("traceEvents")[1].at("name"), "write");
}

TEST(MergeTraces, PutsOverlappingSpansOnSeveralTracks) {
  const int decode = static_cast<int>(Stage::kDecode);
  const std::vector<std::string> fragments = {fragment(0, 0,
                                                       {{decode, 0, 0, 0, 100},
                                                        {decode, 1, 1, 50, 150},
                                                        {decode, 0, 2, 100, 200},
                                                        {decode, 2, 3, 60, 90},
                                                        {decode, 0, 4, 200, 200}})};
  const json trace = json::parse(merge_traces(fragments));
  const auto tracks = spans_by_track(trace);
  EXPECT_EQ(tracks.size(), 3U);  // at most three at a time
  std::size_t count = 0;
  for (const auto& [track, spans] : tracks) {
    std::int64_t free_from = -1;
    for (const json& span : spans) {
      EXPECT_GE(span.at("ts").get<std::int64_t>(), free_from);
      free_from = span.at("ts").get<std::int64_t>() + span.at("dur").get<std::int64_t>();
      ++count;
    }
  }
  EXPECT_EQ(count, 5U);
  std::vector<std::string> titles;
  for (const auto& [track, name] : names(trace, "thread_name")) titles.push_back(name);
  EXPECT_EQ(titles, (std::vector<std::string>{"decode", "decode 2", "decode 3"}));
}

TEST(MergeTraces, AlignsTheClocksOfRanks) {
  const std::vector<std::string> fragments = {fragment(0, 1700, {{2, 0, 0, 10, 20}}),
                                              fragment(1, 1000, {{2, 0, 0, 10, 20}})};
  const auto tracks = spans_by_track(json::parse(merge_traces(fragments)));
  std::map<int, std::int64_t> begin;
  for (const auto& [track, spans] : tracks) begin[track.first] = spans.at(0).at("ts");
  EXPECT_EQ(begin.at(0), 710);
  EXPECT_EQ(begin.at(1), 10);
}

TEST(MergeTraces, RefusesDamagedFragments) {
  for (const std::string& text :
       {std::string("{"), std::string("{}"), fragment(0, 0, {{99, 0, 0, 0, 1}}),
        fragment(0, 0, {{-1, 0, 0, 0, 1}}), fragment(0, 0, {{1, 0, 0, 5, 1}}),
        fragment(0, 0, {{1, 0}}), fragment(0, 0, {{"x", 0, 0, 0, 1}})})
    EXPECT_THROW(merge_traces(std::vector{text}), RuntimeError) << text;
}

TEST(MergeTraces, NoRanksAndNoSpansAreValid) {
  EXPECT_TRUE(json::parse(merge_traces({})).at("traceEvents").empty());
  const Trace trace(true);
  EXPECT_NO_THROW(merge_traces(std::vector{trace.to_json(0, "h\xff")}));  // no UTF-8
}

TEST(WriteTrace, AppearsWhole) {
  const tests::TempDir folder;
  const std::string path = folder.file("trace.json");
  Trace trace(true);
  { const Trace::Span span(trace, Stage::kOpen); }
  write_trace(path, std::vector{trace.to_json(0, "h")});
  std::ifstream in(path);
  EXPECT_EQ(json::parse(in).at("displayTimeUnit"), "ms");
  const std::filesystem::directory_iterator entries(folder.path());
  EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}

TEST(WriteTrace, SaysWhereItCannotWrite) {
  try {
    write_trace("/nonexistent-folder/t.json", {});
    FAIL();
  } catch (const RuntimeError& e) {
    EXPECT_EQ(std::string(e.what()),
              "cannot write /nonexistent-folder/t.json: No such file or directory; check that the "
              "folder exists, is writable and has space");
  }
}

TEST(Stages, HaveNamesOfTheirOwn) {
  std::vector<std::string_view> stages;
  for (std::size_t i = 0; i < kStageCount; ++i) stages.push_back(name_of(static_cast<Stage>(i)));
  std::sort(stages.begin(), stages.end());
  EXPECT_EQ(std::adjacent_find(stages.begin(), stages.end()), stages.end());
  EXPECT_EQ(name_of(Stage::kSync), "sync");
  EXPECT_EQ(static_cast<std::size_t>(Stage::kSync) + 1, kStageCount);
}

}  // namespace
}  // namespace cogmill::report
