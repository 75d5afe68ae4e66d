// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/device_buffer.hpp"
#include "kernels/cuda/stream.hpp"
#include "kernels/evaluate.hpp"

#include <cstdint>
#include <span>

namespace cogmill::kernels::cuda {

/// A program on the device. It holds the planes of its last call: one stream at a time.
class DeviceProgram {
 public:
  /// Copies the code; in the order of `stream`.   @throws std::invalid_argument, CudaError
  DeviceProgram(const Program& program, Stream stream);

 private:
  friend void evaluate_program(DeviceProgram&, Precision, std::span<const ProgramInput>,
                               std::span<const ProgramOutput>, std::uint64_t*, Stream);
  Program program_;
  DeviceBuffer code_, planes_;
};

/// kernels::evaluate_program for planes in device memory: the same pixels wherever the program is
/// arithmetic, comparison, logic or rounding; where it calls exp, sin and the like, each call is as
/// close to the host's as its kUlps says (kernels/pixel_ops.hpp).
/// @param moved on the device, is increased by the number of results that were moved off nodata;
/// nullptr: not counted   @pre as kernels::evaluate_program
void evaluate_program(DeviceProgram& program, Precision precision,
                      std::span<const ProgramInput> inputs, std::span<const ProgramOutput> outputs,
                      std::uint64_t* moved, Stream stream);

}  // namespace cogmill::kernels::cuda
