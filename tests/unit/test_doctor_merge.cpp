// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/merge.hpp"
#include "src/doctor/print.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace cogmill::doctor {
namespace {

Finding finding(const std::string& topic, const std::string& text, bool of_node = false) {
  return {.topic = topic, .text = text, .of_node = of_node};
}

Finding rate(double value) {
  Finding copies = finding("copies", "{to} to the GPU");
  copies.numbers["to"] = Number::rate(value);
  return copies;
}

std::vector<std::string> about(const std::vector<RankReport>& ranks) {
  std::vector<std::string> texts;
  for (const Line& line : merge(ranks, Same::kText))
    texts.push_back(line.finding.filled() + "|" + whom(line, ranks));
  return texts;
}

TEST(Merge, SaysWhatAllShareOnce) {
  EXPECT_EQ(about({{"a", {finding("CPU", "x")}}, {"b", {finding("CPU", "x")}}}),
            std::vector<std::string>{"x|"});
}

TEST(Merge, NamesHostsAndRanksThatDiffer) {
  const std::vector<RankReport> ranks = {{"a", {finding("CPU", "x")}},
                                         {"a", {finding("CPU", "x")}},
                                         {"b", {finding("CPU", "y")}},
                                         {"b", {finding("CPU", "x")}}};
  EXPECT_EQ(about(ranks),
            (std::vector<std::string>{"x|ranks 0-1 and 3 of a and b", "y|rank 2 of b"}));
  EXPECT_EQ(about({{"a", {finding("CPU", "x")}}, {"b", {finding("CPU", "y")}}}),
            (std::vector<std::string>{"x|a", "y|b"}));
}

TEST(Merge, OneRankSpeaksForItsNode) {
  EXPECT_EQ(about({{"a", {finding("GDAL", "x", true)}},
                   {"a", {}},
                   {"b", {finding("GDAL", "x", true)}},
                   {"b", {}}}),
            std::vector<std::string>{"x|"});
  EXPECT_EQ(
      about({{"a", {finding("GDAL", "x", true)}}, {"a", {}}, {"b", {finding("GDAL", "y", true)}}}),
      (std::vector<std::string>{"x|a", "y|b"}));
}

TEST(Merge, NumbersBecomeRanges) {
  EXPECT_EQ(about({{"a", {rate(54.1)}}, {"a", {rate(55.3)}}}),
            std::vector<std::string>{"54.1 GB/s to 55.3 GB/s to the GPU|"});
  EXPECT_EQ(merge({{"a", {rate(54.1)}}, {"a", {rate(55.3)}}}, Same::kAll).size(), 2);
}

TEST(Merge, KeepsTopicsTogetherInTheirOrder) {
  EXPECT_EQ(about({{"a",
                    {finding("files", "f"), finding("GPU", "0"), finding("cogmill", "v"),
                     finding("GPU", "1")}}}),
            (std::vector<std::string>{"v|", "0|", "1|", "f|"}));
}

TEST(Merge, LongListsAreCut) {
  std::vector<RankReport> ranks;
  for (int i = 0; i < 40; ++i)
    ranks.push_back({"n" + std::to_string(i), {finding("CPU", i % 2 == 0 ? "x" : "y")}});
  EXPECT_EQ(about(ranks)[0], "x|n0, n2, n4, n6, n8, n10, n12, n14 and 12 more");
}

TEST(Finding, SurvivesTheWayToRoot) {
  Finding sent = rate(1.5);
  sent.facts["x"] = 3;
  sent.add(Verdict::kNote, "more", "do");
  const Finding got = nlohmann::json::parse(nlohmann::json(sent).dump()).get<Finding>();
  EXPECT_EQ(got.filled(), sent.filled());
  EXPECT_EQ(got.verdict, Verdict::kNote);
  EXPECT_EQ(got.facts, sent.facts);
}

TEST(Finding, HostileTextsBecomeOneLine) {
  EXPECT_EQ(clean("a\nb\x1b[31m"), "a b [31m");
  EXPECT_LT(clean(std::string(100000, 'x')).size(), 1100);
}

TEST(Print, OneLineEachAndASummary) {
  Finding bad = finding("PROJ", "broken");
  bad.add(Verdict::kProblem, "", "mend it");
  std::ostringstream text;
  print_text({{{"n07", {finding("CPU", "fast"), bad}}}, Verdict::kProblem}, text);
  EXPECT_EQ(text.str(),
            "cogmill doctor on n07\nok      CPU        fast\n"
            "problem PROJ       broken -> mend it\n1 problem, 0 notes\n");
}

}  // namespace
}  // namespace cogmill::doctor
