// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/commands.hpp"
#include "tests/unit/parse_helpers.hpp"

#include <gtest/gtest.h>

namespace cogmill::cli {
namespace {

TEST(ParseCalc, InputsExpressionsAndOutput) {
  const job::Job job =
      job_of("calc -i A=a.tif --input B=dir/b=2.tif --calc A[1] --calc B[2] o.tif");
  EXPECT_EQ(job.command, "calc");
  ASSERT_EQ(job.inputs.size(), 2U);
  EXPECT_EQ(job.inputs[0].name, "A");
  EXPECT_EQ(job.inputs[0].path, "a.tif");
  EXPECT_EQ(job.inputs[1].name, "B");
  EXPECT_EQ(job.inputs[1].path, "dir/b=2.tif");
  EXPECT_EQ(job.expressions, (Arguments{"A[1]", "B[2]"}));
  EXPECT_EQ(job.output, "o.tif");
  EXPECT_EQ(job.index, std::nullopt);
  EXPECT_EQ(job.precision, std::nullopt);
}

TEST(ParseCalc, ASingleInputNeedsNoName) {
  const job::Job job = job_of("calc -i scene.tif --calc b1 o.tif");
  ASSERT_EQ(job.inputs.size(), 1U);
  EXPECT_EQ(job.inputs[0].name, "A");
  EXPECT_EQ(job.inputs[0].path, "scene.tif");
}

TEST(ParseCalc, AnEqualsSignInAPathIsNoName) {
  EXPECT_EQ(job_of("calc -i /data/x=1/s.tif --calc b1 o.tif").inputs[0].path, "/data/x=1/s.tif");
  EXPECT_EQ(job_of("calc -i /vsicurl?url=http://h/a.tif --calc b1 o.tif").inputs[0].path,
            "/vsicurl?url=http://h/a.tif");
  EXPECT_EQ(job_of("calc -i 3=s.tif --calc b1 o.tif").inputs[0].path, "3=s.tif");
}

TEST(ParseCalc, ValuesMayBeginWithADash) {
  const job::Job job = job_of({"calc", "-i", "a.tif", "--calc", "-A[1]", "--calc=--A[1]", "--calc",
                               "-nir", "--dst-nodata", "-9999", "--src-nodata", "-inf", "o.tif"});
  EXPECT_EQ(job.expressions, (Arguments{"-A[1]", "--A[1]", "-nir"}));
  EXPECT_EQ(job.dst_nodata, kernels::Nodata(-9999.0));
  EXPECT_LT(job.src_nodata->as_double(), 0);
}

TEST(ParseCalc, ExpressionsKeepBlanksAndEqualsSigns) {
  EXPECT_EQ(job_of({"calc", "-i", "a.tif", "--calc", " A[1] == 2 ? 1 : 0 ", "o.tif"}).expressions,
            (Arguments{" A[1] == 2 ? 1 : 0 "}));
  EXPECT_EQ(job_of({"calc", "-i", "a.tif", "--calc=A[1]>=2", "o.tif"}).expressions,
            (Arguments{"A[1]>=2"}));
}

TEST(ParseCalc, IndexAndRoles) {
  const job::Job job = job_of("calc -i s.tif --index ndvi --red 3 --nir=4 --rededge1 5 o.tif");
  EXPECT_EQ(job.index, "ndvi");
  EXPECT_TRUE(job.expressions.empty());
  EXPECT_EQ(job.roles, (std::map<std::string, int>{{"nir", 4}, {"red", 3}, {"rededge1", 5}}));
}

TEST(ParseCalc, EveryRoleIsAnOption) {
  for (const std::string& role : band_role_names())
    EXPECT_EQ(job_of("calc -i s.tif --index x --" + role + " 65535 o.tif").roles.at(role), 65535);
}

TEST(ParseCalc, ListIndicesNeedsNothingElse) {
  EXPECT_TRUE(
      std::holds_alternative<ListIndicesRequest>(parse_command_line(words("calc --list-indices"))));
}

TEST(ParseCalc, Precision) {
  EXPECT_EQ(job_of("calc -i a.tif --calc b1 --precision float64 o.tif").precision,
            kernels::Precision::kFloat64);
  EXPECT_EQ(job_of("calc -i a.tif --calc b1 --precision Float32 o.tif").precision,
            kernels::Precision::kFloat32);
}

TEST(ParseCalc, TheCommandLineCanBeRunAgain) {
  EXPECT_EQ(job_of({"calc", "-i", "A=a b.tif", "--calc", "A[1]*'x'", "o.tif"}).command_line,
            "cogmill calc -i 'A=a b.tif' --calc 'A[1]*'\\''x'\\''' o.tif");
}

TEST(ParseCalc, MistakesGetOneHelpfulLine) {
  const std::vector<BadLine> table = {
      {"calc", "calc has no OUTPUT; give its name as the last argument"},
      {"calc o.tif", "calc has no input; give -i A=FILE (see cogmill calc --help)"},
      {"calc -i a.tif o.tif", "calc has nothing to compute; give --calc EXPR or --index NAME"},
      {"calc -i a.tif --calc b1 --index ndvi o.tif",
       "--calc and --index exclude each other; give one of them"},
      {"calc a.tif o.tif --calc b1",
       "calc takes one OUTPUT, not a.tif and o.tif; inputs are given as -i A=FILE"},
      {"calc -i a.tif -i B=b.tif --calc b1 o.tif",
       "input a.tif has no name; several inputs need one each, as in -i A=a.tif"},
      {"calc -i A=a.tif -i A=b.tif --calc b1 o.tif",
       "option --input=A=b.tif: input A is already a.tif; choose another name"},
      {"calc -i A= --calc b1 o.tif", "option --input=A=: names no file; give NAME=FILE"},
      {"calc -i a.tif --index ndvi --red 0 o.tif",
       "option --red=0: takes an integer from 1 to 65535"},
      {"calc -i a.tif --index ndvi --nir b4 o.tif",
       "option --nir=b4: takes an integer from 1 to 65535"},
      {"calc -i a.tif --index ndvi --red 1 --red 2 o.tif", "option --red is given twice"},
      {"calc -i a.tif --index ndvi --rededge4 2 o.tif",
       "unknown option '--rededge4' of cogmill calc; did you mean '--rededge1'?"},
      {"calc -i a.tif --calc b1 --precision float16 o.tif",
       "option --precision=float16: takes one of float32, float64; did you mean 'float32'?"},
      {"calc -i a.tif --calc b1 --ot CFloat32 o.tif",
       "option --output-data-type=CFloat32: calc computes real numbers; use Float32 or Float64"},
      {"calc -i a.tif --calc b1 -nir 4 o.tif",
       "unknown option '-nir' of cogmill calc; did you mean '--nir'?"},
      {"calc -A a.tif --calc b1 o.tif",
       "unknown option '-A' of cogmill calc: inputs are given as -i A=FILE, their bands as A[2]"},
      {"calc -i a.tif --A_band=2 --calc b1 o.tif",
       "unknown option '--A_band' of cogmill calc: inputs are given as -i A=FILE, their bands as "
       "A[2]"},
      {"calc -i a.tif --calc b1 --outfile=o.tif",
       "unknown option '--outfile' of cogmill calc: give OUTPUT as the last argument"},
      {"calc -i o.tif --calc b1 o.tif",
       "OUTPUT and an input are one file: o.tif; give them different names"},
      {"calc -i a.tif -i", "option --input needs a value"},
      {"calc -i a.tif --calc --index ndvi o.tif",
       "option --calc needs a value, but --index follows"},
      {"calc -i a.tif --calc= o.tif", "option --calc needs a value"},
      {"calc -i a.tif --list-indices=1",
       "option --list-indices takes no value, but has one: "
       "--list-indices=1"},
  };
  for (const BadLine& bad : table) EXPECT_EQ(error_of(bad.line), bad.message) << bad.line;
}

}  // namespace
}  // namespace cogmill::cli
