// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/pci_slot.hpp"
#include "tests/support/fake_root.hpp"

#include <gtest/gtest.h>

namespace cogmill::gpu {
namespace {

constexpr auto kFolder = "sys/bus/pci/devices/0000:ab:00.0/";

TEST(LinkSpeed, ReadsWhatKernelsWrite) {
  EXPECT_EQ(parse_link_speed("32.0 GT/s PCIe"), 32);
  EXPECT_EQ(parse_link_speed("2.5 GT/s"), 2.5);
  EXPECT_EQ(parse_link_speed("16 GT/s PCIe"), 16);
}

TEST(LinkSpeed, NonsenseIsUnknown) {
  for (const char* text : {"Unknown", "", "32", "GT/s", "-8 GT/s", "0 GT/s", "1e300 GT/s",
                           "nan GT/s", "inf GT/s", "9999999 GT/s", "8 MT/s"})
    EXPECT_EQ(parse_link_speed(text), 0) << text;
}

TEST(PciLink, NamesItsGeneration) {
  EXPECT_EQ((PciLink{32, 16}.text()), "PCIe 5.0 x16");
  EXPECT_EQ((PciLink{2.5, 1}.text()), "PCIe 1.0 x1");
  EXPECT_EQ((PciLink{16, 0}.text()), "PCIe 4.0");
  EXPECT_EQ((PciLink{0, 8}.text()), "PCIe x8");
  EXPECT_EQ((PciLink{7, 8}.text()), "PCIe x8");  // no such rate
  EXPECT_EQ(PciLink{}.text(), "");
}

TEST(PciLink, KnowsWhatItCarries) {
  EXPECT_NEAR((PciLink{32, 16}.gigabytes_per_second()), 63.0, 0.1);
  EXPECT_NEAR((PciLink{8, 16}.gigabytes_per_second()), 15.75, 0.01);
  EXPECT_NEAR((PciLink{2.5, 1}.gigabytes_per_second()), 0.25, 1e-9);
}

TEST(PciSlot, ReadsAFolderOfTheSystem) {
  tests::FakeRoot root;
  const std::string folder = kFolder;
  root.add(folder + "current_link_speed", "2.5 GT/s PCIe\n");
  root.add(folder + "current_link_width", "8\n");
  root.add(folder + "max_link_speed", "32.0 GT/s PCIe\n");
  root.add(folder + "max_link_width", "16\n");
  root.add(folder + "numa_node", "1\n");
  root.add(folder + "local_cpulist", "0-15,32-47\n");
  const PciSlot slot = read_pci_slot("0000:AB:00.0", root.path().string());
  EXPECT_EQ(slot.now.text(), "PCIe 1.0 x8");
  EXPECT_EQ(slot.best.text(), "PCIe 5.0 x16");
  EXPECT_EQ(slot.numa_node, 1);
  EXPECT_EQ(slot.near_processors, "0-15,32-47");
}

TEST(PciSlot, WhatIsUnknownIsLeftOut) {
  tests::FakeRoot root;
  const std::string folder = kFolder;
  root.add(folder + "current_link_speed", "Unknown\n");
  root.add(folder + "current_link_width", "255\n");
  root.add(folder + "max_link_width", "99999999999999999999\n");
  root.add(folder + "numa_node", "-1\n");
  root.add(folder + "local_cpulist", "0-3;rm\n");
  const PciSlot slot = read_pci_slot("0000:ab:00.0", root.path().string());
  EXPECT_FALSE(slot.now.known());
  EXPECT_EQ(slot.best.text(), "");
  EXPECT_EQ(slot.numa_node, std::nullopt);
  EXPECT_EQ(slot.near_processors, "");
  EXPECT_EQ(read_pci_slot("0000:ff:00.0", root.path().string()).now.text(), "");
}

}  // namespace
}  // namespace cogmill::gpu
