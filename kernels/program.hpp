// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace cogmill::kernels {

/// Operations of the pixel program. A pixel without data is NaN: it runs through arithmetic,
/// comparisons and logic by itself, and only kIsNodata and kSelect look at it.
enum class Op : std::uint8_t {
  kConstant,  ///< dst = constants[a]
  kLoad,      ///< dst = input a; NaN where it is nodata or masked
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,  ///< NaN where the divisor is 0
  kModulo,  ///< fmod; NaN where the divisor is 0
  kPower,
  kNegate,
  kNot,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kEqual,
  kNotEqual,  ///< 1 or 0; NaN if an operand is
  kAnd,
  kOr,  ///< likewise; no short cut
  kAbs,
  kSqrt,
  kExp,
  kLn,
  kLog10,
  kSin,
  kCos,
  kTan,
  kAsin,
  kAcos,
  kAtan,
  kAtan2,
  kFloor,
  kCeil,
  kRound,  ///< kRound: half away from zero
  kMin,
  kMax,       ///< NaN if an operand is
  kIsNodata,  ///< 1 where a is NaN, else 0
  kSelect,    ///< a is NaN: NaN; a != 0: b; else c. The branch not taken is not looked at
};
inline constexpr Op kFirstArithmetic = Op::kAdd;  ///< the operations before it only bring numbers
inline constexpr Op kLastOp = Op::kSelect;

/// dst, a, b and c are register numbers, but a of kConstant and kLoad.
struct Instruction {
  Op op;
  std::uint8_t dst = 0;
  std::uint8_t a = 0, b = 0, c = 0;
  friend bool operator==(const Instruction&, const Instruction&) = default;
};

inline constexpr int kMaxRegisters = 64;
inline constexpr int kMaxLoads = 256;

/// A compiled set of band expressions: straight-line code over at most kMaxRegisters registers.
/// Runs the same on host and device.
struct Program {
  std::vector<Instruction> code;
  std::vector<double> constants;  ///< at most 256
  int inputs = 0;                 ///< kLoad's a is below this
  int registers = 0;              ///< registers used
  std::vector<std::uint8_t>
      outputs;  ///< register that holds each output band after the last instruction
};

}  // namespace cogmill::kernels
