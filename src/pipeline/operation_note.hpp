// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::pipeline {

/// Says in the log and in the notes of the record what PROJ does between two systems, which grids a
/// better way would need, and whether the area reaches beyond what the operation is meant for.
/// @param what goes it: a file, or how many   @param area as crs::describe_operation
void note_operation(const std::string& what, const std::string& source_wkt,
                    const std::string& target_wkt, const std::optional<std::array<double, 4>>& area,
                    std::vector<std::string>& notes);

/// Says there that heights are not shifted, where both systems have some and they differ; in the
/// log once for all files of two such systems.
void note_heights(const std::string& what, const std::string& source_wkt,
                  const std::string& target_wkt, std::vector<std::string>& notes);

}  // namespace cogmill::pipeline
