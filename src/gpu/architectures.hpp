// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cogmill::gpu {

/// What the kernels of this program were built for, as CMake writes it: "75-real,80-real,90"; empty
/// without CUDA.
std::string built_architectures();
/// "13.0", the CUDA it was built with; empty without.
std::string built_cuda();

/// Oldest devices that the kernels are made for: compute capability 7.5, Turing.
inline constexpr int kLeastCapability = 75;

/// Whether code for these architectures runs on a device.
enum class Runs {
  kYes,
  kCompiled,  ///< the driver has to compile it first, from PTX
  kNo,
  kUnknown,  ///< "native", "all": what that was is not known here
};
Runs runs_on(const std::string& architectures, int major, int minor);

}  // namespace cogmill::gpu
