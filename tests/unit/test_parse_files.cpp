// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/parse_helpers.hpp"

#include <gtest/gtest.h>

namespace cogmill::cli {
namespace {

TEST(ParseInfo, TakesFiles) {
  const auto request =
      std::get<InfoRequest>(parse_command_line(words("info a.tif --json b.tif --config X=1")));
  EXPECT_EQ(request.files, (Arguments{"a.tif", "b.tif"}));
  EXPECT_TRUE(request.json);
  EXPECT_EQ(request.log_level, "warning");
  EXPECT_EQ(request.config.at("X"), "1");
}

TEST(ParseValidate, TakesFiles) {
  const auto request = std::get<ValidateRequest>(
      parse_command_line(words("validate --strict --log-level error a.tif")));
  EXPECT_EQ(request.files, (Arguments{"a.tif"}));
  EXPECT_TRUE(request.strict);
  EXPECT_FALSE(request.json);
  EXPECT_EQ(request.log_level, "error");
  EXPECT_FALSE(std::get<ValidateRequest>(parse_command_line(words("validate a.tif"))).strict);
}

TEST(ParseDoctor, TakesFoldersOrNone) {
  const auto request =
      std::get<DoctorRequest>(parse_command_line(words("doctor --json . scratch")));
  EXPECT_EQ(request.files, (Arguments{".", "scratch"}));
  EXPECT_TRUE(request.json);
  EXPECT_TRUE(std::get<DoctorRequest>(parse_command_line({"doctor"})).files.empty());
}

TEST(ParseFiles, MistakesGetOneHelpfulLine) {
  const std::vector<BadLine> table = {
      {"info", "info has no FILE; give cogmill info FILE..."},
      {"validate --json", "validate has no FILE; give cogmill validate FILE..."},
      {"info --jsno a.tif", "unknown option '--jsno' of cogmill info; did you mean '--json'?"},
      {"info --strict a.tif", "unknown option '--strict' of cogmill info; see cogmill info --help"},
      {"validate --stric a.tif",
       "unknown option '--stric' of cogmill validate; did you mean '--strict'?"},
      {"info --log-level loud a.tif",
       "option --log-level=loud: takes one of debug, info, warning, error"},
  };
  for (const BadLine& bad : table) EXPECT_EQ(error_of(bad.line), bad.message) << bad.line;
}

TEST(ParseCommand, VersionAndHelp) {
  EXPECT_TRUE(std::holds_alternative<VersionRequest>(parse_command_line({"--version"})));
  EXPECT_TRUE(std::holds_alternative<HelpRequest>(parse_command_line({"-h"})));
  EXPECT_TRUE(std::holds_alternative<HelpRequest>(parse_command_line({"help"})));
  const char* const argv[] = {"/usr/bin/cogmill", "--version"};
  EXPECT_TRUE(std::holds_alternative<VersionRequest>(parse_command_line(2, argv)));
  EXPECT_THROW(parse_command_line(1, argv), report::UsageError);
  EXPECT_THROW(parse_command_line(0, nullptr), report::UsageError);
}

TEST(ParseCommand, MistakesGetOneHelpfulLine) {
  const std::vector<BadLine> table = {
      {"",
       "no command given: calc, convert, reproject, mosaic, info, validate or doctor; see cogmill "
       "--help"},
      {"cnvert a.tif b.tif", "unknown command 'cnvert'; did you mean 'convert'?"},
      {"translate a.tif b.tif",
       "unknown command 'translate'; cogmill has calc, convert, reproject, mosaic, info, validate, "
       "doctor"},
      {"composite a.tif b.tif",
       "command 'composite' is not in this version of cogmill, which has calc, convert, reproject, "
       "mosaic, info, validate, doctor"},
      {"--overwrite convert a.tif b.tif",
       "the command comes before option '--overwrite': one of calc, convert, reproject, mosaic, "
       "info, validate, doctor"},
      {"help cal", "unknown command 'cal'; did you mean 'calc'?"},
  };
  for (const BadLine& bad : table) EXPECT_EQ(error_of(bad.line), bad.message) << bad.line;
}

}  // namespace
}  // namespace cogmill::cli
