// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cuda_runtime_api.h>

#include <iostream>

/// Runs the tests where there is a device; else says loudly that it does not (exit code 77:
/// skipped).
int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  int devices = 0;
  const cudaError_t status = cudaGetDeviceCount(&devices);
  if (status != cudaSuccess || devices == 0) {
    std::cerr << "SKIPPED, NOTHING WAS TESTED: no usable GPU here ("
              << (status == cudaSuccess ? "no device" : cudaGetErrorString(status)) << ")\n";
    return 77;
  }
  return RUN_ALL_TESTS();
}
