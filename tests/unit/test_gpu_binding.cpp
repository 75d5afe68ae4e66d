// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/binding.hpp"
#include "src/gpu/device_list.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sched.h>
#include <thread>

namespace cogmill::gpu {
namespace {

namespace fs = std::filesystem;

TEST(ChooseOrdinal, OneVisibleDeviceIsTakenWhateverTheRank) {
  EXPECT_EQ(choose_ordinal(1, 0), 0);
  EXPECT_EQ(choose_ordinal(1, 7), 0);
}

TEST(ChooseOrdinal, SeveralAreDealtOut) {
  EXPECT_EQ(choose_ordinal(4, 0), 0);
  EXPECT_EQ(choose_ordinal(4, 3), 3);
  EXPECT_EQ(choose_ordinal(4, 5), 1);
}

TEST(CountSharers, ByDeviceAndNode) {
  const std::vector<Choice> all = {{"n1", "a"}, {"n1", "b"}, {"n1", "a"}, {"n2", "a"}};
  EXPECT_EQ(count_sharers(all[0], all), 2);
  EXPECT_EQ(count_sharers(all[1], all), 1);
  EXPECT_EQ(count_sharers(all[3], all), 1);
}

/// Writes a fake local_cpulist and reads it.
std::vector<int> near_with(const std::string& text) {
  const tests::TempDir dir;
  const fs::path slot = dir.path() / "sys/bus/pci/devices/0000:6a:00.0";
  fs::create_directories(slot);
  std::ofstream(slot / "local_cpulist") << text;
  return near_processors("0000:6A:00.0", dir.path().string());
}

TEST(NearProcessors, RangesAndSingleOnes) {
  EXPECT_EQ(near_with("0-3,8,10-11\n"), (std::vector<int>{0, 1, 2, 3, 8, 10, 11}));
  EXPECT_EQ(near_with("5\n"), std::vector<int>{5});
}

TEST(NearProcessors, NothingForWhatIsNoList) {
  for (const char* text : {"", "\n", "a", "3-", "5-2", "-1", "1;2", "0-99999999", "1,,2"})
    EXPECT_TRUE(near_with(text).empty()) << text;
  EXPECT_TRUE(near_processors("0000:00:00.0", "/nowhere").empty());
}

TEST(PinNear, KeepsToThoseOfItsOwnProcessors) {
  std::thread([] {
    cpu_set_t mine;
    ASSERT_EQ(sched_getaffinity(0, sizeof mine, &mine), 0);
    std::vector<int> own;
    for (int i = 0; i < CPU_SETSIZE; ++i)
      if (CPU_ISSET(static_cast<std::size_t>(i), &mine)) own.push_back(i);
    EXPECT_EQ(pin_near(own), std::nullopt);     // all are near
    EXPECT_EQ(pin_near({}), std::nullopt);      // nothing is known
    EXPECT_EQ(pin_near({4000}), std::nullopt);  // none of them
    if (own.size() < 2) GTEST_SKIP() << "one processor: nothing can be left out";
    EXPECT_EQ(pin_near({own.front()}), 1);
    ASSERT_EQ(sched_getaffinity(0, sizeof mine, &mine), 0);
    EXPECT_EQ(CPU_COUNT(&mine), 1);
  }).join();
}

TEST(DeviceList, SaysWhyThereIsNone) {
  const DeviceList list = list_devices();
  EXPECT_EQ(list.devices.empty(), !list.why_none.empty());
}

TEST(DriverTooOld, NamesBothVersions) {
  EXPECT_EQ(driver_too_old(11040, 13000),
            "the NVIDIA driver is too old: it knows CUDA up to 11.4, and this cogmill needs 13.0; "
            "update the driver");
}

}  // namespace
}  // namespace cogmill::gpu
