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
/// close to the host's as ulps_apart says.
/// @param moved on the device, is increased by the number of results that were moved off nodata;
/// nullptr: not counted   @pre as kernels::evaluate_program
void evaluate_program(DeviceProgram& program, Precision precision,
                      std::span<const ProgramInput> inputs, std::span<const ProgramOutput> outputs,
                      std::uint64_t* moved, Stream stream);

/// How far one operation's result may be from the host's [units in the last place]: what the CUDA
/// Programming Guide grants the device (mathematical functions, standard) and 2 for the host's
/// library. 0: the same bits.
constexpr int ulps_apart(Op op, Precision precision) {
  constexpr int kHost = 2;
  const bool single = precision == Precision::kFloat32;
  switch (op) {
    case Op::kExp:
      return kHost + (single ? 2 : 1);
    case Op::kLn:
      return kHost + 1;
    case Op::kLog10:
      return kHost + (single ? 2 : 1);
    case Op::kSin:
    case Op::kCos:
    case Op::kAsin:
    case Op::kAcos:
    case Op::kAtan:
      return kHost + 2;
    case Op::kTan:
      return kHost + (single ? 4 : 2);
    case Op::kAtan2:
      return kHost + (single ? 3 : 2);
    case Op::kPower:
      return kHost + (single ? 4 : 2);
    default:
      return 0;
  }
}

}  // namespace cogmill::kernels::cuda
