// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/commands.hpp"
#include "src/cli/processing_options.hpp"

namespace cogmill::cli {
namespace {

constexpr CommandText kText = {
    .name = "doctor",
    .arguments = "[OPTIONS] [PATH...]",
    .title = "what this machine offers: GPUs, MPI, libraries, storage",
    .summary = R"(Prints what this node offers, a line each: cogmill, CPU, memory, GPUs with their
driver, links and copy speed, NCCL, nvCOMP, MPI, GDAL, PROJ, Slurm, and the file
systems of the PATHs (default: the current folder, and TMPDIR). A line begins
with "ok", "note" or "problem"; what to do follows "->", and the ranks or nodes
it is about in [...] if not all. Under mpirun or srun all ranks look, and what
they agree on is said once. Nothing is asked of the network, nothing is kept.
Exit code 0: cogmill can work here, 1: there is a problem, 2: usage.)",
    .description =
        R"(
Prints what this node offers, a line each: cogmill, CPU, memory, GPUs with their driver, links and
copy speed, NCCL, nvCOMP, MPI, GDAL, PROJ, Slurm, and the file systems of the PATHs. The default
are the current folder, and TMPDIR.

A line begins with "ok", "note" or "problem"; what to do follows "->", and the ranks or nodes that
it is about in [...] if not all. Under mpirun or srun all ranks look, and what they agree on is
said once. Nothing is asked of the network, nothing is kept.)",
    .memory =
        R"(
Each rank takes some MB, and 64 MB of page-locked memory and twice as much of its GPU while it
measures how fast they copy.)",
    .exit_status = R"(
0 cogmill can work here.

1 There is a problem.

2 The command line is wrong.)",
    .examples = {"cogmill doctor", "mpirun -np 2 cogmill doctor --json ."},
    .see_also = "cogmill(1), mpirun(1), srun(1), nvidia-smi(1)"};

class DoctorCommand : public Command {
 public:
  const CommandText& text() const override { return kText; }

  void declare(OptionTable& options) override {
    options.section("Options");
    options.flag({.name = "json", .text = "Print one JSON object, with all numbers."},
                 request_.json);
    declare_environment_options(options, request_.log_level, request_.config);
  }

  Request finish(const std::vector<std::string>& arguments) override {
    request_.files = arguments;
    return request_;
  }

 private:
  DoctorRequest request_;
};

}  // namespace

std::unique_ptr<Command> make_doctor_command() { return std::make_unique<DoctorCommand>(); }

}  // namespace cogmill::cli
