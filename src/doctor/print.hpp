// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/doctor/diagnose.hpp"

#include <iosfwd>

namespace cogmill::doctor {

/// One line for each finding: verdict, topic, text, what to do, whom it is about; then a summary.
void print_text(const Diagnosis& diagnosis, std::ostream& out);

/// The diagnosis as one JSON document for programs: every finding, with all its numbers.
void print_json(const Diagnosis& diagnosis, std::ostream& out);

}  // namespace cogmill::doctor
