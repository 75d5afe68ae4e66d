// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/evaluate.hpp"
#include "kernels/ulps_apart.hpp"
#include "tests/gpu/device_memory.hpp"
#include "tests/support/random_program.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

namespace cogmill::kernels {
namespace {

using testing_support::DeviceBytes;
using testing_support::moved;
using testing_support::ProgramCase;

/// The planes of a case on the device.
class DeviceCase {
 public:
  explicit DeviceCase(ProgramCase& from) : inputs(from.bound_inputs()) {
    outputs = from.bound_outputs();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      inputs[i].plane = moved(inputs[i].plane, put(from.inputs[i].bytes()));
      if (inputs[i].mask.data != nullptr)
        inputs[i].mask = moved(inputs[i].mask, put(from.masks[i].bytes()));
    }
    first_output_ = memory_.size();
    for (std::size_t i = 0; i < outputs.size(); ++i)
      outputs[i].plane = moved(outputs[i].plane, put(from.outputs[i].bytes()));
  }
  const DeviceBytes& output(std::size_t i) const { return *memory_[first_output_ + i]; }

  std::vector<ProgramInput> inputs;
  std::vector<ProgramOutput> outputs;

 private:
  std::byte* put(const std::vector<std::byte>& bytes) {
    memory_.push_back(std::make_unique<DeviceBytes>(bytes));
    return memory_.back()->data();
  }
  std::vector<std::unique_ptr<DeviceBytes>> memory_;
  std::size_t first_output_ = 0;
};

TEST(GpuEvaluate, random_programs_as_on_the_cpu) {
  std::mt19937 random(43);
  for (int round = 0; round < 400; ++round) {
    ProgramCase expected = testing_support::random_case(random, round);
    const DeviceCase device(expected);
    const auto precision = random() % 2 == 0 ? Precision::kFloat32 : Precision::kFloat64;
    evaluate_program(expected.program, precision, expected.bound_inputs(),
                     expected.bound_outputs());
    cuda::DeviceProgram program(expected.program, nullptr);
    cuda::evaluate_program(program, precision, device.inputs, device.outputs, nullptr, nullptr);
    for (std::size_t i = 0; i < expected.outputs.size(); ++i) {
      ASSERT_EQ(device.output(i).read(), expected.outputs[i].bytes()) << "round " << round;
      ASSERT_TRUE(device.output(i).guards_intact()) << "round " << round;
    }
  }
}

TEST(GpuEvaluate, many_bands) {
  std::mt19937 random(44);
  ProgramCase expected(
      random, testing_support::random_program(random, 256, kMaxRegisters, 600, 100), 333, 5, 4);
  const DeviceCase device(expected);
  evaluate_program(expected.program, Precision::kFloat64, expected.bound_inputs(),
                   expected.bound_outputs());
  cuda::DeviceProgram program(expected.program, nullptr);
  cuda::evaluate_program(program, Precision::kFloat64, device.inputs, device.outputs, nullptr,
                         nullptr);
  for (std::size_t i = 0; i < expected.outputs.size(); ++i)
    ASSERT_EQ(device.output(i).read(), expected.outputs[i].bytes()) << "output " << i;
}

TEST(GpuEvaluate, one_program_for_block_after_block) {
  std::mt19937 random(45);
  ProgramCase expected(random, testing_support::random_program(random, 2, 4, 9, 1), 5000, 700, 0);
  const DeviceCase device(expected);
  cuda::DeviceProgram program(expected.program, nullptr);
  for (int i = 0; i < 3; ++i)
    cuda::evaluate_program(program, Precision::kFloat32, device.inputs, device.outputs, nullptr,
                           nullptr);
  evaluate_program(expected.program, Precision::kFloat32, expected.bound_inputs(),
                   expected.bound_outputs());
  EXPECT_EQ(device.output(0).read(), expected.outputs[0].bytes());
}

/// Steps between two numbers in the order of the type's values.
template <class T>
double ulps(T a, T b) {
  if ((std::isnan(a) && std::isnan(b)) || a == b) return 0;
  if (!std::isfinite(a) || !std::isfinite(b)) return std::numeric_limits<double>::infinity();
  const T size = std::max(std::abs(a), std::abs(b));
  const T one = std::nextafter(size, std::numeric_limits<T>::infinity()) - size;
  return std::abs(static_cast<double>(a) - static_cast<double>(b)) / static_cast<double>(one);
}

/// Numbers of all sizes, more of those between -1 and 1.
template <class T>
std::vector<T> arguments(std::mt19937& random, std::size_t count) {
  std::vector<T> values(count);
  std::uniform_real_distribution<double> fraction(-1, 1), exponent(-40, 12);
  for (T& v : values)
    v = static_cast<T>(random() % 2 == 0 ? fraction(random)
                                         : std::ldexp(fraction(random), int(exponent(random))));
  return values;
}

template <class T>
std::vector<T> numbers_in(const std::vector<std::byte>& bytes) {
  std::vector<T> numbers(bytes.size() / sizeof(T));
  std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

template <class T>
void compare_operation(Op op, Precision precision) {
  constexpr DataType kType = sizeof(T) == 4 ? DataType::kFloat32 : DataType::kFloat64;
  constexpr std::int64_t kCount = 200003;
  std::mt19937 random(46);
  const auto a = arguments<T>(random, kCount), b = arguments<T>(random, kCount);
  Program program;
  program.code = {{Op::kLoad, 0, 0}, {Op::kLoad, 1, 1}, {op, 0, 0, 1, 1}};
  program.inputs = program.registers = 2;
  program.outputs = {0};
  const auto plane = [](const std::vector<T>& v) {
    return ConstPlane{reinterpret_cast<const std::byte*>(v.data()), kType, kCount, 1, kCount};
  };
  std::vector<T> expected(kCount);
  const ProgramInput in[] = {{plane(a), {}}, {plane(b), {}}};
  const ProgramOutput out[] = {
      {{reinterpret_cast<std::byte*>(expected.data()), kType, kCount, 1, kCount}, {}}};
  const DeviceBytes da(std::as_bytes(std::span(a))), db(std::as_bytes(std::span(b))),
      dout(std::as_bytes(std::span(expected)));
  evaluate_program(program, precision, in, out);
  const ProgramInput din[] = {{moved(in[0].plane, da.data()), {}},
                              {moved(in[1].plane, db.data()), {}}};
  const ProgramOutput ddst[] = {{moved(out[0].plane, dout.data()), {}}};
  cuda::DeviceProgram on_device(program, nullptr);
  cuda::evaluate_program(on_device, precision, din, ddst, nullptr, nullptr);
  const auto got = numbers_in<T>(dout.read());
  double worst = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double apart = ulps(got[i], expected[i]);
    worst = std::max(worst, apart);
    ASSERT_LE(apart, ulps_apart(op, precision)) << "operation " << int(op) << " of " << a[i] << ", "
                                                << b[i] << ": " << got[i] << " and " << expected[i];
  }
  std::printf("operation %d, %zu bytes: at most %.2f ulp apart\n", int(op), sizeof(T), worst);
}

TEST(GpuEvaluate, every_operation_within_its_bound) {
  for (int op = static_cast<int>(kFirstArithmetic); op <= static_cast<int>(kLastOp); ++op) {
    compare_operation<float>(static_cast<Op>(op), Precision::kFloat32);
    compare_operation<double>(static_cast<Op>(op), Precision::kFloat64);
  }
}

}  // namespace
}  // namespace cogmill::kernels
