// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/cli/option_table.hpp"
#include "src/job/job.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::cli {

/// --log-level and --config, which every command has.
void declare_environment_options(OptionTable& options, std::string& log_level,
                                 std::map<std::string, std::string>& config);

/// The options that all processing commands share: what the output is, and how to run.
class ProcessingOptions {
 public:
  /// What the output is. Binds options to members of `job`, which has to outlive the table.
  /// @param explained_in the command whose --help lists creation options; empty: this one
  void declare_output(OptionTable& options, job::Job& job, const std::string& explained_in = {});
  /// How to run, and what to report. As above.
  void declare_run(OptionTable& options, job::Job& job, const std::string& explained_in = {});

  /// Resolves what depends on several options once the output's name is known.
  /// @pre job.output is set
  /// @throws report::UsageError for creation options, an unknown extension, two files of one name
  void finish(job::Job& job) const;

 private:
  std::vector<std::string> creation_arguments_;
  std::optional<job::OutputFormat> format_;
  bool all_cpus_ = false;  ///< --threads ALL_CPUS, which outdoes NUM_THREADS
};

}  // namespace cogmill::cli
