// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/doctor_command.hpp"

#include "src/cli/processing_options.hpp"

namespace cogmill::cli {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: [mpirun -np N] cogmill doctor [OPTIONS] [PATH...]
Prints what this node offers, a line each: cogmill, CPU, memory, GPUs with their
driver, links and copy speed, NCCL, nvCOMP, MPI, GDAL, PROJ, Slurm, and the file
systems of the PATHs (default: the current folder, and TMPDIR). A line begins
with "ok", "note" or "problem"; what to do follows "->", and the ranks or nodes
it is about in [...] if not all. Under mpirun or srun all ranks look, and what
they agree on is said once. Nothing is asked of the network, nothing is kept.
Exit code 0: cogmill can work here, 1: there is a problem, 2: usage.
 --json                                one JSON object, with all numbers
 --config NAME=VALUE                   configuration option of GDAL
 --log-level debug|info|warning|error  what goes to stderr, default: warning
Examples:
  cogmill doctor
  mpirun -np 2 cogmill doctor --json .
)";

}  // namespace

std::string_view DoctorCommand::help() const { return kHelp; }

void DoctorCommand::declare(OptionTable& options) {
  options.flag("json", request_.json);
  declare_environment_options(options, request_.log_level, request_.config);
}

Request DoctorCommand::finish(const std::vector<std::string>& arguments) {
  request_.files = arguments;
  return request_;
}

}  // namespace cogmill::cli
