// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/error.hpp"
#include "src/report/log.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace cogmill::report {
namespace {

/// What the action wrote to stderr.
std::string stderr_of(const std::function<void()>& action) {
  testing::internal::CaptureStderr();
  action();
  return testing::internal::GetCapturedStderr();
}

TEST(Log, PrintsFromTheLevelOnWithTheProgramsName) {
  configure_log(LogLevel::kInfo, 0);
  const std::string text = stderr_of([] {
    log_debug("hidden");
    log_info("shown");
    log_warning("tile {} of a.tif");  // braces are text, not a format
    log(LogLevel::kError, "bad");
  });
  EXPECT_EQ(text,
            "cogmill: info: shown\n"
            "cogmill: warning: tile {} of a.tif\n"
            "cogmill: error: bad\n");
}

TEST(Log, PrintsEverythingAtLevelDebug) {
  configure_log(LogLevel::kDebug, 0);
  EXPECT_EQ(stderr_of([] { log_debug("a.tif: tile reader"); }),
            "cogmill: debug: a.tif: tile reader\n");
}

TEST(Log, OtherRanksOnlyWarnAndSayWhoTheyAre) {
  configure_log(LogLevel::kDebug, 3);
  const std::string text = stderr_of([] {
    log_info("hidden");
    log_warning("slow disk");
  });
  EXPECT_EQ(text, "cogmill: rank 3: warning: slow disk\n");
}

TEST(Log, OtherRanksKeepQuietAboutWarningsAtLevelError) {
  configure_log(LogLevel::kError, 1);
  EXPECT_EQ(stderr_of([] { log_warning("hidden"); }), "");
}

TEST(Log, MakesOneLineOfMany) {
  configure_log(LogLevel::kWarning, 0);
  EXPECT_EQ(stderr_of([] { log_warning("one\r\n two\n"); }), "cogmill: warning: one  two\n");
}

TEST(Log, WarnsOncePerKeyHoweverManyThreads) {
  configure_log(LogLevel::kWarning, 0);
  const std::string text = stderr_of([] {
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([] { warn_once("fallback a.tif", "a.tif is read by GDAL"); });
    for (std::thread& thread : threads) thread.join();
    EXPECT_TRUE(warn_once("fallback b.tif", "b.tif is read by GDAL"));
    EXPECT_FALSE(warn_once("fallback b.tif", "b.tif is read by GDAL"));
  });
  EXPECT_EQ(text,
            "cogmill: warning: a.tif is read by GDAL\n"
            "cogmill: warning: b.tif is read by GDAL\n");
}

TEST(Log, ClearsTheBarBeforeAMessage) {
  configure_log(LogLevel::kWarning, 0);
  int calls = 0;
  {
    const BeforeEachMessage hook([&calls] { ++calls; });
    stderr_of([] { log_warning("x"); });
    stderr_of([] { log_info("not printed"); });
  }
  stderr_of([] { log_warning("y"); });
  EXPECT_EQ(calls, 1);
}

TEST(Log, NamesOfLevels) {
  EXPECT_EQ(log_level_from_name("warning"), LogLevel::kWarning);
  EXPECT_EQ(log_level_from_name("warn"), std::nullopt);
  EXPECT_EQ(name_of(LogLevel::kError), "error");
}

TEST(PrintError, IsOneLineThenTheDetail) {
  EXPECT_EQ(stderr_of([] { print_error("cannot open a.tif:\nno such file\n"); }),
            "cogmill: error: cannot open a.tif: no such file\n");
  EXPECT_EQ(stderr_of([] { print_error("syntax", "A[1] +\n      ^"); }),
            "cogmill: error: syntax\nA[1] +\n      ^\n");
}

}  // namespace
}  // namespace cogmill::report
