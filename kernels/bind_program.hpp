// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/evaluate.hpp"
#include "kernels/host_device.hpp"

#include <bit>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

/// What every backend of evaluate_program does before its loops: look at the arguments, and turn
/// nodata into pixels.
namespace cogmill::kernels {

/// The unsigned integer as wide as P.
template <class P>
using BitsOf = std::conditional_t<
    sizeof(P) == 1, std::uint8_t,
    std::conditional_t<sizeof(P) == 2, std::uint16_t,
                       std::conditional_t<sizeof(P) == 4, std::uint32_t, std::uint64_t>>>;

/// A nodata value whose type is known only at run time, ready to be compared.
struct BoundNodata {
  bool present = false;
  std::uint64_t bits = 0;

  template <class P>
  static BoundNodata of(P value) {
    return {true, std::bit_cast<BitsOf<P>>(value)};
  }
  template <class P>
  COGMILL_HD P as() const {
    return std::bit_cast<P>(static_cast<BitsOf<P>>(bits));
  }
};

/// Nodata as a pixel of `type`: absent where no pixel can equal it.
BoundNodata bind_nodata(const std::optional<Nodata>& nodata, DataType type);

struct BoundInput {
  ConstPlane plane;
  ConstPlane mask;
  BoundNodata nodata;
};
struct BoundOutput {
  Plane plane;
  BoundNodata nodata;  ///< always present: 0 or NaN where the caller gave none
  BoundNodata beside;  ///< what a number becomes that equals the value the caller gave
};

/// The arguments of one call.
struct BoundProgram {
  std::vector<BoundInput> inputs;
  std::vector<BoundOutput> outputs;
  std::int64_t width = 0, height = 0;  ///< one long row where no plane has gaps
};

/// Programs come from our compiler; a damaged one must still not touch foreign memory.
/// @throws std::invalid_argument
void check_program(const Program& program);

/// Neither looks at pixels.   @throws std::invalid_argument where the planes do not fit the program
BoundProgram bind_program(const Program& program, std::span<const ProgramInput> inputs,
                          std::span<const ProgramOutput> outputs);

}  // namespace cogmill::kernels
