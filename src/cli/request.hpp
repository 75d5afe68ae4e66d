// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/job/job.hpp"

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace cogmill::cli {

/// Print the text to stdout and leave with 0.
struct HelpRequest {
  std::string text;
};

/// Print cogmill's version, and those of the libraries it uses.
struct VersionRequest {};

/// `calc --list-indices`: print the known indices, their roles and formulas.
struct ListIndicesRequest {};

/// What `info`, `validate` and `doctor` have in common.
struct FilesRequest {
  std::vector<std::string> files;  ///< at least one, but for `doctor`
  bool json = false;
  std::string log_level = "warning";
  std::map<std::string, std::string> config;  ///< --config NAME=VALUE for GDAL
};

struct InfoRequest : FilesRequest {};

struct ValidateRequest : FilesRequest {
  bool strict = false;  ///< warnings count as errors
};

struct DoctorRequest : FilesRequest {};

/// What a command line asks for.
using Request = std::variant<HelpRequest, VersionRequest, ListIndicesRequest, InfoRequest,
                             ValidateRequest, DoctorRequest, job::Job>;

}  // namespace cogmill::cli
