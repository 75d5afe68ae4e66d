// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::report {

/// What one run of cogmill was and what it cost: plain data, filled by the caller on rank 0.
/// Written as YAML with the same names.
struct RunRecord {
  struct Hardware {
    std::string cpu;                 ///< model
    int cores = 0;                   ///< physical cores of a node this job may use
    int threads = 0;                 ///< the same with hyper-threads
    std::int64_t memory_bytes = 0;   ///< per node
    std::vector<std::string> nodes;  ///< host names
    std::vector<std::string> gpus;   ///< models
    std::string driver;              ///< NVIDIA's; empty: none
  };
  struct Software {
    std::string cogmill, gdal, proj, mpi;       ///< versions
    std::map<std::string, std::string> codecs;  ///< "libdeflate" -> "1.14"
  };
  struct Input {
    std::string name;  ///< "A"; may be empty
    std::string path;
    std::int64_t file_bytes = 0;
    std::int64_t width = 0, height = 0;  ///< [px]
    int bands = 0;
    std::string dtype;
    std::int64_t tile_width = 0, tile_height = 0;  ///< [px]
    std::int64_t tiles = 0;
    std::string compression;
    std::string crs;
    std::optional<std::array<double, 6>> transform;  ///< GDAL's order
    std::string pattern;                             ///< read path: "tiles", or "GDAL windows: why"
  };
  struct Run {
    std::string command;       ///< "calc"
    std::string command_line;  ///< as typed
    std::string started;       ///< ISO 8601, UTC
    std::string backend;
    std::int64_t tile = 0;  ///< side of an output tile [px]
    std::int64_t chunks = 0;
    int ranks = 0;
    int threads = 0;                 ///< per rank
    std::int64_t memory_bytes = 0;   ///< limit per rank
    std::int64_t spilled_bytes = 0;  ///< compressed tiles that went through the scratch folder
  };
  /// What one rank's device did.
  struct Gpu {
    std::string model, uuid, cuda;  ///< CUDA's version
    int rank = 0;
    std::int64_t memory_bytes = 0;  ///< of the device
    std::int64_t limit_bytes = 0;   ///< that the rank was allowed
    std::int64_t peak_bytes = 0;    ///< that it took
    double busy_share = 0;          ///< kernels' time of the wall time
    std::int64_t chunks = 0;        ///< that it computed
    std::int64_t host_chunks = 0;   ///< that the cores computed while it started
    /// In which any of its streams was at it.
    double to_device_seconds = 0, compute_seconds = 0, from_device_seconds = 0;
    std::int64_t to_device_bytes = 0, from_device_bytes = 0;
  };
  struct Outputs {
    std::string path;
    std::string format;
    std::int64_t file_bytes = 0;
    std::int64_t width = 0, height = 0;  ///< [px]
    int bands = 0;
    std::string dtype;
    std::string compression;
    double wall_seconds = 0;
    std::int64_t tiles = 0;          ///< of the full resolution
    std::int64_t bytes_read = 0;     ///< from storage
    std::int64_t bytes_decoded = 0;  ///< pixels of the inputs
    std::int64_t bytes_written = 0;
    std::vector<std::int64_t> peak_rss_bytes;     ///< per rank
    std::map<std::string, double> stage_seconds;  ///< summed over threads and ranks
    bool empty = false;                           ///< not one pixel is valid in any band
  };

  Hardware hardware;
  Software software;
  std::vector<Input> inputs;
  Run run;
  std::vector<Gpu> gpus;  ///< by rank, with backend cuda
  Outputs outputs;
  std::optional<double> price_per_hour;  ///< of the whole allocation, any currency
  std::vector<std::string> notes;        ///< fallbacks, corrupt tiles, nodata
};

/// price_per_hour x wall hours x 100 / GB processed, where 1 GB is 10^9 bytes of decoded input.
/// @return nothing without a price or without bytes
std::optional<double> cost_per_100gb(const RunRecord& record);

/// Rates (tiles_per_s, mb_per_s_*) and the cost are computed from the sums. A cost that nothing is
/// known of is left out.
std::string to_yaml(const RunRecord& record);

/// Writes to_yaml(record) into a file that appears when it is complete.
/// @throws RuntimeError naming the file
void write_record(const std::string& path, const RunRecord& record);

}  // namespace cogmill::report
