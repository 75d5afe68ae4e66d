// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/interrupt.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <string>

namespace cogmill::report {
namespace {

std::string text_after(int signal) {
  try {
    std::raise(signal);
    throw_if_interrupted();
  } catch (const Interrupted& e) {
    return e.what();
  }
  return "nothing";
}

TEST(Interrupt, NothingIsThrownWithoutASignal) {
  const InterruptWatch watch;
  EXPECT_NO_THROW(throw_if_interrupted());
  EXPECT_FALSE(is_interrupted());
}

TEST(Interrupt, NamesTheSignal) {
  for (const auto& [signal, name] : {std::pair(SIGTERM, "SIGTERM"), std::pair(SIGINT, "SIGINT")}) {
    const InterruptWatch watch;
    EXPECT_EQ(text_after(signal), std::string("interrupted by ") + name);
    EXPECT_TRUE(is_interrupted());
  }
}

TEST(Interrupt, SIGTERMMayComeTwice) {
  const InterruptWatch watch;
  std::raise(SIGTERM);
  EXPECT_EQ(text_after(SIGTERM), "interrupted by SIGTERM");
}

TEST(Interrupt, ANewWatchBeginsAnew) {
  {
    const InterruptWatch watch;
    std::raise(SIGTERM);
  }
  const InterruptWatch watch;
  EXPECT_NO_THROW(throw_if_interrupted());
}

TEST(Interrupt, HoldIsTheLastMomentToStop) {
  InterruptWatch watch;
  std::raise(SIGTERM);
  EXPECT_THROW(watch.hold(), Interrupted);
  EXPECT_THROW(throw_if_interrupted(), Interrupted);
}

TEST(Interrupt, AnIgnoredSignalStaysIgnored) {
  std::signal(SIGINT, SIG_IGN);  // as a shell does for what it runs in the background
  {
    const InterruptWatch watch;
    EXPECT_EQ(text_after(SIGINT), "nothing");
  }
  EXPECT_EQ(std::signal(SIGINT, SIG_DFL), SIG_IGN);
}

// Each of these ends a process of its own.
void hold_and_raise() {
  InterruptWatch watch;
  watch.hold();
  std::raise(SIGTERM);
  throw_if_interrupted();
  std::fputs("still here", stderr);
}

void raise_after_the_watch() {
  { const InterruptWatch watch; }
  std::raise(SIGTERM);
}

void raise_twice() {
  const InterruptWatch watch;
  std::raise(SIGINT);
  std::raise(SIGINT);
}

void end_after_an_interrupt() {
  {
    const InterruptWatch watch;
    std::raise(SIGTERM);
  }
  end_by_signal();
}

TEST(InterruptDeathTest, ASignalThatIsHeldEndsTheProcessAfterwards) {
  EXPECT_EXIT(hold_and_raise(), testing::KilledBySignal(SIGTERM), "still here");
}
TEST(InterruptDeathTest, SignalsEndTheProcessWithoutAWatch) {
  EXPECT_EXIT(raise_after_the_watch(), testing::KilledBySignal(SIGTERM), "");
}
TEST(InterruptDeathTest, TheSecondSIGINTEndsTheProcess) {
  EXPECT_EXIT(raise_twice(), testing::KilledBySignal(SIGINT), "");
}
TEST(InterruptDeathTest, TheProcessCanEndAsTheSignalWanted) {
  EXPECT_EXIT(end_after_an_interrupt(), testing::KilledBySignal(SIGTERM), "");
}

}  // namespace
}  // namespace cogmill::report
