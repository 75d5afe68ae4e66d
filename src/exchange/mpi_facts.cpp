// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/exchange/mpi_facts.hpp"

#include "launch/mpi_check.hpp"
#include "src/exchange/mpi_version.hpp"

#include <dlfcn.h>

namespace cogmill::exchange {
namespace {

using launch::mpi_check;

std::string thread_level() {
  int level = MPI_THREAD_SINGLE;
  mpi_check(MPI_Query_thread(&level));
  switch (level) {
    case MPI_THREAD_SINGLE:
      return "MPI_THREAD_SINGLE";
    case MPI_THREAD_FUNNELED:
      return "MPI_THREAD_FUNNELED";
    case MPI_THREAD_SERIALIZED:
      return "MPI_THREAD_SERIALIZED";
    case MPI_THREAD_MULTIPLE:
      return "MPI_THREAD_MULTIPLE";
    default:
      return "unknown";
  }
}

/// Open MPI's extension, which other libraries and some of its builds do not have.
std::optional<bool> query_cuda_support() {
  const auto query = reinterpret_cast<int (*)()>(::dlsym(RTLD_DEFAULT, "MPIX_Query_cuda_support"));
  if (query == nullptr) return std::nullopt;
  return query() != 0;
}

}  // namespace

MpiFacts read_mpi_facts() {
  MpiFacts facts;
  facts.version = mpi_version();
  int started = 0;
  mpi_check(MPI_Initialized(&started));
  facts.running = started != 0;
  if (!facts.running) return facts;
  facts.threads = thread_level();
  facts.cuda_aware = query_cuda_support();
  return facts;
}

}  // namespace cogmill::exchange
