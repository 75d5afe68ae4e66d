// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/ulps_apart.hpp"
#include "tests/support/random_planes.hpp"

#include <cstdint>
#include <random>
#include <vector>

namespace cogmill::testing_support {

/// Straight-line code over registers that are all written before they are read. Only operations
/// that every backend computes to the last bit.
inline kernels::Program random_program(std::mt19937& random, int inputs, int registers, int steps,
                                       int outputs) {
  using kernels::Op;
  const auto pick = [&](int below) {
    return static_cast<std::uint8_t>(random() % static_cast<unsigned>(below));
  };
  constexpr int kFirst = static_cast<int>(kernels::kFirstArithmetic);
  constexpr int kLast = static_cast<int>(kernels::kLastOp);
  kernels::Program program;
  program.inputs = inputs;
  program.registers = registers;
  for (int i = 0; i < 5; ++i) program.constants.push_back(static_cast<double>(pick(40)) / 8 - 1);
  for (int r = 0; r < registers; ++r)
    program.code.push_back(
        r % 4 == 3 || inputs == 0
            ? kernels::Instruction{Op::kConstant, static_cast<std::uint8_t>(r), pick(5)}
            : kernels::Instruction{Op::kLoad, static_cast<std::uint8_t>(r), pick(inputs)});
  while (static_cast<int>(program.code.size()) < steps + registers) {
    const auto op = static_cast<Op>(kFirst + pick(kLast - kFirst + 1));
    if (kernels::ulps_apart(op, kernels::Precision::kFloat32) != 0) continue;
    program.code.push_back(
        {op, pick(registers), pick(registers), pick(registers), pick(registers)});
  }
  for (int i = 0; i < outputs; ++i) program.outputs.push_back(pick(registers));
  return program;
}

/// A program and random bands of random types for it.
struct ProgramCase {
  kernels::Program program;
  std::vector<HostPlane> inputs, masks, outputs;
  std::vector<std::optional<kernels::Nodata>> in_nodata, out_nodata;
  std::vector<bool> masked;

  ProgramCase(std::mt19937& random, kernels::Program code, std::int64_t width, std::int64_t height,
              std::int64_t gap)
      : program(std::move(code)) {
    const auto stride = [&] {
      return gap == 0 ? width : width + static_cast<std::int64_t>(random() % 2) * gap;
    };
    const auto type = [&] { return static_cast<kernels::DataType>(random() % 10); };
    for (int i = 0; i < program.inputs; ++i) {
      inputs.push_back(random_plane(random, type(), width, height, stride()));
      masks.push_back(random_mask(random, width, height, stride()));
      masked.push_back(random() % 3 == 0);
      in_nodata.push_back(random_nodata(random));
    }
    for (std::size_t i = 0; i < program.outputs.size(); ++i) {
      outputs.emplace_back(type(), width, height, stride());
      out_nodata.push_back(random_nodata(random));
    }
  }
  /// The planes in host memory. They live with this object.
  std::vector<kernels::ProgramInput> bound_inputs() const {
    std::vector<kernels::ProgramInput> bound;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      bound.push_back({inputs[i].plane(), in_nodata[i], {}});
      if (masked[i]) bound.back().mask = masks[i].plane();
    }
    return bound;
  }
  std::vector<kernels::ProgramOutput> bound_outputs() {
    std::vector<kernels::ProgramOutput> bound;
    for (std::size_t i = 0; i < outputs.size(); ++i)
      bound.push_back({outputs[i].plane(), out_nodata[i]});
    return bound;
  }
};

/// A case of random size; every fifth one is large enough for many blocks of threads.
inline ProgramCase random_case(std::mt19937& random, int round) {
  const int inputs = static_cast<int>(random() % 5), outputs = 1 + static_cast<int>(random() % 3);
  const int registers =
      round % 10 == 9 ? kernels::kMaxRegisters : 1 + static_cast<int>(random() % 9);
  auto program =
      random_program(random, inputs, registers, 1 + static_cast<int>(random() % 30), outputs);
  const auto width = static_cast<std::int64_t>(round % 5 == 0 ? 1500 : 1 + random() % 40);
  return {random, std::move(program), width, static_cast<std::int64_t>(1 + random() % 7),
          static_cast<std::int64_t>(random() % 6)};
}

}  // namespace cogmill::testing_support
