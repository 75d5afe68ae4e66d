// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/run.hpp"

#include "src/cli/parse_command_line.hpp"
#include "src/cli/run_info.hpp"
#include "src/cli/run_validate.hpp"
#include "src/doctor/print.hpp"
#include "src/expr/indices.hpp"
#include "src/io/gdal_setup.hpp"
#include "src/pipeline/run_job.hpp"
#include "src/pipeline/software.hpp"
#include "src/report/error.hpp"
#include "src/report/interrupt.hpp"
#include "src/report/log.hpp"

#include <chrono>
#include <iostream>
#include <string>

namespace cogmill::cli {
namespace {

std::string version_text() {
  const auto software = pipeline::software_versions();
  std::string text = "cogmill " + software.cogmill + " (GDAL " + software.gdal + ", PROJ " +
                     software.proj + ", " + software.mpi;
  for (const auto& [name, version] : software.codecs) text += ", " + name + " " + version;
  return text + ")\n";
}

/// Commands that one rank does alone print there; the other ranks have nothing to do.
class Runner {
 public:
  explicit Runner(exchange::Communicator& comm) : comm_(comm) {}

  int operator()(const HelpRequest& request) const { return print(request.text); }
  int operator()(const VersionRequest& /*request*/) const { return print(version_text()); }
  int operator()(const ListIndicesRequest& /*request*/) const {
    return print(expr::list_indices());
  }
  int operator()(const InfoRequest& request) const {
    prepare(request.log_level, request.config);
    return comm_.is_root() ? run_info(request, std::cout) : 0;
  }
  int operator()(const ValidateRequest& request) const {
    prepare(request.log_level, request.config);
    return comm_.is_root() ? run_validate(request, std::cout) : 0;
  }
  int operator()(const DoctorRequest& request) const {
    prepare(request.log_level, request.config);
    const auto diagnosis = doctor::diagnose(request.files, comm_);
    if (comm_.is_root())
      (request.json ? doctor::print_json : doctor::print_text)(diagnosis, std::cout);
    return diagnosis.worst == doctor::Verdict::kProblem ? 1 : 0;
  }
  int operator()(const job::Job& job) const {
    prepare(job.run.log_level, job.run.config);
    try {
      pipeline::run_job(job, comm_);
      return 0;
    } catch (const report::UsageError&) {
      throw;
    } catch (const exchange::AgreedError&) {
      if (!report::is_interrupted()) throw;
    } catch (const std::exception&) {
      if (!report::is_interrupted()) {
        comm_.announce_failure();
        throw;
      }
    }
    end_interrupted(job);  // whatever was thrown: it may be a consequence
  }

 private:
  /// MPI ends the ranks that are left by a signal, too, when one has failed. That one has said why.
  [[noreturn]] void end_interrupted(const job::Job& job) const {
    constexpr std::chrono::milliseconds kPatience{100};
    const report::Interrupted why = report::interruption();
    if (comm_.is_root() && !exchange::hears_failure(comm_, kPatience))
      report::print_error(why.what() + ("; nothing was written to " + job.output));
    throw why;
  }
  int print(const std::string& text) const {
    if (comm_.is_root()) std::cout << text << std::flush;
    return 0;
  }
  void prepare(const std::string& level, const std::map<std::string, std::string>& config) const {
    report::configure_log(report::log_level_from_name(level).value_or(report::LogLevel::kWarning),
                          comm_.rank());
    io::configure_gdal(config);
  }
  exchange::Communicator& comm_;
};

}  // namespace

int run(int argc, const char* const* argv, exchange::Communicator& comm) {
  try {
    return std::visit(Runner(comm), parse_command_line(argc, argv));
  } catch (const report::UsageError& e) {
    if (comm.is_root()) report::print_error(e.what(), e.detail());
    return 2;
  } catch (const exchange::AgreedError& e) {
    if (comm.is_root()) report::print_error(e.what());
    return 1;
  }
}

}  // namespace cogmill::cli
