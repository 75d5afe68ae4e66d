// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/check_gpu.hpp"

#include <gtest/gtest.h>

namespace cogmill::doctor {
namespace {

gpu::DeviceInfo device(int major, int minor) {
  gpu::DeviceInfo info;
  info.name = "NVIDIA H100 80GB HBM3";
  info.uuid = "GPU-1";
  info.pci = "0000:65:00.0";
  info.major = major;
  info.minor = minor;
  info.memory_bytes = 85'000'000'000;
  return info;
}

gpu::PciSlot slot(gpu::PciLink now = {32, 16}) {
  gpu::PciSlot found;
  found.best = {32, 16};
  found.now = now;
  found.numa_node = 0;
  found.near_processors = "0-15";
  return found;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(CheckDevice, SaysEverythingOfAGoodOne) {
  const Finding found = check_device(device(9, 0), {1'000'000'000, 18, {}}, slot(), "90-real");
  EXPECT_EQ(found.verdict, Verdict::kOk);
  EXPECT_EQ(found.filled(),
            "0000:65:00.0, NVIDIA H100 80GB HBM3, compute capability 9.0, 85.0 GB of memory, 1.00 "
            "GB free, NUMA node 0, near processors 0-15, PCIe 5.0 x16");
}

TEST(CheckDevice, OldOnesAreNotSupported) {
  const Finding found = check_device(device(6, 1), {}, {}, "90-real");
  EXPECT_EQ(found.verdict, Verdict::kProblem);
  EXPECT_TRUE(has(found.text, "cogmill needs compute capability 7.5")) << found.text;
  EXPECT_TRUE(has(found.advice, "CUDA_VISIBLE_DEVICES")) << found.advice;
}

TEST(CheckDevice, NoMachineCodeForIt) {
  const Finding found = check_device(device(8, 6), {}, {}, "90-real");
  EXPECT_EQ(found.verdict, Verdict::kProblem);
  EXPECT_TRUE(has(found.advice, "COGMILL_CUDA_ARCHITECTURES=86-real")) << found.advice;
  EXPECT_EQ(check_device(device(12, 0), {}, {}, "90").verdict, Verdict::kNote);
}

TEST(CheckDevice, NarrowLinksAndOtherProcessesAreNoted) {
  const Finding narrow = check_device(device(9, 0), {}, slot({32, 8}), "90-real");
  EXPECT_EQ(narrow.verdict, Verdict::kNote);
  EXPECT_TRUE(has(narrow.text, "8 of 16 lanes")) << narrow.text;
  EXPECT_EQ(check_device(device(9, 0), {}, slot({2.5, 16}), "90-real").verdict, Verdict::kOk);
  const Finding busy = check_device(device(9, 0), {std::nullopt, 0, {7, 8}}, slot(), "90-real");
  EXPECT_EQ(busy.verdict, Verdict::kNote);
  EXPECT_TRUE(has(busy.text, "2 other processes compute on it")) << busy.text;
}

TEST(CheckDriver, NoneIsANoteAndATooOldOneAProblem) {
  gpu::DeviceList list;
  report::Machine machine;
  list.runtime_cuda = "13.0";
  list.why_none = "no NVIDIA driver is installed here, or it is not loaded";
  EXPECT_EQ(check_driver(list, machine, "90").verdict, Verdict::kNote);
  list.driver = list.broken = true;
  machine.gpu_driver = "470.1";
  list.why_none = gpu::driver_too_old(11040, 13000);
  const Finding old = check_driver(list, machine, "90");
  EXPECT_EQ(old.verdict, Verdict::kProblem);
  EXPECT_TRUE(has(old.text, "470.1") && has(old.text, "11.4") && has(old.text, "13.0")) << old.text;
}

TEST(CheckDriver, ContainersWithoutTheLibraryGetAdvice) {
  report::Machine machine;
  machine.gpu_driver = "580.65";
  const Finding found = check_driver({}, machine, "90");
  EXPECT_EQ(found.verdict, Verdict::kNote);
  EXPECT_TRUE(has(found.advice, "--gpus all")) << found.advice;
}

TEST(CheckDriver, WithoutCudaOnlyAGpuIsWorthANote) {
  report::Machine machine;
  EXPECT_EQ(check_driver({}, machine, "").verdict, Verdict::kOk);
  machine.gpus = {"NVIDIA A\nB"};
  EXPECT_EQ(check_driver({}, machine, "").verdict, Verdict::kNote);
  EXPECT_FALSE(has(check_driver({}, machine, "").text, "\n"));
}

TEST(CheckDriver, HiddenDevicesAreANote) {
  gpu::DeviceList list;
  list.driver = true;
  list.why_none = "no GPU is visible: CUDA_VISIBLE_DEVICES is ''";
  EXPECT_EQ(check_driver(list, {}, "90").verdict, Verdict::kNote);
}

TEST(CheckLinks, CountsWaysAndNvlinks) {
  EXPECT_FALSE(check_links({}, {{}}, 1));
  EXPECT_EQ(check_links({2, 2}, {{{}, 18, {}}, {{}, 18, {}}}, 2)->text,
            "each of 2 GPUs reaches the memory of the others, 18 NVLinks each");
  EXPECT_TRUE(has(check_links({0, 2}, {{}, {}}, 2)->text, "the host is between them"));
  EXPECT_TRUE(has(check_links({4, 12}, {{}, {}, {}, {}}, 4)->text, "4 of 12 ways"));
}

TEST(CheckChoice, SharedAndFarDevicesAreNoted) {
  EXPECT_EQ(check_choice(device(9, 0), 1, 8, true).verdict, Verdict::kOk);
  EXPECT_EQ(check_choice(device(9, 0), 1, 0, false).verdict, Verdict::kOk);
  EXPECT_EQ(check_choice(device(9, 0), 1, 0, true).verdict, Verdict::kNote);
  EXPECT_TRUE(has(check_choice(device(9, 0), 2, 8, true).text, "2 ranks share it"));
}

TEST(CheckCopies, ComparesWithTheLink) {
  EXPECT_EQ(check_copies({0.3, 55, 55, 90}, slot()).verdict, Verdict::kOk);
  EXPECT_EQ(check_copies({0.3, 55, 20, 60}, slot()).verdict, Verdict::kNote);
  EXPECT_EQ(check_copies({0.3, 5, 5, 6}, {}).verdict, Verdict::kOk);  // nothing to compare with
  EXPECT_EQ(check_copies({3.0, 55, 55, 90}, slot()).verdict, Verdict::kNote);
  EXPECT_EQ(
      check_copies({0.33, 55, 54, 90}, slot()).filled(),
      "55.0 GB/s to the GPU, 54.0 GB/s back, 90.0 GB/s both ways at once, from pinned memory; "
      "the GPU started in 0.33 s");
}

}  // namespace
}  // namespace cogmill::doctor
