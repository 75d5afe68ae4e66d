// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/evaluate.hpp"

#include "kernels/bind_program.hpp"
#include "kernels/run_on.hpp"
#include "kernels/strip_machine.hpp"

#include <memory>
#include <new>

namespace cogmill::kernels {
namespace {

template <class T>
std::int64_t evaluate(InstructionSet set, strip::Job<T> job) {
  constexpr std::align_val_t kCacheLine{64};
  const std::size_t count = static_cast<std::size_t>(job.program->registers) * strip::kPixels;
  const auto release = [](void* p) { ::operator delete(p, kCacheLine); };
  const std::unique_ptr<void, decltype(release)> memory(
      ::operator new(count * sizeof(T), kCacheLine), release);
  job.registers = static_cast<T*>(memory.get());
  return run_on(set, [&job] { return strip::run(job); });
}

}  // namespace

InstructionSet best_instruction_set() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return InstructionSet::kAvx2;
#endif
  return InstructionSet::kBaseline;
}

std::int64_t evaluate_program_on(InstructionSet set, const Program& program, Precision precision,
                                 std::span<const ProgramInput> inputs,
                                 std::span<const ProgramOutput> outputs) {
  check_program(program);
  const BoundProgram bound = bind_program(program, inputs, outputs);
  if (bound.width <= 0 || bound.height <= 0) return 0;
  if (precision == Precision::kFloat32)
    return evaluate<float>(
        set, {&program, bound.inputs, bound.outputs, nullptr, bound.width, bound.height});
  return evaluate<double>(
      set, {&program, bound.inputs, bound.outputs, nullptr, bound.width, bound.height});
}

std::int64_t evaluate_program(const Program& program, Precision precision,
                              std::span<const ProgramInput> inputs,
                              std::span<const ProgramOutput> outputs) {
  return evaluate_program_on(best_instruction_set(), program, precision, inputs, outputs);
}

}  // namespace cogmill::kernels
