// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/answer_within.hpp"
#include "src/doctor/check_storage.hpp"
#include "src/doctor/file_system.hpp"
#include "src/doctor/run_tool.hpp"
#include "tests/support/fake_root.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <stdexcept>

namespace cogmill::doctor {
namespace {

using namespace std::chrono_literals;

FileSystem good(const std::string& kind) {
  return {kind, 5'000'000'000, 10'000'000'000, true, "", true, std::nullopt};
}

TEST(Mounts, ReadsTypesWhateverTheTags) {
  const auto mounts = parse_mounts(
      "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue\n"
      "40 35 0:52 / /home\\040x rw - nfs4 server:/home rw\n"
      "41 35 0:53 / /y rw shared:3 master:1 propagate_from:2 - fuse.sshfs a b\n");
  ASSERT_EQ(mounts.size(), 3);
  EXPECT_EQ(mounts[0].type, "ext3");
  EXPECT_EQ(mounts[0].major, 98);
  EXPECT_EQ(mounts[1].minor, 52);
  EXPECT_EQ(mounts[1].type, "nfs4");
  EXPECT_EQ(mounts[2].type, "fuse.sshfs");
}

TEST(Mounts, SkipsWhatIsNone) {
  EXPECT_TRUE(parse_mounts("").empty());
  EXPECT_TRUE(parse_mounts("36 35\n- - -\n36 35 98;0 / / rw - ext4 a b\n").empty());
  EXPECT_TRUE(parse_mounts("36 35 98:0 / / rw shared:1 -").empty());
  EXPECT_TRUE(parse_mounts(std::string(100000, 'x')).empty());
  std::string many;
  for (int i = 0; i < 10100; ++i) many += "1 2 0:3 / / rw - t d o\n";
  EXPECT_EQ(parse_mounts(many).size(), 10000);
}

TEST(Magic, NamesFileSystems) {
  EXPECT_EQ(name_of_magic(0x0BD00BD0), "lustre");
  EXPECT_EQ(name_of_magic(0x47504653), "gpfs");
  EXPECT_EQ(name_of_magic(0x6969), "nfs");
  EXPECT_EQ(name_of_magic(0x1234), "unknown (0x1234)");
}

TEST(StripesOfLustre, ReadsPlainAndComposedLayouts) {
  const auto plain =
      parse_stripes("stripe_count:  4 stripe_size:   1048576 pattern:  0 stripe_offset:  -1\n");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->count, 4);
  const auto composed = parse_stripes(
      "  lcm_layout_gen:    0\n    lmm_stripe_count:  1\n    lmm_stripe_size:   1048576\n"
      "    lmm_stripe_count:  -1\n    lmm_stripe_size:   4194304\n");
  ASSERT_TRUE(composed);
  EXPECT_EQ(composed->count, -1);
  EXPECT_EQ(composed->bytes, 4194304);
  EXPECT_FALSE(parse_stripes("no layout"));
  EXPECT_FALSE(parse_stripes("stripe_count: many stripe_count:"));
}

TEST(LookAtFileSystem, ThisOneTakesFiles) {
  const tests::TempDir folder;
  const FileSystem found = look_at_file_system(folder.path());
  EXPECT_FALSE(found.kind.empty());
  EXPECT_TRUE(found.writable);
  EXPECT_GT(found.total_bytes, 0);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  EXPECT_THROW(look_at_file_system(folder.file("gone")), std::runtime_error);
}

TEST(LookAtFileSystem, WithoutMountsTheSystemSaysWhatItIs) {
  const tests::FakeRoot root;
  EXPECT_EQ(look_at_file_system("/proc", root.path()).kind, "unknown (0x9fa0)");
}

TEST(CheckFileSystem, NetworkMemoryAndOneServerAreNoted) {
  EXPECT_EQ(check_file_system("/x", good("xfs")).filled(),
            "/x: xfs, 5.00 GB free of 10.0 GB, fallocate works");
  for (const char* kind : {"nfs", "nfs4", "cifs", "fuse.sshfs", "tmpfs"})
    EXPECT_EQ(check_file_system("/x", good(kind)).verdict, Verdict::kNote) << kind;
  FileSystem lustre = good("lustre");
  lustre.stripes = Stripes{8, 1 << 20};
  EXPECT_EQ(check_file_system("/x", lustre).verdict, Verdict::kOk);
  lustre.stripes = Stripes{1, 1 << 20};
  EXPECT_EQ(check_file_system("/x", lustre).verdict, Verdict::kNote);
}

TEST(CheckFileSystem, WhereNothingCanBeWrittenIsForInputsOnly) {
  FileSystem system = good("xfs");
  system.writable = false;
  system.why_not = "Read-only file system";
  const Finding found = check_file_system("/x", system);
  EXPECT_EQ(found.verdict, Verdict::kNote);
  EXPECT_NE(found.text.find("Read-only"), std::string::npos);
  system = good("xfs");
  system.free_bytes = 10;
  EXPECT_EQ(check_file_system("/x", system).verdict, Verdict::kNote);
}

TEST(CheckStorage, AMissingPathIsAProblemIfItWasGiven) {
  const Environment none = [](const std::string&) { return std::string(); };
  const Environment gone = [](const std::string&) { return std::string("/gone/folder"); };
  const auto given = check_storage({"/gone/folder", "."}, none);
  ASSERT_EQ(given.size(), 2);
  EXPECT_EQ(given[0].verdict, Verdict::kProblem);
  EXPECT_NE(given[1].verdict, Verdict::kProblem);
  EXPECT_EQ(check_storage({}, none).size(), 1);
  const auto guessed = check_storage({}, gone);
  ASSERT_EQ(guessed.size(), 2);
  EXPECT_EQ(guessed[1].verdict, Verdict::kNote);
}

TEST(AnswerWithin, WaitsNoLonger) {
  EXPECT_EQ(answer_within(10s, [] { return 7; }), 7);
  EXPECT_THROW(answer_within(10s, []() -> int { throw std::runtime_error("no"); }),
               std::runtime_error);
  const auto forever = std::make_shared<std::promise<int>>();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(answer_within(20ms, [forever] { return forever->get_future().get(); }), std::nullopt);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
  forever->set_value(1);
}

TEST(RunTool, GivesItsOutputOrNothing) {
  EXPECT_EQ(run_tool({"echo", "a b"}, 10s), "a b\n");
  EXPECT_EQ(run_tool({"cat"}, 10s), "");  // its input is empty
  EXPECT_EQ(run_tool({"false"}, 10s), std::nullopt);
  EXPECT_EQ(run_tool({"no-such-program"}, 10s), std::nullopt);
  EXPECT_EQ(run_tool({"head", "-c", "200000", "/dev/zero"}, 10s)->size(), 65536);
}

TEST(RunTool, EndsWhatTakesTooLong) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(run_tool({"sleep", "100"}, 50ms), std::nullopt);
  EXPECT_EQ(run_tool({"sh", "-c", "exec 1>&-; exec sleep 100"}, 50ms), std::nullopt);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 20s);
}

}  // namespace
}  // namespace cogmill::doctor
