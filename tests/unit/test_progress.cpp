// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/progress.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace cogmill::report {
namespace {

/// A Progress on a stream of its own, by a clock that the test turns.
struct Watched {
  std::atomic<double> now = 100;
  std::int64_t tiles = 0, bytes = 0;
  std::ostringstream out;
  Progress progress;

  explicit Watched(ProgressStyle style, std::int64_t total = 100)
      : progress(style, total, out, [this] { return now.load(); }) {}
  void step(double seconds, std::int64_t more_tiles, std::int64_t more_bytes) {
    now += seconds;
    progress.set(tiles += more_tiles, bytes += more_bytes);
  }
  std::vector<std::string> lines() const {
    std::istringstream in(out.str());
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }
};

TEST(Progress, BarRedrawsOneLineOfAtMost80Columns) {
  Watched w(ProgressStyle::kBar, 1000000);
  w.step(1, 420000, 812000000);
  EXPECT_EQ(w.out.str(),
            "\r 42% [##########..............] 420000/1000000 tiles  812 MB/s  ETA 1.4 s\033[K");
  EXPECT_LE(w.out.str().size() - 4, 80U);
  w.step(0.05, 1, 1);  // too soon for another
  EXPECT_EQ(w.lines().size(), 1U);
  w.step(1, 0, 0);
  w.progress.finish();
  EXPECT_TRUE(w.out.str().ends_with("1000000/1000000 tiles  396 MB/s  in 2.0 s\033[K\n"))
      << w.out.str();
  EXPECT_EQ(w.lines().size(), 1U);
}

TEST(Progress, AnUnfinishedBarLeavesItsLine) {
  std::ostringstream out;
  double now = 0;
  {
    Progress progress(ProgressStyle::kBar, 10, out, [&now] { return now; });
    now = 1;
    progress.set(1, 1);
  }
  EXPECT_TRUE(out.str().ends_with("\033[K\n"));
}

TEST(Progress, ClearedBarComesBackWithTheNextTile) {
  Watched w(ProgressStyle::kBar);
  w.progress.clear_line();
  EXPECT_EQ(w.out.str(), "");  // there was none
  w.step(1, 1, 1);
  w.progress.clear_line();
  EXPECT_TRUE(w.out.str().ends_with("\r\033[K"));
  w.step(1, 1, 1);
  EXPECT_NE(w.out.str().rfind("2/100 tiles"), std::string::npos);
}

TEST(Progress, PlainLinesComeAtTenthsButNotTooOften) {
  Watched w(ProgressStyle::kPlain);
  w.step(0.5, 15, 15000000);  // a tenth, but within the first second
  EXPECT_EQ(w.lines().size(), 0U);
  w.step(1.5, 3, 3000000);
  w.step(1.0, 1, 1000000);  // still in the second tenth
  w.step(1.0, 1, 1000000);
  w.progress.finish();
  w.progress.finish();
  w.step(10, 1, 1);
  const std::vector<std::string> expected = {"progress: 18% 18/100 tiles 9 MB/s ETA 9.1 s",
                                             "progress: 20% 20/100 tiles 5 MB/s ETA 16.0 s",
                                             "progress: 100% 100/100 tiles 5 MB/s in 4.0 s"};
  EXPECT_EQ(w.lines(), expected);
}

TEST(Progress, PlainLinesBreakTheSilenceLessAndLessOften) {
  Watched w(ProgressStyle::kPlain, 1000000);
  for (int i = 0; i < 3600; ++i) w.step(1, 1, 1);
  // Every 5 s for 50 s, then each time a tenth longer: ten and some forty lines in an hour.
  EXPECT_GT(w.lines().size(), 40U);
  EXPECT_LT(w.lines().size(), 70U);
}

TEST(Progress, JsonLinesAreJson) {
  Watched w(ProgressStyle::kJson, 292);
  w.step(0.1, 1, 1);
  w.step(0.5, 0, 0);
  w.step(1.4, 72, 81200000);
  w.progress.finish();
  const std::vector<std::string> lines = w.lines();
  ASSERT_EQ(lines.size(), 3U);
  const auto event = nlohmann::json::parse(lines[1]);
  EXPECT_EQ(event.at("event"), "progress");
  EXPECT_EQ(event.at("tiles"), 73);
  EXPECT_EQ(event.at("total"), 292);
  EXPECT_DOUBLE_EQ(event.at("mb_per_s").get<double>(), 40.6);
  EXPECT_DOUBLE_EQ(event.at("eta_s").get<double>(), 6.0);
  EXPECT_EQ(nlohmann::json::parse(lines[2]).at("tiles"), 292);
  EXPECT_EQ(nlohmann::json::parse(lines[2]).at("eta_s"), 0.0);
}

TEST(Progress, JsonEtaIsNullUntilATileIsDone) {
  Watched w(ProgressStyle::kJson);
  w.step(1, 0, 0);
  ASSERT_EQ(w.lines().size(), 1U);
  EXPECT_TRUE(nlohmann::json::parse(w.lines()[0]).at("eta_s").is_null());
}

TEST(Progress, NoneIsSilent) {
  Watched w(ProgressStyle::kNone);
  w.step(60, 50, 1);
  w.progress.finish();
  EXPECT_EQ(w.out.str(), "");
}

TEST(Progress, SurvivesNoWorkAndTooMuchWork) {
  Watched none(ProgressStyle::kPlain, 0);
  none.step(60, 0, 0);
  none.progress.finish();
  EXPECT_EQ(none.lines().back(), "progress: 100% 0/0 tiles 0 MB/s in 1m00s");
  Watched more(ProgressStyle::kBar, 3);
  more.step(1, 5, 5);
  EXPECT_NE(more.out.str().find("100% [########################] 3/3"), std::string::npos);
}

TEST(Progress, PrintsWholeLinesWhileManyThreadsReport) {
  Watched w(ProgressStyle::kJson, 4000);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&w] {
      for (int j = 0; j < 500; ++j) {
        w.now += 1;
        w.progress.set(7, 70);
      }
    });
  for (std::thread& thread : threads) thread.join();
  const std::vector<std::string> lines = w.lines();
  EXPECT_GE(lines.size(), 500U);
  for (const std::string& line : lines)
    ASSERT_EQ(nlohmann::json::parse(line).at("tiles"), 7) << line;
}

TEST(Progress, SetReplacesTheSums) {
  Watched w(ProgressStyle::kJson, 4000);
  w.progress.set(7, 70);
  w.now += 1.0;
  w.progress.set(9, 90);
  EXPECT_EQ(nlohmann::json::parse(w.lines().at(0)).at("tiles"), 9);
}

}  // namespace
}  // namespace cogmill::report
