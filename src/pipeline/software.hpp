// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/report/record.hpp"

namespace cogmill::pipeline {

/// Versions of cogmill and of the libraries that are loaded now.
report::RunRecord::Software software_versions();

}  // namespace cogmill::pipeline
