// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/report_run.hpp"

#include "src/exchange/packing.hpp"
#include "src/io/preview.hpp"
#include "src/pipeline/find_data.hpp"
#include "src/pipeline/report_gpus.hpp"
#include "src/pipeline/software.hpp"
#include "src/pipeline/start_backend.hpp"
#include "src/report/log.hpp"
#include "src/report/record.hpp"
#include "src/report/resources.hpp"
#include "src/report/sizes.hpp"

#include <algorithm>
#include <cstddef>
#include <iostream>
#include <set>
#include <sstream>

namespace cogmill::pipeline {
namespace {

/// All there is to tell of this rank.
struct Told {
  const Session& session;
  const Prepared& prepared;
  const Run& run;
  const Made& made;
};

/// What each rank tells root at the end.
struct RankTotals {
  std::int64_t bytes_read = 0;
  std::int64_t bytes_decoded = 0;
  std::int64_t bytes_written = 0;
  std::int64_t spilled = 0;
  std::int64_t peak_rss = 0;
  std::int64_t has_data = 0;
  io::WarpReport warp;
  std::array<double, report::kStageCount> stage_seconds{};
};

RankTotals my_totals(const Told& t) {
  RankTotals totals;
  totals.bytes_read = t.made.work.bytes_read;
  totals.bytes_decoded = t.made.work.bytes_decoded;
  totals.bytes_written = t.made.written.written_bytes;
  totals.spilled = t.made.spilled_bytes;
  totals.peak_rss = report::peak_rss_bytes();
  totals.has_data = t.made.has_data ? 1 : 0;
  totals.warp = t.made.work.warp;
  for (std::size_t i = 0; i < report::kStageCount; ++i)
    totals.stage_seconds[i] = t.session.trace.seconds(static_cast<report::Stage>(i));
  return totals;
}

bool has_no_data(const std::vector<RankTotals>& totals) {
  return std::ranges::none_of(totals, [](const RankTotals& rank) { return rank.has_data != 0; });
}

/// *Collective.* @return one per rank on root
std::vector<RankTotals> gather_totals(const Told& t) {
  const RankTotals mine = my_totals(t);
  std::vector<RankTotals> all;
  for (const auto& message : t.session.comm.gather(exchange::pack(std::span(&mine, 1))))
    all.push_back(exchange::unpack<RankTotals>(message).front());
  return all;
}

/// *Collective.* @return on root each text once, in rank order
std::vector<std::string> gather_texts(const Told& t, const std::vector<std::string>& mine) {
  std::string joined;
  for (const std::string& text : mine) joined += text + '\n';
  std::vector<std::string> all;
  std::set<std::string> seen;
  for (const auto& message : t.session.comm.gather(exchange::pack_text(joined))) {
    std::istringstream lines(exchange::unpack_text(message));
    for (std::string line; std::getline(lines, line);)
      if (seen.insert(line).second) all.push_back(line);
  }
  return all;
}

report::RunRecord::Input describe_input(const std::string& name, const io::SceneInfo& scene) {
  report::RunRecord::Input input;
  input.name = name;
  input.path = scene.path;
  input.file_bytes = scene.file_bytes;
  input.width = scene.width;
  input.height = scene.height;
  input.bands = static_cast<int>(scene.bands.size());
  input.dtype = kernels::name_of(scene.bands.front().type);
  input.tile_width = scene.storage.block_width;
  input.tile_height = scene.storage.block_height;
  input.tiles = scene.storage.total_blocks;
  input.compression = scene.storage.compression;
  input.crs = scene.crs_name;
  input.transform = scene.geotransform;
  input.pattern =
      scene.storage.fast_path ? "tiles" : "GDAL windows: " + scene.storage.fallback_reason;
  return input;
}

/// @param notes says how many sources of a mosaic are left out
std::vector<report::RunRecord::Input> describe_inputs(const Told& t,
                                                      std::vector<std::string>& notes) {
  constexpr std::size_t kMostSources = 50;
  std::vector<report::RunRecord::Input> inputs;
  if (const auto& mosaic = t.run.plan.operation.inputs.front().mosaic) {
    for (const warp::MosaicLayer& layer : mosaic->layers) {
      if (inputs.size() == kMostSources) break;
      inputs.push_back(describe_input("", layer.warp.scene));
    }
    if (mosaic->layers.size() > kMostSources)
      notes.push_back("inputs: the first " + std::to_string(kMostSources) + " sources, and " +
                      std::to_string(mosaic->layers.size() - kMostSources) + " more");
    return inputs;
  }
  for (std::size_t i = 0; i < t.prepared.scenes.size(); ++i)
    inputs.push_back(describe_input(t.session.job.inputs[i].name, t.prepared.scenes[i]));
  return inputs;
}

report::RunRecord::Run describe_run(const Told& t, std::int64_t spilled) {
  report::RunRecord::Run run;
  run.command = t.session.job.command;
  run.command_line = t.session.job.command_line;
  run.started = t.session.started;
  run.backend = name_of_backend(t.run.choice);
  run.tile = t.run.plan.tile;
  run.chunks = t.run.plan.rounds.front().chunks.count();
  run.ranks = t.session.comm.size();
  run.threads = t.run.threads;
  run.memory_bytes = t.session.memory_limit;
  run.spilled_bytes = spilled;
  return run;
}

report::RunRecord::Outputs describe_outputs(const Told& t, const std::vector<RankTotals>& totals) {
  report::RunRecord::Outputs out;
  out.path = t.session.job.output;
  out.format = t.session.job.format == job::OutputFormat::kVrt   ? "VRT"
               : t.session.job.format == job::OutputFormat::kCog ? "COG"
                                                                 : "GTiff";
  out.file_bytes = t.made.written.file_bytes;
  out.width = t.prepared.interpretation.image.width;
  out.height = t.prepared.interpretation.image.height;
  out.bands = t.run.plan.image.bands;
  out.dtype = kernels::name_of(t.run.plan.image.type);
  out.compression = kernels::name_of(t.run.plan.codec.codec);
  out.wall_seconds = t.session.seconds();
  out.tiles = partition::TileGrid{{out.width, out.height}, t.run.plan.tile}.count();
  out.empty = has_no_data(totals);
  for (const RankTotals& rank : totals) {
    out.bytes_read += rank.bytes_read;
    out.bytes_decoded += rank.bytes_decoded;
    out.bytes_written += rank.bytes_written;
    out.peak_rss_bytes.push_back(rank.peak_rss);
    for (std::size_t i = 0; i < report::kStageCount; ++i)
      out.stage_seconds[std::string(name_of(static_cast<report::Stage>(i)))] +=
          rank.stage_seconds[i];
  }
  return out;
}

report::RunRecord make_record(const Told& t, const std::vector<RankTotals>& totals,
                              const std::vector<std::string>& hosts,
                              std::vector<std::string> notes) {
  report::RunRecord record;
  record.hardware.cpu = t.session.machine.cpu_model;
  record.hardware.cores = t.session.machine.physical_cores;
  record.hardware.threads = t.session.machine.logical_cores;
  record.hardware.memory_bytes = t.session.machine.memory_bytes;
  record.hardware.nodes = hosts;
  record.hardware.gpus = t.session.machine.gpus;
  record.hardware.driver = t.session.machine.gpu_driver;
  record.software = software_versions();
  record.inputs = describe_inputs(t, notes);
  std::int64_t spilled = 0;
  for (const RankTotals& rank : totals) spilled += rank.spilled;
  record.run = describe_run(t, spilled);
  record.outputs = describe_outputs(t, totals);
  record.price_per_hour = t.session.job.run.price_per_hour;
  record.notes = std::move(notes);
  return record;
}

void print_summary(const report::RunRecord& record) {
  using report::format_size;
  const auto& out = record.outputs;
  const auto peak = std::ranges::max(out.peak_rss_bytes);
  const double rate = static_cast<double>(out.bytes_decoded) / std::max(out.wall_seconds, 1e-9);
  std::cerr << "cogmill: " << out.path << ": " << out.width << "x" << out.height << "x" << out.bands
            << " " << out.dtype << " " << out.compression << ", " << format_size(out.file_bytes)
            << " in " << report::format_duration(out.wall_seconds) << " ("
            << format_size(static_cast<std::int64_t>(rate)) << "/s decoded, " << record.run.ranks
            << (record.run.ranks == 1 ? " rank, " : " ranks, ")
            << (record.run.backend == "cpu" ? "" : record.run.backend + ", ") << format_size(peak)
            << " peak memory)\n";
}

/// What resampling was like.
void note_warp(const Told& t, const std::vector<RankTotals>& totals,
               std::vector<std::string>& notes) {
  if (!t.run.plan.grid) return;
  io::WarpReport all;
  for (const RankTotals& rank : totals) all.add(rank.warp);
  std::ostringstream text;
  text << "control grid: largest error " << all.largest_error << " source px, " << all.transformed
       << " positions transformed for "
       << t.prepared.interpretation.image.width * t.prepared.interpretation.image.height
       << " output pixels";
  notes.push_back(text.str());
}

/// Data that equals the nodata value would be lost: it was given another value, which is not its
/// own.
void note_moved_pixels(const Told& t, const std::vector<RankTotals>& totals,
                       std::vector<std::string>& notes) {
  io::WarpReport all;
  for (const RankTotals& rank : totals) all.add(rank.warp);
  if (all.moved_pixels == 0) return;
  std::string nodata;
  for (const auto& value : t.run.plan.image.nodata)
    if (value && nodata.empty()) nodata = value->to_string();
  notes.push_back("up to " + std::to_string(all.moved_pixels) +
                  " valid pixels came out equal to nodata (" + nodata +
                  ") and were set to the next value; choose another --dst-nodata" +
                  (t.run.plan.image.computed
                       ? ""
                       : ", or, if they are no data, say so with --src-nodata " + nodata));
  report::log_warning(notes.back());
}

/// A file that holds nothing looks like any other until somebody opens it.
void note_no_data(const Told& t, const std::vector<RankTotals>& totals,
                  std::vector<std::string>& notes) {
  if (!has_no_data(totals)) return;
  notes.push_back(describe_no_data(t.run.plan, t.session.job.output));
  report::log_warning(notes.back());
}

/// *Collective.*
void write_trace_file(const Told& t) {
  if (!t.session.job.run.trace) return;
  const std::string mine =
      t.session.trace.to_json(t.session.comm.rank(), t.session.machine.hostname);
  std::vector<std::string> fragments;
  for (const auto& message : t.session.comm.gather(exchange::pack_text(mine)))
    fragments.push_back(exchange::unpack_text(message));
  exchange::agree_on(t.session.comm, [&] {
    if (t.session.comm.is_root()) report::write_trace(*t.session.job.run.trace, fragments);
  });
}

/// *Collective.*
void draw_quicklook(const Told& t) {
  if (!t.session.job.run.quicklook) return;
  if (t.made.picture)
    return t.made.picture->draw(t.session.comm, t.session.job.output, *t.session.job.run.quicklook);
  exchange::agree_on(t.session.comm, [&] {
    if (t.session.comm.is_root())
      io::write_preview(t.session.job.output, *t.session.job.run.quicklook);
  });
}

}  // namespace

void report_run(const Session& session, const Prepared& prepared, Run& run, const Made& made) {
  finish_session_backend(session, run);
  const Told t{session, prepared, run, made};
  const auto totals = gather_totals(t);
  const auto hosts = gather_texts(t, {t.session.machine.hostname});
  auto corrupt = gather_texts(t, t.made.work.corrupt);
  const auto warnings = gather_texts(t, t.made.written.warnings);
  auto gpus = gather_gpus(session, run);
  write_trace_file(t);
  draw_quicklook(t);
  exchange::agree_on(t.session.comm, [&] {
    if (!t.session.comm.is_root()) return;
    if (!corrupt.empty())
      report::log_warning(std::to_string(corrupt.size()) +
                          " damaged blocks were replaced by nodata, the first: " + corrupt.front());
    for (const std::string& warning : warnings) report::log_warning(warning);
    std::vector<std::string> notes = prepared.notes;
    notes.insert(notes.end(), run.notes.begin(), run.notes.end());
    notes.insert(notes.end(), warnings.begin(), warnings.end());
    note_warp(t, totals, notes);
    note_moved_pixels(t, totals, notes);
    note_no_data(t, totals, notes);
    for (const std::string& block : corrupt) notes.push_back("damaged block: " + block);
    auto record = make_record(t, totals, hosts, std::move(notes));
    record.gpus = std::move(gpus);
    if (t.session.job.run.record) report::write_record(*t.session.job.run.record, record);
    print_summary(record);
  });
}

}  // namespace cogmill::pipeline
