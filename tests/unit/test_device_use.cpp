// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/device_use.hpp"
#include "src/gpu/shared_library.hpp"

#include <gtest/gtest.h>

namespace cogmill::gpu {
namespace {

const std::vector<std::string> kFake = {"libgone.so.1", COGMILL_FAKE_GPU_LIBRARIES};
const std::vector<std::string> kNone = {"libgone.so.1", "libgone.so"};

std::vector<DeviceInfo> devices() {
  std::vector<DeviceInfo> list(3);
  list[0].uuid = "GPU-1";
  list[1].uuid = "GPU-2";
  list[1].mig = true;
  list[2].uuid = "GPU-unknown";
  return list;
}

TEST(DeviceUse, IsWhatTheLibrarySays) {
  const auto uses = read_device_use(devices(), kFake);
  ASSERT_EQ(uses.size(), 3);
  EXPECT_EQ(uses[0].free_bytes, 600);
  EXPECT_EQ(uses[0].nvlinks, 4);
  EXPECT_EQ(uses[0].processes, std::vector<int>{4242});  // not this process
}

TEST(DeviceUse, ASliceHasANameOfItsOwnAndLessToTell) {
  const auto uses = read_device_use(devices(), kFake);
  EXPECT_EQ(uses[1].free_bytes, 1000);  // never more than there is
  EXPECT_EQ(uses[1].nvlinks, 0);
  EXPECT_TRUE(uses[1].processes.empty());
}

TEST(DeviceUse, UnknownDevicesAndNoLibraryAreEmpty) {
  EXPECT_EQ(read_device_use(devices(), kFake)[2].free_bytes, std::nullopt);
  const auto uses = read_device_use(devices(), kNone);
  ASSERT_EQ(uses.size(), 3);
  EXPECT_EQ(uses[0].free_bytes, std::nullopt);
  EXPECT_TRUE(read_device_use({}, kFake).empty());
}

TEST(DeviceUse, TheLibraryIsEndedAgain) {
  const auto library = SharedLibrary::open(kFake);
  ASSERT_TRUE(library);
  const auto started = library->find<int()>("fake_nvml_started");
  ASSERT_NE(started, nullptr);
  read_device_use(devices(), kFake);
  EXPECT_EQ(started(), 0);
}

TEST(FindLibrary, SaysWhereAndWhich) {
  const auto nccl = find_nccl(kFake);
  ASSERT_TRUE(nccl);
  EXPECT_EQ(nccl->version, "2.28.9");
  EXPECT_EQ(nccl->path, COGMILL_FAKE_GPU_LIBRARIES);
  const auto nvcomp = find_nvcomp(kFake);
  ASSERT_TRUE(nvcomp);
  EXPECT_EQ(nvcomp->version, "5.3.0");
}

TEST(FindLibrary, WithoutTheFunctionThereIsNoVersion) {
  const auto other = find_nccl({"libm.so.6"});
  ASSERT_TRUE(other);
  EXPECT_EQ(other->version, "");
  EXPECT_FALSE(find_nccl(kNone));
  EXPECT_FALSE(find_nvcomp(kNone));
}

}  // namespace
}  // namespace cogmill::gpu
