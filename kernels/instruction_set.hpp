// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/evaluate.hpp"

#include <cstdint>
#include <span>

namespace cogmill::kernels {

/// Vector instructions of the host. All give the same bits: no fused multiply-add, no reordering.
enum class InstructionSet : std::uint8_t { kBaseline, kAvx2 };

/// @return the best one this processor has
InstructionSet best_instruction_set();

/// evaluate_program with a chosen instruction set, for the tests that compare them.
/// @pre the processor has it
std::int64_t evaluate_program_on(InstructionSet set, const Program& program, Precision precision,
                                 std::span<const ProgramInput> inputs,
                                 std::span<const ProgramOutput> outputs);

}  // namespace cogmill::kernels
