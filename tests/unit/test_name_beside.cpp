// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/name_beside.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace cogmill::report {
namespace {

std::string name_of(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

TEST(NameBeside, ShortNamesGetTheSuffix) {
  EXPECT_EQ(name_beside("/tmp/a.tif", ".partial"), "/tmp/a.tif.partial");
  EXPECT_EQ(name_beside("a.tif", ".tmp7"), "a.tif.tmp7");
  const std::string fits(longest_name("/tmp/x") - 8, 'f');
  EXPECT_EQ(name_beside("/tmp/" + fits, ".partial"), "/tmp/" + fits + ".partial");
}

TEST(NameBeside, LongNamesAreCutToWhatFitsInTheSameFolder) {
  const std::size_t most = longest_name("/tmp/x");
  for (std::size_t bytes = most - 7; bytes <= most + 40; ++bytes) {
    const std::string path = name_beside("/tmp/" + std::string(bytes, 'n'), ".partial");
    EXPECT_EQ(name_of(path).size(), most) << bytes;
    EXPECT_TRUE(path.starts_with("/tmp/nnn") && path.ends_with(".partial")) << path;
  }
}

TEST(NameBeside, NamesThatDifferAtTheirEndStayApart) {
  const std::string stem(longest_name("/tmp/x") - 1, 'n');
  EXPECT_NE(name_beside("/tmp/" + stem + "a", ".partial"),
            name_beside("/tmp/" + stem + "b", ".partial"));
  EXPECT_EQ(name_beside("/tmp/" + stem + "a", ".partial"),
            name_beside("/tmp/" + stem + "a", ".partial"));
}

TEST(NameBeside, CharactersStayWhole) {
  std::string stem;
  while (stem.size() + 2 <= longest_name("/tmp/x")) stem += "\xc3\xa4";
  for (const char* suffix : {".partial", ".partial0"}) {
    const std::string name = name_of(name_beside("/tmp/" + stem, suffix));
    const std::size_t kept = name.find('~');
    ASSERT_NE(kept, std::string::npos);
    EXPECT_EQ(kept % 2, 0U) << name;
  }
}

}  // namespace
}  // namespace cogmill::report
