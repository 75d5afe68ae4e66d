// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/work_log.hpp"

#include <gtest/gtest.h>

namespace cogmill::gpu {
namespace {

WorkTotal of(const WorkLog& log, Work work) { return log.totals()[static_cast<std::size_t>(work)]; }

TEST(WorkLog, TimeOfSeveralStreamsCountsOnce) {
  WorkLog log;
  log.add({{Work::kCompute, 5, 6, 0}, {Work::kCompute, 1, 3, 0}});
  log.add({{Work::kCompute, 2, 4, 0}, {Work::kCompute, 2.5, 2.75, 0}});
  EXPECT_DOUBLE_EQ(of(log, Work::kCompute).seconds, 4);
}

TEST(WorkLog, KindsDoNotHideEachOther) {
  WorkLog log;
  log.add({{Work::kToDevice, 0, 2, 100}, {Work::kCompute, 1, 2, 0}, {Work::kFromDevice, 1, 4, 7}});
  log.add({{Work::kToDevice, 1, 3, 50}});
  EXPECT_DOUBLE_EQ(of(log, Work::kToDevice).seconds, 3);
  EXPECT_EQ(of(log, Work::kToDevice).bytes, 150);
  EXPECT_DOUBLE_EQ(of(log, Work::kCompute).seconds, 1);
  EXPECT_DOUBLE_EQ(of(log, Work::kFromDevice).seconds, 3);
  EXPECT_EQ(of(log, Work::kFromDevice).bytes, 7);
}

TEST(WorkLog, NothingWasDone) { EXPECT_EQ(of(WorkLog(), Work::kCompute).seconds, 0); }

TEST(WorkLog, TotalsAddUp) {
  WorkLog log;
  log.add({{Work::kToDevice, 0, 2, 100}});
  WorkTotals totals = log.totals();
  totals += log.totals();
  EXPECT_DOUBLE_EQ(totals[0].seconds, 4);
  EXPECT_EQ(totals[0].bytes, 200);
}

}  // namespace
}  // namespace cogmill::gpu
