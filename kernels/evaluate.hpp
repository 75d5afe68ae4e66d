// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "kernels/plane.hpp"
#include "kernels/program.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace cogmill::kernels {

/// Arithmetic of a pixel program.
enum class Precision : std::uint8_t { kFloat32, kFloat64 };

/// One band as a program reads it.
struct ProgramInput {
  ConstPlane plane;
  std::optional<Nodata> nodata;
  ConstPlane mask = {};  ///< Byte plane of the same size, 0 = no data; data == nullptr: none
};

/// One band as a program writes it: NaN becomes nodata (integer planes without nodata: 0; float
/// planes without nodata: NaN); integers are rounded half away from zero and saturate.
struct ProgramOutput {
  Plane plane;
  std::optional<Nodata> nodata;
};

/// Runs `program` for every pixel, in strips that stay in the first-level cache. A result that
/// equals the output's nodata value takes the next one. Local, one thread.
/// @return how many results were moved so
/// @pre all planes have one size; inputs.size() == program.inputs; outputs.size() ==
///      program.outputs.size(); no complex types
std::int64_t evaluate_program(const Program& program, Precision precision,
                              std::span<const ProgramInput> inputs,
                              std::span<const ProgramOutput> outputs);

/// Converts pixels between real types: rounds half away from zero and saturates, NaN becomes 0 in
/// integers (GDAL's rules). Exact for every pair, 64-bit integers included.
/// @pre src and dst have one size
void convert_plane(ConstPlane src, Plane dst);

}  // namespace cogmill::kernels
