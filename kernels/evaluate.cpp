// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/evaluate.hpp"

#include "kernels/instruction_set.hpp"
#include "kernels/strip_machine.hpp"

#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

namespace cogmill::kernels {
namespace {

using strip::BoundInput;
using strip::BoundNodata;
using strip::BoundOutput;

template <class T>
[[gnu::flatten]] void run_baseline(const strip::Job<T>& job) {
  strip::run(job);
}
#if defined(__x86_64__)
template <class T>
[[gnu::target("avx2"), gnu::flatten]] void run_avx2(const strip::Job<T>& job) {
  strip::run(job);
}
#endif

template <class T>
void run_on(InstructionSet set, const strip::Job<T>& job) {
#if defined(__x86_64__)
  if (set == InstructionSet::kAvx2) return run_avx2(job);
#endif
  run_baseline(job);
}

template <class P>
BoundNodata bind_value(P value) {
  BoundNodata bound{true, {}};
  std::memcpy(bound.bytes.data(), &value, sizeof value);
  return bound;
}

BoundNodata bind_nodata(const std::optional<Nodata>& nodata, DataType type) {
  if (!nodata) return {};
  return visit_real_type(type, [&]<class P>(P) {
    const std::optional<P> value = nodata->as<P>();
    return value ? bind_value(*value) : BoundNodata{};
  });
}

/// What a pixel without data becomes. NaN is always the positive quiet one.
BoundNodata bind_hole(const std::optional<Nodata>& nodata, DataType type) {
  const BoundNodata given = bind_nodata(nodata, type);
  return visit_real_type(type, [&]<class P>(P) {
    if constexpr (std::is_floating_point_v<P>) {
      const bool is_number = given.present && !ops::is_nan(given.as<P>());
      return is_number ? given : bind_value(ops::kNaN<P>);
    } else {
      return given.present ? given : bind_value(P{0});
    }
  });
}

void require(bool ok, const char* what) {
  if (!ok) throw std::invalid_argument(std::string("evaluate_program: ") + what);
}

/// Programs come from our compiler; a damaged one must still not touch foreign memory.
void check_program(const Program& program) {
  require(program.registers >= 0 && program.registers <= kMaxRegisters, "too many registers");
  const auto is_register = [&](std::uint8_t r) { return r < program.registers; };
  for (const Instruction& step : program.code) {
    require(is_register(step.dst), "destination out of range");
    if (step.op == Op::kConstant)
      require(step.a < program.constants.size(), "constant out of range");
    else if (step.op == Op::kLoad)
      require(step.a < program.inputs, "input out of range");
    else
      require(is_register(step.a) && is_register(step.b) && is_register(step.c),
              "operand out of range");
  }
  for (const std::uint8_t r : program.outputs) require(is_register(r), "output out of range");
}

struct Extent {
  std::int64_t width = 0, height = 0;
  bool contiguous = true;  ///< no plane has a gap between its rows
};

/// The common size of all planes, which are one long row if none has gaps.
class ExtentOf {
 public:
  void add(const ConstPlane& plane) {
    if (first_) extent_ = {plane.width, plane.height, true};
    first_ = false;
    require(plane.width == extent_.width && plane.height == extent_.height,
            "the planes differ in size");
    extent_.contiguous = extent_.contiguous && plane.stride == plane.width;
  }
  const Extent& get() const { return extent_; }

 private:
  Extent extent_;
  bool first_ = true;
};

Extent common_extent(std::span<const ProgramInput> inputs, std::span<const ProgramOutput> outputs) {
  ExtentOf planes;
  for (const ProgramInput& input : inputs) {
    planes.add(input.plane);
    if (input.mask.data != nullptr) planes.add(input.mask);
  }
  for (const ProgramOutput& output : outputs) planes.add(output.plane);
  return planes.get();
}

/// One long row instead of many short ones: the same pixels, longer strips.
template <class AnyPlane>
AnyPlane unroll(AnyPlane plane) {
  plane.width *= plane.height;
  plane.stride = plane.width;
  plane.height = 1;
  return plane;
}

template <class T>
void evaluate(InstructionSet set, strip::Job<T> job) {
  constexpr std::align_val_t kCacheLine{64};
  const std::size_t count = static_cast<std::size_t>(job.program->registers) * strip::kPixels;
  const auto release = [](void* p) { ::operator delete(p, kCacheLine); };
  const std::unique_ptr<void, decltype(release)> memory(
      ::operator new(count * sizeof(T), kCacheLine), release);
  job.registers = static_cast<T*>(memory.get());
  run_on(set, job);
}

}  // namespace

InstructionSet best_instruction_set() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return InstructionSet::kAvx2;
#endif
  return InstructionSet::kBaseline;
}

void evaluate_program_on(InstructionSet set, const Program& program, Precision precision,
                         std::span<const ProgramInput> inputs,
                         std::span<const ProgramOutput> outputs) {
  check_program(program);
  require(inputs.size() == static_cast<std::size_t>(program.inputs), "wrong number of inputs");
  require(outputs.size() == program.outputs.size(), "wrong number of outputs");
  const Extent extent = common_extent(inputs, outputs);
  if (extent.width <= 0 || extent.height <= 0) return;

  std::vector<BoundInput> from;
  for (const ProgramInput& input : inputs)
    from.push_back({input.plane, input.mask, bind_nodata(input.nodata, input.plane.type)});
  std::vector<BoundOutput> to;
  for (const ProgramOutput& output : outputs)
    to.push_back({output.plane, bind_hole(output.nodata, output.plane.type)});
  std::int64_t width = extent.width, height = extent.height;
  if (extent.contiguous) {
    for (BoundInput& input : from) {
      input.plane = unroll(input.plane);
      input.mask = unroll(input.mask);
    }
    for (BoundOutput& output : to) output.plane = unroll(output.plane);
    width *= height;
    height = 1;
  }
  if (precision == Precision::kFloat32)
    evaluate<float>(set, {&program, from, to, nullptr, width, height});
  else
    evaluate<double>(set, {&program, from, to, nullptr, width, height});
}

void evaluate_program(const Program& program, Precision precision,
                      std::span<const ProgramInput> inputs,
                      std::span<const ProgramOutput> outputs) {
  evaluate_program_on(best_instruction_set(), program, precision, inputs, outputs);
}

}  // namespace cogmill::kernels
