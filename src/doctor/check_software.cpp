// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/check_software.hpp"

#include "src/gpu/architectures.hpp"
#include "src/pipeline/software.hpp"

#include <algorithm>
#include <vector>

namespace cogmill::doctor {
namespace {

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// How many processes the launcher says that it has started.
int started_processes(const Environment& environment) {
  const auto by_mpirun = number_in(environment, "OMPI_COMM_WORLD_SIZE");
  if (by_mpirun) return *by_mpirun;
  return std::max(number_in(environment, "PMI_SIZE").value_or(1),
                  number_in(environment, "SLURM_STEP_NUM_TASKS").value_or(1));
}

}  // namespace

Finding check_cogmill() {
  const auto software = pipeline::software_versions();
  const std::string architectures = gpu::built_architectures();
  Finding cogmill{.topic = "cogmill", .text = software.cogmill, .of_node = true};
  cogmill.text += architectures.empty()
                      ? ", built without CUDA"
                      : ", built with CUDA " + gpu::built_cuda() + " for " + architectures;
  cogmill.facts = {{"version", software.cogmill},
                   {"cuda", gpu::built_cuda()},
                   {"architectures", architectures},
                   {"codecs", software.codecs}};
  for (const auto& [name, version] : software.codecs) cogmill.text += ", " + name + " " + version;
  return cogmill;
}

Finding check_library(const std::string& name, const std::optional<gpu::FoundLibrary>& library,
                      const std::string& use) {
  Finding finding{.topic = name, .of_node = true};
  finding.facts["found"] = library.has_value();
  if (!library) {
    finding.add(Verdict::kNote, "not found, and not needed: " + use,
                "to have it found, put its folder into LD_LIBRARY_PATH");
    return finding;
  }
  const std::string version = library->version.empty() ? "unknown version" : library->version;
  finding.text = clean(version + ", " + library->path);
  finding.facts["version"] = library->version;
  finding.facts["path"] = clean(library->path);
  return finding;
}

Finding check_mpi(const exchange::MpiFacts& mpi, const Place& place,
                  const Environment& environment) {
  Finding finding{.topic = "MPI", .text = clean(mpi.version)};
  finding.facts = {{"version", clean(mpi.version)}, {"running", mpi.running}};
  const int started = started_processes(environment);
  if (place.ranks == 1 && started > 1) {
    finding.add(Verdict::kProblem,
                std::to_string(started) + " processes were started, and each knows only itself",
                "use the mpirun that belongs to " + clean(mpi.version) + ", or srun --mpi=pmix");
    return finding;
  }
  if (!mpi.running) {
    finding.text += ", not started by mpirun or srun: one rank";
    return finding;
  }
  finding.text += ", " + std::to_string(place.ranks) + (place.ranks == 1 ? " rank, " : " ranks, ") +
                  mpi.threads;
  finding.facts["threads"] = mpi.threads;
  if (mpi.cuda_aware) finding.facts["cuda_aware"] = *mpi.cuda_aware;
  const bool aware = mpi.cuda_aware.value_or(false);
  finding.text += aware ? ", CUDA-aware" : ", not CUDA-aware: cogmill needs no CUDA-aware MPI";
  return finding;
}

Finding check_gdal(const io::GdalFacts& gdal) {
  Finding finding{.topic = "GDAL", .text = clean(gdal.version), .of_node = true};
  finding.text += ", drivers " + join(gdal.drivers);
  finding.facts = {{"version", clean(gdal.version)},
                   {"data", clean(gdal.data)},
                   {"drivers", gdal.drivers},
                   {"missing_drivers", gdal.missing}};
  if (!gdal.new_enough)
    finding.add(Verdict::kProblem, "it is too old", "install GDAL 3.6 or newer");
  if (!gdal.required.empty())
    finding.add(Verdict::kProblem, "without " + join(gdal.required),
                "take them out of GDAL_SKIP, or install a GDAL that has them");
  else if (!gdal.missing.empty())
    finding.add(Verdict::kNote, "without " + join(gdal.missing),
                "files of these formats cannot be read");
  if (gdal.data.empty())
    finding.add(Verdict::kNote, "its data files are not found", "set GDAL_DATA to their folder");
  else
    finding.text += "; data in " + clean(gdal.data);
  return finding;
}

Finding check_proj(const crs::ProjFacts& proj) {
  Finding finding{.topic = "PROJ", .text = clean(proj.version), .of_node = true};
  finding.facts = {{"version", clean(proj.version)},
                   {"database", clean(proj.database)},
                   {"network", proj.network},
                   {"grids", proj.grids},
                   {"grid_folders", clean(proj.grid_folders)}};
  const std::string advice =
      "set PROJ_DATA (before PROJ 9.1: PROJ_LIB) to the folder of the "
      "proj.db that belongs to PROJ " +
      clean(proj.version);
  if (proj.database.empty())
    finding.add(Verdict::kProblem, "proj.db is not found", advice);
  else
    finding.text += ", " + clean(proj.database);
  if (!proj.database.empty() && !proj.failure.empty())
    finding.add(Verdict::kProblem, clean(proj.failure), advice);
  finding.text += proj.grids == 0
                      ? "; no grids"
                      : "; " + std::to_string(proj.grids) + " grids in " + clean(proj.grid_folders);
  finding.text += proj.network ? ", others come from the network (PROJ_NETWORK)" : ", network off";
  if (proj.grids == 0 && !proj.network)
    finding.add(Verdict::kNote, "datum shifts are then less accurate by metres",
                "install proj-data, or set PROJ_NETWORK=ON");
  return finding;
}

}  // namespace cogmill::doctor
