// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/run_validate.hpp"

#include "src/io/cog_validator.hpp"
#include "src/report/error.hpp"

#include <nlohmann/json.hpp>

#include <ostream>

namespace cogmill::cli {
namespace {

const char* name_of(io::Severity severity) {
  return severity == io::Severity::kError ? "error" : "warning";
}

nlohmann::json to_json(const std::string& file, const io::ValidationReport& report, bool valid) {
  nlohmann::json json{{"file", file}, {"valid", valid}};
  json["findings"] = nlohmann::json::array();
  for (const io::Finding& f : report.findings)
    json["findings"].push_back({{"severity", name_of(f.severity)}, {"text", f.text}});
  const io::CogDetails& d = report.details;
  json["details"] = {{"file_bytes", d.file_bytes},
                     {"bigtiff", d.bigtiff},
                     {"width", d.width},
                     {"height", d.height},
                     {"tile_width", d.tile_width},
                     {"tile_height", d.tile_height},
                     {"compression", d.compression},
                     {"interleave", d.interleave},
                     {"overviews", d.overviews},
                     {"mask", d.mask},
                     {"ghost_area", d.ghost_keys},
                     {"header_bytes", d.header_bytes}};
  return json;
}

void print(const std::string& file, const io::ValidationReport& report, bool valid,
           std::ostream& out) {
  const io::CogDetails& d = report.details;
  out << file << ": " << (valid ? "valid" : "NOT valid") << " Cloud Optimized GeoTIFF (" << d.width
      << "x" << d.height << ", " << d.tile_width << "x" << d.tile_height << " "
      << (d.tiled ? "tiles" : "strips") << ", " << d.compression << ", " << d.overviews.size()
      << " overviews" << (d.mask ? ", mask" : "") << (d.bigtiff ? ", BigTIFF" : "") << ")\n";
  for (const io::Finding& f : report.findings)
    out << "  " << name_of(f.severity) << ": " << f.text << "\n";
}

}  // namespace

int run_validate(const ValidateRequest& request, std::ostream& out) {
  bool all_valid = true;
  auto list = nlohmann::json::array();
  for (const std::string& file : request.files) {
    const io::ValidationReport report = io::validate_cog(file);
    const bool valid = report.valid(request.strict);
    all_valid = all_valid && valid;
    if (request.json) {
      list.push_back(to_json(file, report, valid));
    } else {
      print(file, report, valid, out);
    }
  }
  if (request.json) out << list.dump(2) << "\n";
  return all_valid ? 0 : 1;
}

}  // namespace cogmill::cli
