// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/error.hpp"
#include "src/report/record.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <cmath>
#include <filesystem>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

namespace cogmill::report {
namespace {

RunRecord sample() {
  RunRecord record;
  record.hardware = {"Xeon: \"Gold\" #1", 8,       16, 64000000000, {"n07", "n08"},
                     {"NVIDIA L4"},       "550.54"};
  record.software = {"0.1.0", "3.6", "9.1.1", "Open MPI 4.1.4", {{"libdeflate", "1.14"}}};
  record.inputs = {
      {"A",
       "scene.tif",
       123456789012,
       100000,
       90000,
       4,
       "UInt16",
       512,
       256,
       137984,
       "DEFLATE",
       "EPSG:32621",
       {{300000.0, 1e-5, 0.1, 5e6, 0.0, -30.0}},
       "tiles"},
      {"", "b.jp2", 1, 1, 1, 1, "Byte", 1, 1, 1, "JPEG2000", "", {}, "GDAL windows: no"}};
  record.run = {"calc",
                "cogmill calc --calc 'A[1]'",
                "2026-01-02T03:04:05Z",
                "cpu",
                512,
                99,
                4,
                2,
                2000000000,
                12345};
  record.outputs = {
      "out.tif",         "COG", 987654321, 100000,     90000,       1,         "Float32",
      "DEFLATE",         7200,  36000,     3600000000, 72000000000, 987654321, {100, 200, 300, 400},
      {{"decode", 12.5}}};
  record.price_per_hour = 3.5;
  record.notes = {"b.jp2 is read by GDAL: not a TIFF", "nodata: 3 tiles"};
  return record;
}

TEST(Record, KeepsEveryField) {
  const YAML::Node root = YAML::Load(to_yaml(sample()));
  std::vector<std::string> keys;
  for (const auto& entry : root) keys.push_back(entry.first.as<std::string>());
  EXPECT_EQ(keys, (std::vector<std::string>{"hardware", "software", "inputs", "run", "outputs",
                                            "price_per_hour", "cost_per_100gb", "notes"}));

  const YAML::Node hardware = root["hardware"];
  EXPECT_EQ(hardware["cpu"].as<std::string>(), "Xeon: \"Gold\" #1");
  EXPECT_EQ(hardware["cores"].as<int>(), 8);
  EXPECT_EQ(hardware["threads"].as<int>(), 16);
  EXPECT_EQ(hardware["memory_bytes"].as<std::int64_t>(), 64000000000);
  EXPECT_EQ(hardware["nodes"].as<std::vector<std::string>>(),
            (std::vector<std::string>{"n07", "n08"}));
  EXPECT_EQ(hardware["gpus"][0].as<std::string>(), "NVIDIA L4");
  EXPECT_EQ(hardware["driver"].as<std::string>(), "550.54");

  const YAML::Node software = root["software"];
  EXPECT_EQ(software["cogmill"].as<std::string>(), "0.1.0");
  EXPECT_EQ(software["gdal"].as<std::string>(), "3.6");
  EXPECT_EQ(software["gdal"].Tag(), "!");  // quoted: text, though it looks like a number
  EXPECT_EQ(software["proj"].as<std::string>(), "9.1.1");
  EXPECT_EQ(software["mpi"].as<std::string>(), "Open MPI 4.1.4");
  EXPECT_EQ(software["codecs"]["libdeflate"].as<std::string>(), "1.14");

  const YAML::Node run = root["run"];
  EXPECT_EQ(run["command"].as<std::string>(), "calc");
  EXPECT_EQ(run["command_line"].as<std::string>(), "cogmill calc --calc 'A[1]'");
  EXPECT_EQ(run["started"].as<std::string>(), "2026-01-02T03:04:05Z");
  EXPECT_EQ(run["pattern"].as<std::vector<std::string>>(),
            (std::vector<std::string>{"A: tiles", "b.jp2: GDAL windows: no"}));
  EXPECT_EQ(run["backend"].as<std::string>(), "cpu");
  EXPECT_EQ(run["tile"].as<int>(), 512);
  EXPECT_EQ(run["chunks"].as<int>(), 99);
  EXPECT_EQ(run["ranks"].as<int>(), 4);
  EXPECT_EQ(run["threads"].as<int>(), 2);
  EXPECT_EQ(run["memory_bytes"].as<std::int64_t>(), 2000000000);
  EXPECT_EQ(run["spilled_bytes"].as<std::int64_t>(), 12345);
  EXPECT_EQ(root["notes"].as<std::vector<std::string>>(), sample().notes);
}

TEST(Record, KeepsInputs) {
  const YAML::Node inputs = YAML::Load(to_yaml(sample()))["inputs"];
  ASSERT_EQ(inputs.size(), 2U);
  const YAML::Node a = inputs[0];
  EXPECT_EQ(a["name"].as<std::string>(), "A");
  EXPECT_EQ(a["path"].as<std::string>(), "scene.tif");
  EXPECT_EQ(a["file_bytes"].as<std::int64_t>(), 123456789012);
  EXPECT_EQ(a["width"].as<int>(), 100000);
  EXPECT_EQ(a["height"].as<int>(), 90000);
  EXPECT_EQ(a["bands"].as<int>(), 4);
  EXPECT_EQ(a["dtype"].as<std::string>(), "UInt16");
  EXPECT_EQ(a["tile_width"].as<int>(), 512);
  EXPECT_EQ(a["tile_height"].as<int>(), 256);
  EXPECT_EQ(a["tiles"].as<int>(), 137984);
  EXPECT_EQ(a["compression"].as<std::string>(), "DEFLATE");
  EXPECT_EQ(a["crs"].as<std::string>(), "EPSG:32621");
  EXPECT_EQ(a["transform"].as<std::vector<double>>(),
            (std::vector<double>{300000.0, 1e-5, 0.1, 5e6, 0.0, -30.0}));
  EXPECT_EQ(a["transform"][1].as<std::string>(), "1.0e-05");  // a float in YAML 1.1 as well
  EXPECT_EQ(inputs[1]["name"].as<std::string>(), "");
  EXPECT_TRUE(inputs[1]["transform"].IsNull());
}

TEST(Record, ComputesRates) {
  const YAML::Node outputs = YAML::Load(to_yaml(sample()))["outputs"];
  EXPECT_EQ(outputs["path"].as<std::string>(), "out.tif");
  EXPECT_EQ(outputs["format"].as<std::string>(), "COG");
  EXPECT_EQ(outputs["file_bytes"].as<std::int64_t>(), 987654321);
  EXPECT_EQ(outputs["width"].as<int>(), 100000);
  EXPECT_EQ(outputs["height"].as<int>(), 90000);
  EXPECT_EQ(outputs["bands"].as<int>(), 1);
  EXPECT_EQ(outputs["dtype"].as<std::string>(), "Float32");
  EXPECT_EQ(outputs["compression"].as<std::string>(), "DEFLATE");
  EXPECT_EQ(outputs["wall_seconds"].as<double>(), 7200);
  EXPECT_EQ(outputs["tiles"].as<int>(), 36000);
  EXPECT_EQ(outputs["tiles_per_s"].as<double>(), 5);
  EXPECT_EQ(outputs["bytes_read"].as<std::int64_t>(), 3600000000);
  EXPECT_EQ(outputs["bytes_decoded"].as<std::int64_t>(), 72000000000);
  EXPECT_EQ(outputs["bytes_written"].as<std::int64_t>(), 987654321);
  EXPECT_EQ(outputs["mb_per_s_read"].as<double>(), 0.5);
  EXPECT_EQ(outputs["mb_per_s_decoded"].as<double>(), 10);
  EXPECT_DOUBLE_EQ(outputs["mb_per_s_written"].as<double>(), 987.654321 / 7200);
  EXPECT_EQ(outputs["peak_rss_bytes"].as<std::vector<std::int64_t>>(),
            (std::vector<std::int64_t>{100, 200, 300, 400}));
  EXPECT_EQ(outputs["stage_seconds"]["decode"].as<double>(), 12.5);
  EXPECT_FALSE(outputs["empty"].as<bool>());
}

TEST(Record, CostIsPriceTimesHoursPer100Gb) {
  RunRecord record = sample();  // 3.5 an hour x 2 h x 100 / 72 GB
  EXPECT_DOUBLE_EQ(cost_per_100gb(record).value(), 3.5 * 2 * 100 / 72);
  EXPECT_DOUBLE_EQ(YAML::Load(to_yaml(record))["cost_per_100gb"].as<double>(), 3.5 * 2 * 100 / 72);
  record.price_per_hour = 0.0;
  EXPECT_EQ(cost_per_100gb(record), 0.0);
}

TEST(Record, CostIsLeftOutWhereNothingIsKnown) {
  RunRecord record = sample();
  record.outputs.bytes_decoded = 0;
  EXPECT_EQ(cost_per_100gb(record), std::nullopt);
  record = sample();
  record.price_per_hour.reset();
  EXPECT_EQ(cost_per_100gb(record), std::nullopt);
  const YAML::Node root = YAML::Load(to_yaml(record));
  EXPECT_FALSE(root["cost_per_100gb"]);
  EXPECT_FALSE(root["price_per_hour"]);
}

TEST(Record, EmptyOneIsValidYaml) {
  const YAML::Node root = YAML::Load(to_yaml({}));
  EXPECT_TRUE(root["inputs"].IsSequence());
  EXPECT_EQ(root["inputs"].size(), 0U);
  EXPECT_TRUE(root["software"]["codecs"].IsMap());
  EXPECT_TRUE(root["outputs"]["stage_seconds"].IsMap());
  EXPECT_TRUE(root["outputs"]["peak_rss_bytes"].IsSequence());
  EXPECT_TRUE(root["notes"].IsSequence());
  EXPECT_EQ(root["outputs"]["tiles_per_s"].as<double>(), 0);
}

TEST(Record, AnyTextAndAnyNumberSurvives) {
  RunRecord record = sample();
  record.inputs[0].path = "a: b #c\n\t\"d\" 'e' \\ é.tif";
  record.inputs[0].transform->at(0) = std::numeric_limits<double>::quiet_NaN();
  record.inputs[0].transform->at(1) = -std::numeric_limits<double>::infinity();
  record.inputs[0].transform->at(2) = 1.0 / 3;
  record.notes = {"- no list", "~", "null", ""};
  const YAML::Node root = YAML::Load(to_yaml(record));
  EXPECT_EQ(root["inputs"][0]["path"].as<std::string>(), record.inputs[0].path);
  EXPECT_TRUE(std::isnan(root["inputs"][0]["transform"][0].as<double>()));
  EXPECT_EQ(root["inputs"][0]["transform"][1].as<double>(), record.inputs[0].transform->at(1));
  EXPECT_EQ(root["inputs"][0]["transform"][2].as<double>(), 1.0 / 3);
  EXPECT_EQ(root["notes"].as<std::vector<std::string>>(), record.notes);
}

TEST(WriteRecord, ReplacesAFileInOneStep) {
  const tests::TempDir folder;
  const std::string path = folder.file("run.yaml");
  write_record(path, {});
  write_record(path, sample());
  EXPECT_EQ(YAML::LoadFile(path)["run"]["ranks"].as<int>(), 4);
  const std::filesystem::directory_iterator entries(folder.path());
  EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}

TEST(WriteRecord, LeavesNothingBehindWhenItFails) {
  const tests::TempDir folder;
  std::filesystem::create_directory(folder.path() / "taken");
  try {
    write_record(folder.file("taken"), sample());  // a folder cannot be replaced by a file
    FAIL();
  } catch (const RuntimeError& e) {
    EXPECT_NE(
        std::string(e.what()).find("cannot write " + folder.file("taken") + ": Is a directory; "),
        std::string::npos)
        << e.what();
  }
  const std::filesystem::directory_iterator entries(folder.path());
  EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}

}  // namespace
}  // namespace cogmill::report
