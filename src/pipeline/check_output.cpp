// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/check_output.hpp"

#include "src/io/local_target.hpp"
#include "src/io/output_place.hpp"

#include <optional>

namespace cogmill::pipeline {
namespace {

void require_output(const job::Job& job) {
  for (const auto& path : {std::optional(job.output), job.run.record, job.run.trace,
                           job.run.quicklook, job.run.scratch})
    if (path) io::require_file_system(*path);
  for (const job::Input& input : job.inputs) io::require_not_replaced(input.path, job.output);
  io::require_no_folder(job.output);
  if (!job.run.overwrite) io::require_new(io::LocalTarget("", job.output), "output");
  for (const auto& file :
       {std::optional(job.output), job.run.record, job.run.trace, job.run.quicklook})
    if (file) io::require_folder(*file);
}

}  // namespace

void check_output(const job::Job& job, exchange::Communicator& comm) {
  exchange::agree_on(comm, [&] {
    if (comm.is_root()) require_output(job);
  });
}

}  // namespace cogmill::pipeline
