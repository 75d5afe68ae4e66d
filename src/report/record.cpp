// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/record.hpp"

#include "src/report/atomic_file.hpp"
#include "src/report/error.hpp"

#include <yaml-cpp/yaml.h>

#include <charconv>
#include <cmath>
#include <string_view>

namespace cogmill::report {
namespace {

/// Writes `key: value` pairs of one map, each kind so that it reads back as what it was: text
/// always in quotes ("3.6" is a version, not a number), numbers in their shortest exact form.
class Map {
 public:
  explicit Map(YAML::Emitter& out) : out_(out) { out_ << YAML::BeginMap; }
  ~Map() { out_ << YAML::EndMap; }
  Map(const Map&) = delete;
  Map& operator=(const Map&) = delete;

  YAML::Emitter& key(std::string_view name) {
    return out_ << YAML::Key << std::string(name) << YAML::Value;
  }
  void text(std::string_view name, const std::string& value) {
    key(name) << YAML::DoubleQuoted << value;
  }
  void integer(std::string_view name, std::int64_t value) { key(name) << value; }
  void number(std::string_view name, double value) { key(name) << shortest(value); }
  void texts(std::string_view name, const std::vector<std::string>& values) {
    key(name) << YAML::BeginSeq;
    for (const std::string& value : values) out_ << YAML::DoubleQuoted << value;
    out_ << YAML::EndSeq;
  }

  static std::string shortest(double value) {
    if (!std::isfinite(value)) return std::isnan(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    std::string text(buffer.data(), end);
    // YAML 1.1 takes "1e-05" for text: a float has a point there.
    if (const auto e = text.find('e'); e != std::string::npos && text.find('.') > e)
      text.insert(e, ".0");
    return text;
  }

 private:
  YAML::Emitter& out_;
};

double per_second(double amount, double seconds) { return seconds > 0 ? amount / seconds : 0; }

double megabytes_per_second(std::int64_t bytes, double seconds) {
  return per_second(static_cast<double>(bytes) / 1e6, seconds);
}

void emit(YAML::Emitter& out, const RunRecord::Hardware& hardware) {
  Map map(out);
  map.text("cpu", hardware.cpu);
  map.integer("cores", hardware.cores);
  map.integer("threads", hardware.threads);
  map.integer("memory_bytes", hardware.memory_bytes);
  map.texts("nodes", hardware.nodes);
  map.texts("gpus", hardware.gpus);
  map.text("driver", hardware.driver);
}

void emit(YAML::Emitter& out, const RunRecord::Software& software) {
  Map map(out);
  map.text("cogmill", software.cogmill);
  map.text("gdal", software.gdal);
  map.text("proj", software.proj);
  map.text("mpi", software.mpi);
  map.key("codecs");
  Map codecs(out);
  for (const auto& [name, version] : software.codecs) codecs.text(name, version);
}

void emit(YAML::Emitter& out, const RunRecord::Input& input) {
  Map map(out);
  map.text("name", input.name);
  map.text("path", input.path);
  map.integer("file_bytes", input.file_bytes);
  map.integer("width", input.width);
  map.integer("height", input.height);
  map.integer("bands", input.bands);
  map.text("dtype", input.dtype);
  map.integer("tile_width", input.tile_width);
  map.integer("tile_height", input.tile_height);
  map.integer("tiles", input.tiles);
  map.text("compression", input.compression);
  map.text("crs", input.crs);
  map.key("transform");
  if (!input.transform) {
    out << YAML::Null;
    return;
  }
  out << YAML::Flow << YAML::BeginSeq;
  for (const double value : *input.transform) out << Map::shortest(value);
  out << YAML::EndSeq;
}

void emit(YAML::Emitter& out, const RunRecord::Run& run,
          const std::vector<RunRecord::Input>& inputs) {
  Map map(out);
  map.text("command", run.command);
  map.text("command_line", run.command_line);
  map.text("started", run.started);
  std::vector<std::string> pattern;
  for (const RunRecord::Input& input : inputs)
    pattern.push_back((input.name.empty() ? input.path : input.name) + ": " + input.pattern);
  map.texts("pattern", pattern);
  map.text("backend", run.backend);
  map.integer("tile", run.tile);
  map.integer("chunks", run.chunks);
  map.integer("ranks", run.ranks);
  map.integer("threads", run.threads);
  map.integer("memory_bytes", run.memory_bytes);
  map.integer("spilled_bytes", run.spilled_bytes);
}

void emit_amounts(Map& map, const RunRecord::Outputs& outputs) {
  const double seconds = outputs.wall_seconds;
  map.number("wall_seconds", seconds);
  map.integer("tiles", outputs.tiles);
  map.number("tiles_per_s", per_second(static_cast<double>(outputs.tiles), seconds));
  map.integer("bytes_read", outputs.bytes_read);
  map.integer("bytes_decoded", outputs.bytes_decoded);
  map.integer("bytes_written", outputs.bytes_written);
  map.number("mb_per_s_read", megabytes_per_second(outputs.bytes_read, seconds));
  map.number("mb_per_s_decoded", megabytes_per_second(outputs.bytes_decoded, seconds));
  map.number("mb_per_s_written", megabytes_per_second(outputs.bytes_written, seconds));
}

void emit(YAML::Emitter& out, const RunRecord::Outputs& outputs) {
  Map map(out);
  map.text("path", outputs.path);
  map.text("format", outputs.format);
  map.integer("file_bytes", outputs.file_bytes);
  map.integer("width", outputs.width);
  map.integer("height", outputs.height);
  map.integer("bands", outputs.bands);
  map.text("dtype", outputs.dtype);
  map.text("compression", outputs.compression);
  map.key("empty") << outputs.empty;
  emit_amounts(map, outputs);
  map.key("peak_rss_bytes") << YAML::Flow << outputs.peak_rss_bytes;
  map.key("stage_seconds");
  Map stages(out);
  for (const auto& [stage, seconds] : outputs.stage_seconds) stages.number(stage, seconds);
}

void emit(YAML::Emitter& out, const RunRecord::Gpu& gpu) {
  Map map(out);
  map.text("model", gpu.model);
  map.text("uuid", gpu.uuid);
  map.integer("rank", gpu.rank);
  map.text("cuda", gpu.cuda);
  map.integer("memory_bytes", gpu.memory_bytes);
  map.integer("limit_bytes", gpu.limit_bytes);
  map.integer("peak_bytes", gpu.peak_bytes);
  map.number("busy_share", gpu.busy_share);
  map.integer("chunks", gpu.chunks);
  map.integer("host_chunks", gpu.host_chunks);
  map.number("to_device_seconds", gpu.to_device_seconds);
  map.integer("to_device_bytes", gpu.to_device_bytes);
  map.number("compute_seconds", gpu.compute_seconds);
  map.number("from_device_seconds", gpu.from_device_seconds);
  map.integer("from_device_bytes", gpu.from_device_bytes);
}

}  // namespace

std::optional<double> cost_per_100gb(const RunRecord& record) {
  if (!record.price_per_hour || record.outputs.bytes_decoded <= 0) return std::nullopt;
  const double wall_hours = record.outputs.wall_seconds / 3600;
  const double gigabytes = static_cast<double>(record.outputs.bytes_decoded) / 1e9;
  return *record.price_per_hour * wall_hours * 100 / gigabytes;
}

std::string to_yaml(const RunRecord& record) {
  YAML::Emitter out;
  {
    Map map(out);
    map.key("hardware");
    emit(out, record.hardware);
    map.key("software");
    emit(out, record.software);
    map.key("inputs") << YAML::BeginSeq;
    for (const RunRecord::Input& input : record.inputs) emit(out, input);
    out << YAML::EndSeq;
    map.key("run");
    emit(out, record.run, record.inputs);
    if (!record.gpus.empty()) {
      map.key("gpus") << YAML::BeginSeq;
      for (const RunRecord::Gpu& gpu : record.gpus) emit(out, gpu);
      out << YAML::EndSeq;
    }
    map.key("outputs");
    emit(out, record.outputs);
    if (record.price_per_hour) map.number("price_per_hour", *record.price_per_hour);
    if (const auto cost = cost_per_100gb(record)) map.number("cost_per_100gb", *cost);
    map.texts("notes", record.notes);
  }
  if (!out.good()) throw RuntimeError("cannot write the run record: " + out.GetLastError());
  return std::string(out.c_str()) + '\n';
}

void write_record(const std::string& path, const RunRecord& record) {
  write_file_atomically(path, to_yaml(record));
}

}  // namespace cogmill::report
