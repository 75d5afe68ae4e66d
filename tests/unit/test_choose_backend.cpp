// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/architectures.hpp"
#include "src/pipeline/choose_backend.hpp"

#include <gtest/gtest.h>

namespace cogmill::pipeline {
namespace {

/// A job that is large enough for a device.
plan::Interpretation large_output() {
  plan::Interpretation interpretation;
  interpretation.image.width = interpretation.image.height = 1 << 15;
  return interpretation;
}

report::Machine machine_with_driver() {
  report::Machine machine;
  machine.hostname = "node";
  machine.gpu_driver = "580.65.06";
  return machine;
}

BackendChoice choose(job::Backend backend, const report::Machine& machine) {
  job::Job job;
  job.run.backend = backend;
  const auto comm = exchange::make_local_communicator();
  return choose_backend(job, large_output(), *comm, machine);
}

TEST(ChooseBackend, ADriverSaysNothingOfAProgramWithoutCuda) {
  const bool built_with_cuda = !gpu::built_architectures().empty();
  const BackendChoice choice = choose(job::Backend::kAuto, machine_with_driver());
  EXPECT_EQ(choice.cuda, built_with_cuda);
  EXPECT_EQ(choice.assumed, built_with_cuda);
  if (!built_with_cuda) {
    EXPECT_NE(choice.why_cpu.find("without CUDA"), std::string::npos);
  }
}

TEST(ChooseBackend, AskedForInVain) {
  if (!look_for_device(0).why_cpu.empty()) {
    EXPECT_THROW(choose(job::Backend::kCuda, report::Machine{}), exchange::AgreedError);
  }
  EXPECT_FALSE(choose(job::Backend::kCpu, machine_with_driver()).cuda);
}

}  // namespace
}  // namespace cogmill::pipeline
