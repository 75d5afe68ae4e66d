// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/software.hpp"

#include "kernels/codec_versions.hpp"
#include "src/exchange/mpi_version.hpp"
#include "src/io/gdal_setup.hpp"

namespace cogmill::pipeline {

report::RunRecord::Software software_versions() {
  report::RunRecord::Software software;
  software.cogmill = COGMILL_VERSION;
  software.gdal = io::gdal_version();
  software.proj = io::proj_version();
  software.mpi = exchange::mpi_version();
  for (const auto& [name, version] : kernels::codec_versions()) software.codecs[name] = version;
  return software;
}

}  // namespace cogmill::pipeline
