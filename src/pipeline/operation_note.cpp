// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/operation_note.hpp"

#include "src/crs/operation_report.hpp"
#include "src/crs/same_crs.hpp"
#include "src/crs/vertical_change.hpp"
#include "src/report/log.hpp"

#include <sstream>

namespace cogmill::pipeline {
namespace {

/// All points go through one operation: where it is not meant for them, that is worth a word.
void note_area_of_use(const std::string& what, const crs::OperationReport& operation,
                      std::vector<std::string>& notes) {
  if (!operation.area_of_use) return;
  const auto& [west, south, east, north] = *operation.area_of_use;
  std::ostringstream text;
  text << what << ": a part lies outside of the area of use of the coordinate operation '"
       << operation.name << "' (longitudes " << west << " to " << east << ", latitudes " << south
       << " to " << north
       << "): positions are less accurate there, or none; --coordinate-operation takes another one";
  report::warn_once(text.str(), text.str());
  notes.push_back(text.str());
}

}  // namespace

void note_operation(const std::string& what, const std::string& source_wkt,
                    const std::string& target_wkt, const std::optional<std::array<double, 4>>& area,
                    std::vector<std::string>& notes) {
  if (crs::is_same_crs(source_wkt, target_wkt)) return;
  const auto operation = crs::describe_operation(source_wkt, target_wkt, area);
  std::ostringstream text;
  text << what << ": coordinate operation '" << operation.name << "', accuracy ";
  if (operation.accuracy)
    text << *operation.accuracy << " m";
  else
    text << "unknown";
  if (!operation.definition.empty()) text << ", " << operation.definition;
  report::log_info(text.str());
  notes.push_back(text.str());
  note_area_of_use(what, operation, notes);
  if (operation.missing_grids.empty()) return;
  std::string missing = what +
                        ": a more accurate coordinate operation needs grids that are "
                        "not installed (projsync fetches them):";
  for (const std::string& grid_name : operation.missing_grids) missing += " " + grid_name;
  report::log_warning(missing);
  notes.push_back(missing);
}

void note_heights(const std::string& what, const std::string& source_wkt,
                  const std::string& target_wkt, std::vector<std::string>& notes) {
  const auto change = crs::vertical_change(source_wkt, target_wkt);
  if (!change) return;
  const std::string text = what + ": heights stay as they are, in \"" + change->from +
                           "\", though the output's CRS says \"" + change->to +
                           "\": cogmill does not shift them (as gdalwarp -novshift)";
  report::warn_once("heights: " + change->from + ", " + change->to, text);
  notes.push_back(text);
}

}  // namespace cogmill::pipeline
