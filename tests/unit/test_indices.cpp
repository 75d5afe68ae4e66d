// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/evaluate.hpp"
#include "src/expr/expression.hpp"
#include "src/expr/indices.hpp"
#include "src/expr/lexer.hpp"
#include "src/report/error.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace cogmill::expr {
namespace {

using kernels::DataType;

/// A leaf in the sun. The order is the order of kReflectance's bands.
const std::vector<BandLabel> kBands = {
    {"blue", ""},  {"green", ""},    {"red", ""},      {"nir", ""},      {"swir1", ""},
    {"swir2", ""}, {"rededge1", ""}, {"rededge2", ""}, {"rededge3", ""}, {"nir2", ""}};
const std::vector<double> kReflectance = {0.05, 0.10, 0.08, 0.50, 0.25,
                                          0.15, 0.12, 0.35, 0.45, 0.48};

double evaluate_one(const std::string& expression, std::vector<double> pixels) {
  const std::vector<InputBands> inputs = {{"A", std::vector<std::string>(pixels.size())}};
  const std::vector<std::string> expressions = {expression};
  const Compiled compiled = compile(expressions, inputs);
  double result = 0;
  std::vector<kernels::ProgramInput> planes;
  for (const BandRef& load : compiled.loads) {
    const auto band = static_cast<std::size_t>(load.band) - 1;
    planes.push_back(
        {{reinterpret_cast<const std::byte*>(&pixels[band]), DataType::kFloat64, 1, 1, 1},
         std::nullopt,
         {}});
  }
  const kernels::ProgramOutput output{
      {reinterpret_cast<std::byte*>(&result), DataType::kFloat64, 1, 1, 1}, std::nullopt};
  kernels::evaluate_program(compiled.program, kernels::Precision::kFloat64, planes, {&output, 1});
  return result;
}

double value_of(std::string_view name, double scale = 1) {
  std::vector<double> pixels = kReflectance;
  for (double& pixel : pixels) pixel *= scale;
  return evaluate_one(index_expression(spectral_index(name), "A", kBands, {}), pixels);
}

TEST(Indices, ThereAreEnoughAndNamesAreUnique) {
  std::set<std::string_view> names;
  for (const SpectralIndex& index : spectral_indices()) names.insert(index.name);
  EXPECT_GE(names.size(), 35U);
  EXPECT_EQ(names.size(), spectral_indices().size());
}

TEST(Indices, EveryIndexCompilesAndHasAValue) {
  for (const SpectralIndex& index : spectral_indices()) {
    EXPECT_TRUE(std::isfinite(value_of(index.name))) << index.name;
    EXPECT_FALSE(roles_of(index).empty()) << index.name;
    EXPECT_FALSE(index.description.empty()) << index.name;
    for (const Token& token : tokenize(index.formula)) {
      const bool known =
          token.kind != TokenKind::kName || is_role(token.text) || token.text == "sqrt";
      EXPECT_TRUE(known) << index.name << " " << token.text;
    }
  }
}

TEST(Indices, ReflectanceIsAskedForExactlyWhereTheUnitMatters) {
  for (const SpectralIndex& index : spectral_indices()) {
    const double one = value_of(index.name), scaled = value_of(index.name, 10000);
    const bool same = std::abs(one - scaled) <= 1e-9 * std::abs(one);
    EXPECT_EQ(index.reflectance, !same) << index.name;
  }
}

TEST(Indices, ValuesComputedByHand) {
  EXPECT_NEAR(value_of("ndvi"), 0.42 / 0.58, 1e-12);
  EXPECT_NEAR(value_of("evi"), 2.5 * 0.42 / (0.50 + 0.48 - 0.375 + 1), 1e-12);
  EXPECT_NEAR(value_of("evi2"), 2.5 * 0.42 / (0.50 + 0.192 + 1), 1e-12);
  EXPECT_NEAR(value_of("savi"), 1.5 * 0.42 / 1.08, 1e-12);
  EXPECT_NEAR(value_of("osavi"), 0.42 / 0.74, 1e-12);
  EXPECT_NEAR(value_of("msavi"), 0.5 * (2 - std::sqrt(4 - 3.36)), 1e-12);
  EXPECT_NEAR(value_of("gndvi"), 0.40 / 0.60, 1e-12);
  EXPECT_NEAR(value_of("arvi"), (0.5 - 0.11) / (0.5 + 0.11), 1e-12);
  EXPECT_NEAR(value_of("ndwi"), -0.40 / 0.60, 1e-12);
  EXPECT_NEAR(value_of("mndwi"), -0.15 / 0.35, 1e-12);
  EXPECT_NEAR(value_of("ndmi"), 0.25 / 0.75, 1e-12);
  EXPECT_NEAR(value_of("nbr"), 0.35 / 0.65, 1e-12);
  EXPECT_NEAR(value_of("nbr2"), 0.10 / 0.40, 1e-12);
  EXPECT_NEAR(value_of("ndbi"), -0.25 / 0.75, 1e-12);
  EXPECT_NEAR(value_of("bsi"), (0.33 - 0.55) / (0.33 + 0.55), 1e-12);
  EXPECT_NEAR(value_of("ndre"), 0.38 / 0.62, 1e-12);
  EXPECT_NEAR(value_of("cig"), 4, 1e-12);
  EXPECT_NEAR(value_of("vari"), 0.02 / 0.13, 1e-12);
  EXPECT_NEAR(value_of("bai"), 1 / (0.02 * 0.02 + 0.44 * 0.44), 1e-9);
  EXPECT_NEAR(value_of("awei"), 4 * -0.15 - (0.125 + 0.4125), 1e-12);
  EXPECT_NEAR(value_of("s2rep"), 705 + 35 * ((0.53 / 2 - 0.12) / 0.23), 1e-9);
  EXPECT_NEAR(
      value_of("gemi"),
      [] {
        const double eta = (2 * (0.25 - 0.0064) + 0.75 + 0.04) / 1.08;
        return eta * (1 - 0.25 * eta) - (0.08 - 0.125) / 0.92;
      }(),
      1e-12);
}

TEST(IndexExpression, IsReadable) {
  EXPECT_EQ(index_expression(spectral_index("NDVI"), "A", kBands, {}),
            "(A[4] - A[3]) / (A[4] + A[3])");
}

TEST(IndexExpression, GivenBandsWin) {
  EXPECT_EQ(index_expression(spectral_index("ndvi"), "img", kBands, {{"nir", 1}, {"swir1", 99}}),
            "(img[1] - img[3]) / (img[1] + img[3])");
}

TEST(IndexExpression, AppliesScaleAndOffset) {
  const std::vector<BandLabel> landsat = {{"SR_B4", "", 2.75e-05, -0.2},
                                          {"SR_B5", "", 2.75e-05, -0.2}};
  const std::string text = index_expression(spectral_index("dvi"), "A", landsat, {});
  EXPECT_EQ(text, "(A[2] * 2.75e-05 - 0.2) - (A[1] * 2.75e-05 - 0.2)");
  EXPECT_NEAR(evaluate_one(text, {10000, 20000}), 0.275, 1e-12);
  const std::vector<BandLabel> shifted = {{"red", "", 1, 5}, {"nir", "", 0.5, 0}};
  EXPECT_EQ(index_expression(spectral_index("sr"), "A", shifted, {}), "(A[2] * 0.5) / (A[1] + 5)");
  const std::vector<BandLabel> damaged = {{"red", "", NAN, 5}, {"nir", "", 1, INFINITY}};
  EXPECT_EQ(index_expression(spectral_index("sr"), "A", damaged, {}), "A[2] / A[1]");
}

std::string error_of(std::string_view name, const std::vector<BandLabel>& bands,
                     const std::map<std::string, int>& given) {
  try {
    index_expression(spectral_index(name), "A", bands, given);
  } catch (const report::UsageError& error) {
    return error.what();
  }
  return "no error";
}

TEST(IndexExpression, ErrorsSayWhichOptionIsMissing) {
  const std::vector<BandLabel> bands = {{"red", "Gray"}, {"", "Undefined"}, {"", ""}};
  EXPECT_EQ(error_of("evi", bands, {}),
            "--index evi cannot tell which band of input A is nir, blue: give --nir N --blue N "
            "(bands: 1 'red', 2 'Undefined', 3)");
  EXPECT_EQ(error_of("ndvi", bands, {{"nir", 3}}), "no error");
  EXPECT_EQ(error_of("ndvi", bands, {{"nir", 4}}), "--nir 4: input A has bands 1 to 3");
  EXPECT_EQ(error_of("ndvi", bands, {{"nir", 0}}), "--nir 0: input A has bands 1 to 3");
  EXPECT_NE(error_of("ndvii", bands, {}).find("unknown index 'ndvii'; did you mean 'ndvi'?"),
            std::string::npos);
}

TEST(Indices, TheListNamesAll) {
  const std::string list = list_indices();
  for (const SpectralIndex& index : spectral_indices())
    EXPECT_NE(list.find(std::string(index.formula)), std::string::npos) << index.name;
}

TEST(Indices, ThePageSaysWhatTheTableSays) {
  std::ifstream file(COGMILL_DOCS_DIR "/expressions.md");
  std::stringstream page;
  page << file.rdbuf();
  for (const SpectralIndex& index : spectral_indices()) {
    std::string row = "| `";
    row.append(index.name).append("` | `").append(index.formula).append("` | ");
    row.append(index.reflectance ? "reflectance" : "any").append(" | ").append(index.description);
    EXPECT_NE(page.str().find(row), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace cogmill::expr
