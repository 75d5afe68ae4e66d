// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/quad_machine.hpp"
#include "tests/support/random_program.hpp"

#include <gtest/gtest.h>

/// The device's interpreter of programs, on the host: the same pixels as the host's own.
namespace cogmill::kernels::cuda {
namespace {

using testing_support::ProgramCase;

template <class T>
void run_on_host(const Program& program, const BoundProgram& bound) {
  constexpr unsigned kGroups = 2;
  using Registers = QuadRegisters<T, kGroups>;
  std::vector<Step> code;
  for (const Instruction& instruction : program.code) code.push_back({instruction});
  const MachineTables tables = {code.data(),
                                program.constants.data(),
                                bound.inputs.data(),
                                bound.outputs.data(),
                                program.outputs.data(),
                                static_cast<int>(code.size()),
                                static_cast<int>(program.outputs.size())};
  const Quads quads = {bound.width, bound.height};
  constexpr unsigned kStep = 3;  // threads: this is the one in the middle
  std::vector<typename Registers::Unit> memory(static_cast<unsigned>(program.registers) * kGroups *
                                               Registers::kUnits * kStep);
  const Registers registers(memory.data() + 1, kStep);
  const std::int64_t distance = 5;
  for (std::int64_t first = 0; first < quads.count(); first += distance * kGroups)
    for (std::int64_t i = 0; i < distance; ++i)
      run_quads<T, kGroups>(tables, quads, first + i, distance, kGroups * kQuad, registers);
}

TEST(QuadMachine, random_programs_as_on_the_cpu) {
  std::mt19937 random(41);
  for (int round = 0; round < 300; ++round) {
    ProgramCase expected = testing_support::random_case(random, round);
    ProgramCase got = expected;
    const auto precision = random() % 2 == 0 ? Precision::kFloat32 : Precision::kFloat64;
    evaluate_program(expected.program, precision, expected.bound_inputs(),
                     expected.bound_outputs());
    const BoundProgram bound = bind_program(got.program, got.bound_inputs(), got.bound_outputs());
    if (precision == Precision::kFloat32)
      run_on_host<float>(got.program, bound);
    else
      run_on_host<double>(got.program, bound);
    for (std::size_t i = 0; i < got.outputs.size(); ++i)
      ASSERT_EQ(got.outputs[i].bytes(), expected.outputs[i].bytes()) << "round " << round;
  }
}

TEST(QuadMachine, every_operation_as_on_the_cpu) {
  std::mt19937 random(42);
  for (int op = static_cast<int>(kFirstArithmetic); op <= static_cast<int>(kLastOp); ++op)
    for (const Precision precision : {Precision::kFloat32, Precision::kFloat64}) {
      auto program = testing_support::random_program(random, 3, 3, 0, 1);
      program.code = {{Op::kLoad, 0, 0}, {Op::kLoad, 1, 1}, {Op::kLoad, 2, 2}};
      program.code.push_back({static_cast<Op>(op), 0, 0, 1, 2});
      program.outputs = {0};
      ProgramCase expected(random, program, 203, 1, 0);
      ProgramCase got = expected;
      evaluate_program(program, precision, expected.bound_inputs(), expected.bound_outputs());
      const BoundProgram bound = bind_program(program, got.bound_inputs(), got.bound_outputs());
      if (precision == Precision::kFloat32)
        run_on_host<float>(program, bound);
      else
        run_on_host<double>(program, bound);
      ASSERT_EQ(got.outputs[0].bytes(), expected.outputs[0].bytes()) << "operation " << op;
    }
}

TEST(QuadMachine, quads_cover_every_pixel_once) {
  for (const std::int64_t width : {1, 3, 4, 5, 64, 1031})
    for (const std::int64_t height : {1, 2, 7}) {
      const Quads quads = {width, height};
      std::vector<int> seen(static_cast<std::size_t>(width * height));
      for (std::int64_t i = 0; i < quads.count() + 3; ++i) {
        const QuadPlace at = quads.at(i);
        for (unsigned p = 0; p < at.pixels; ++p)
          ++seen[static_cast<std::size_t>(at.row * width + at.col + p)];
      }
      EXPECT_EQ(seen, std::vector<int>(seen.size(), 1)) << width << " x " << height;
    }
}

}  // namespace
}  // namespace cogmill::kernels::cuda
