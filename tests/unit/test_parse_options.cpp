// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/option_table.hpp"
#include "tests/unit/parse_helpers.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace cogmill::cli {
namespace {

std::string help_of(const std::string& line) {
  return std::get<HelpRequest>(parse_command_line(words(line))).text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// The words of a shell line, quotes removed.
Arguments shell_words(const std::string& line) {
  Arguments list;
  std::string word;
  bool quoted = false;
  for (const char c : line + ' ') {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ' ' && !quoted) {
      if (!word.empty()) list.push_back(std::exchange(word, {}));
    } else {
      word += c;
    }
  }
  return list;
}

TEST(Help, FitsOneScreen) {
  for (const char* line : {"--help", "calc --help", "convert -h", "mosaic --help", "info --help",
                           "validate --help", "help calc", "calc -i a.tif --help"}) {
    const std::string text = help_of(line);
    EXPECT_EQ(text.back(), '\n');
    EXPECT_LE(lines_of(text).size(), 24U) << line;
    for (const std::string& help_line : lines_of(text))
      EXPECT_LE(help_line.size(), 80U) << help_line;
  }
}

TEST(Help, EndsWithTwoExamplesThatParse) {
  for (const char* line : {"--help", "calc --help", "convert --help", "reproject --help",
                           "mosaic --help", "info --help", "validate --help"}) {
    const std::vector<std::string> lines = lines_of(help_of(line));
    ASSERT_GT(lines.size(), 3U);
    EXPECT_EQ(lines[lines.size() - 3], "Examples:") << line;
    for (std::size_t i = lines.size() - 2; i < lines.size(); ++i) {
      Arguments example = shell_words(lines[i]);
      if (example.at(0) == "mpirun") example.erase(example.begin(), example.begin() + 3);
      ASSERT_EQ(example.at(0), "cogmill");
      example.erase(example.begin());
      EXPECT_EQ(error_of(example), "") << lines[i];
    }
  }
}

TEST(OptionTable, CallsSettersInTheOrderOfTheCommandLine) {
  OptionTable options("x");
  std::string seen;
  bool flag = false;
  options.flag({.name = "flag"}, flag);
  options.repeated({.name = "b"}, [&seen](const job::Argument& a) { seen += "b" + a.value; });
  options.value({.name = "aa"}, [&seen](const job::Argument& a) { seen += "a" + a.value; });
  EXPECT_EQ(options.parse({"p", "--flag", "q", "--aa=1"}), (Arguments{"p", "q"}));
  EXPECT_TRUE(flag);
  EXPECT_EQ(seen, "a1");
}

TEST(OptionTable, ValuesMayHoldAnything) {
  OptionTable options("x");
  std::string value;
  options.value({.name = "value"}, value);
  for (const char* text :
       {"-1", "--", "-", "a=b", " ", "a\nb", "--unknown", "\xff", "'\"\\", "@file"}) {
    options.parse({"--value", text});
    EXPECT_EQ(value, text);
    options.parse({"--value=" + std::string(text)});
    EXPECT_EQ(value, text);
  }
}

TEST(OptionTable, ArgumentsThatAreNoOptions) {
  const OptionTable options("x");
  EXPECT_EQ(options.parse({"", "-", "-5", "-.5", "a=b", "@x", "--", "--y", "--"}),
            (Arguments{"", "-", "-5", "-.5", "a=b", "@x", "--y", "--"}));
}

TEST(OptionTable, OneDashIsOnlyForTheFormsOfGdal) {
  OptionTable options("x");
  bool overwrite = false, dry_run = false;
  options.flag({.name = "overwrite"}, overwrite);
  options.flag({.name = "dry-run"}, dry_run);
  options.parse({"-overwrite"});
  EXPECT_TRUE(overwrite);
  EXPECT_THROW(options.parse({"-dry-run"}), report::UsageError);
  EXPECT_THROW(options.parse({"--"
                              "dry"}),
               report::UsageError);
  EXPECT_THROW(options.parse({"--=x"}), report::UsageError);
  EXPECT_THROW(options.parse({"-=x"}), report::UsageError);
}

}  // namespace
}  // namespace cogmill::cli
