// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/bind_program.hpp"
#include "kernels/cuda/vector_access.hpp"
#include "kernels/program_pixel.hpp"
#include "kernels/visit_type.hpp"

#include <cstdint>

/// The interpreter of pixel programs on the device: a thread takes several runs of four pixels
/// through the program together, so that an instruction is decoded once for all of them. No CUDA in
/// it: a test runs it on the host.
namespace cogmill::kernels::cuda {

inline constexpr unsigned kQuad = 4;  ///< pixels of a quad, next to each other in a row

/// An instruction that is one load.
struct alignas(8) Step {
  Instruction instruction;
};

/// A program and what it is bound to, in memory that the interpreter can read.
struct MachineTables {
  const Step* code = nullptr;
  const double* constants = nullptr;
  const BoundInput* inputs = nullptr;
  const BoundOutput* outputs = nullptr;
  const std::uint8_t* output_registers = nullptr;
  int steps = 0;
  int output_count = 0;
};

/// Up to four pixels of a row.
struct QuadPlace {
  std::int64_t row = 0, col = 0;
  unsigned pixels = 0;  ///< 0: behind the last quad
};

/// The quads of a rectangle, row by row.
struct Quads {
  std::int64_t width = 0, height = 0;

  COGMILL_HD std::int64_t per_row() const { return (width + 3) / 4; }
  COGMILL_HD std::int64_t count() const { return per_row() * height; }
  COGMILL_HD QuadPlace at(std::int64_t index) const {
    if (index >= count()) return {};
    const std::int64_t across = per_row();
    std::int64_t row = 0;
    if (height > 1)  // 32 bits where they do: the device divides 64 slowly
      row = (index | across) >> 32 == 0
                ? static_cast<std::uint32_t>(index) / static_cast<std::uint32_t>(across)
                : index / across;
    const std::int64_t col = (index - row * across) * std::int64_t{kQuad};
    const std::int64_t left = width - col;
    return {row, col, left < std::int64_t{kQuad} ? static_cast<unsigned>(left) : kQuad};
  }
};

template <class T>
struct Quad {
  T v[kQuad];
};

/// The registers of one thread, Groups quads each: units of 16 bytes, `step` apart, so that a
/// warp's accesses meet no bank twice.
template <class T, unsigned Groups>
class QuadRegisters {
 public:
  static constexpr unsigned kPerUnit = 16 / sizeof(T);
  static constexpr unsigned kUnits = kQuad / kPerUnit;  ///< of a quad
  struct alignas(16) Unit {
    T v[kPerUnit];
  };

  COGMILL_HD QuadRegisters(Unit* first, unsigned step) : first_(first), step_(step) {}

  COGMILL_HD Quad<T> get(unsigned number, unsigned group) const {
    Quad<T> quad;
    for (unsigned u = 0; u < kUnits; ++u) {
      const Unit unit = at(number, group, u);
      for (unsigned i = 0; i < kPerUnit; ++i) quad.v[u * kPerUnit + i] = unit.v[i];
    }
    return quad;
  }
  COGMILL_HD void set(unsigned number, unsigned group, const Quad<T>& quad) const {
    for (unsigned u = 0; u < kUnits; ++u) {
      Unit unit;
      for (unsigned i = 0; i < kPerUnit; ++i) unit.v[i] = quad.v[u * kPerUnit + i];
      at(number, group, u) = unit;
    }
  }
  /// One pixel of a register.   @param pixel 0 to Groups * kQuad - 1
  COGMILL_HD T& pixel(unsigned number, unsigned pixel) const {
    return at(number, pixel / kQuad, pixel % kQuad / kPerUnit).v[pixel % kPerUnit];
  }

 private:
  COGMILL_HD Unit& at(unsigned number, unsigned group, unsigned unit) const {
    return first_[((number * Groups + group) * kUnits + unit) * step_];
  }
  Unit* first_;
  unsigned step_;
};

template <class F, class T>
COGMILL_HD inline T call(F f, T a, T b, T c) {
  if constexpr (F::kArity == 1)
    return f(a);
  else if constexpr (F::kArity == 2)
    return f(a, b);
  else
    return f(a, b, c);
}

/// @param pixels Groups * kQuad: a variable, or the compiler would unroll the long operations
template <class T, unsigned Groups, class F>
COGMILL_HD inline void apply(F f, const Instruction& step, unsigned pixels,
                             const QuadRegisters<T, Groups>& registers) {
  if constexpr (F::kLong) {
    for (unsigned i = 0; i < pixels; ++i)
      registers.pixel(step.dst, i) = call(f, registers.pixel(step.a, i), registers.pixel(step.b, i),
                                          registers.pixel(step.c, i));
  } else {
    for (unsigned g = 0; g < Groups; ++g) {
      const Quad<T> a = registers.get(step.a, g);
      const Quad<T> b = F::kArity > 1 ? registers.get(step.b, g) : a;
      const Quad<T> c = F::kArity > 2 ? registers.get(step.c, g) : a;
      Quad<T> result;
      for (unsigned i = 0; i < kQuad; ++i) result.v[i] = call(f, a.v[i], b.v[i], c.v[i]);
      registers.set(step.dst, g, result);
    }
  }
}

template <class T, class P>
COGMILL_HD inline Quad<T> load_quad(const BoundInput& input, const QuadPlace& at) {
  P pixels[kQuad];
  load_run(reinterpret_cast<const P*>(input.plane.data) + at.row * input.plane.stride + at.col,
           at.pixels, pixels);
  const auto is_hole = NodataTest<P>::around(input.nodata.as<P>());
  Quad<T> quad;
  for (unsigned i = 0; i < kQuad; ++i)
    quad.v[i] = input.nodata.present ? number_of<T>(pixels[i], is_hole) : static_cast<T>(pixels[i]);
  return quad;
}

template <class T>
COGMILL_HD inline void apply_mask(const ConstPlane& mask, const QuadPlace& at, Quad<T>& quad) {
  if (mask.data == nullptr) return;
  std::uint8_t flags[kQuad];
  load_run(reinterpret_cast<const std::uint8_t*>(mask.data) + at.row * mask.stride + at.col,
           at.pixels, flags);
  for (unsigned i = 0; i < kQuad; ++i) quad.v[i] = flags[i] == 0 ? ops::kNaN<T> : quad.v[i];
}

template <class T, unsigned Groups>
COGMILL_HD inline void load(const BoundInput& input, unsigned dst, const QuadPlace (&at)[Groups],
                            const QuadRegisters<T, Groups>& registers) {
  visit_type_of_pixel(input.plane.type, [&](auto example) {
    using P = decltype(example);
    Quad<T> quads[Groups];
    for (unsigned g = 0; g < Groups; ++g) quads[g] = load_quad<T, P>(input, at[g]);
    for (unsigned g = 0; g < Groups; ++g) {
      apply_mask(input.mask, at[g], quads[g]);
      registers.set(dst, g, quads[g]);
    }
  });
}

template <class T, unsigned Groups>
COGMILL_HD inline unsigned store(const BoundOutput& output, unsigned src,
                                 const QuadPlace (&at)[Groups],
                                 const QuadRegisters<T, Groups>& registers) {
  unsigned moved = 0;
  visit_type_of_pixel(output.plane.type, [&](auto example) {
    using P = decltype(example);
    const StoreRule<P> rule(output);
    for (unsigned g = 0; g < Groups; ++g) {
      const Quad<T> quad = registers.get(src, g);
      P pixels[kQuad];
      for (unsigned i = 0; i < kQuad; ++i) {
        unsigned one = 0;
        pixels[i] = rule.pixel_of(quad.v[i], one);
        moved += i < at[g].pixels ? one : 0;
      }
      store_run(
          pixels, at[g].pixels,
          reinterpret_cast<P*>(output.plane.data) + at[g].row * output.plane.stride + at[g].col);
    }
  });
  return moved;
}

/// Runs the program for the quads first, first + distance, ... (Groups of them).
/// @return how many results were moved off nodata
template <class T, unsigned Groups>
COGMILL_HD inline unsigned run_quads(const MachineTables& tables, const Quads& quads,
                                     std::int64_t first, std::int64_t distance, unsigned pixels,
                                     const QuadRegisters<T, Groups>& registers) {
  QuadPlace at[Groups];
  for (unsigned g = 0; g < Groups; ++g) at[g] = quads.at(first + g * distance);
  for (int i = 0; i < tables.steps; ++i) {
    const Instruction step = tables.code[i].instruction;
    if (step.op == Op::kLoad) {
      load(tables.inputs[step.a], step.dst, at, registers);
    } else if (step.op == Op::kConstant) {
      const T value = static_cast<T>(tables.constants[step.a]);
      for (unsigned g = 0; g < Groups; ++g)
        registers.set(step.dst, g, {value, value, value, value});
    } else {
      ops::visit(step.op, [&](auto f) { apply(f, step, pixels, registers); });
    }
  }
  unsigned moved = 0;
  for (int i = 0; i < tables.output_count; ++i)
    moved += store(tables.outputs[i], tables.output_registers[i], at, registers);
  return moved;
}

}  // namespace cogmill::kernels::cuda
