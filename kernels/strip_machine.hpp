// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/bind_program.hpp"
#include "kernels/pixel_ops.hpp"
#include "kernels/program_pixel.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

/// The loops of evaluate_program. Private to kernels/evaluate.cpp, where they are flattened into
/// one function per instruction set.
namespace cogmill::kernels::strip {

/// Pixels of a strip: its registers stay in the first-level cache, and it pays for the switch.
inline constexpr int kPixels = 512;

/// One program, bound to pixels.
template <class T>
struct Job {
  const Program* program = nullptr;
  std::span<const BoundInput> inputs;
  std::span<const BoundOutput> outputs;
  T* registers = nullptr;  ///< kPixels each, one after another
  std::int64_t width = 0, height = 0;

  T* reg(std::uint8_t number) const { return registers + std::size_t{number} * kPixels; }
};

/// Where a strip lies.
struct Strip {
  std::int64_t row, col;
  int pixels;
};

template <class T, class P>
void load_pixels(const P* src, const BoundNodata& nodata, int n, T* dst) {
  if (!nodata.present) {
    for (int i = 0; i < n; ++i) dst[i] = static_cast<T>(src[i]);
    return;
  }
  const auto is_hole = NodataTest<P>::around(nodata.as<P>());
  for (int i = 0; i < n; ++i) dst[i] = number_of<T>(src[i], is_hole);
}

template <class T>
void apply_mask(const std::uint8_t* mask, int n, T* dst) {
  for (int i = 0; i < n; ++i) dst[i] = mask[i] == 0 ? ops::kNaN<T> : dst[i];
}

template <class T>
void load(const BoundInput& input, const Strip& at, T* dst) {
  visit_real_type(input.plane.type, [&]<class P>(P) {
    load_pixels(input.plane.as<P>().row(at.row) + at.col, input.nodata, at.pixels, dst);
  });
  if (input.mask.data != nullptr)
    apply_mask(input.mask.as<std::uint8_t>().row(at.row) + at.col, at.pixels, dst);
}

/// @return how many pixels were moved off nodata
template <class T, class P>
int store_pixels(const T* src, const StoreRule<P>& rule, int n, P* dst) {
  int moved = 0;
  for (int i = 0; i < n; ++i) dst[i] = rule.pixel_of(src[i], moved);
  return moved;
}

template <class T>
int store(const T* src, const Strip& at, const BoundOutput& output) {
  return visit_real_type(output.plane.type, [&]<class P>(P) {
    return store_pixels(src, StoreRule<P>(output), at.pixels,
                        output.plane.as<P>().row(at.row) + at.col);
  });
}

/// Registers are the same or apart, never shifted: no pixel depends on another.
template <class T, class F>
void apply(F f, int n, T* dst, const T* a, const T* b, const T* c) {
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) {
    if constexpr (F::kArity == 1)
      dst[i] = f(a[i]);
    else if constexpr (F::kArity == 2)
      dst[i] = f(a[i], b[i]);
    else
      dst[i] = f(a[i], b[i], c[i]);
  }
}

template <class T>
void execute(const Job<T>& job, const Instruction& step, const Strip& at) {
  T* dst = job.reg(step.dst);
  if (step.op == Op::kConstant) {
    std::fill_n(dst, at.pixels, static_cast<T>(job.program->constants[step.a]));
  } else if (step.op == Op::kLoad) {
    load(job.inputs[step.a], at, dst);
  } else {
    ops::visit(step.op, [&](auto f) {
      apply(f, at.pixels, dst, job.reg(step.a), job.reg(step.b), job.reg(step.c));
    });
  }
}

/// @return how many pixels were moved off nodata
template <class T>
std::int64_t run(const Job<T>& job) {
  std::int64_t moved = 0;
  for (std::int64_t row = 0; row < job.height; ++row) {
    for (std::int64_t col = 0; col < job.width; col += kPixels) {
      const Strip at{row, col, static_cast<int>(std::min<std::int64_t>(kPixels, job.width - col))};
      for (const Instruction& step : job.program->code) execute(job, step, at);
      for (std::size_t i = 0; i < job.outputs.size(); ++i)
        moved += store(job.reg(job.program->outputs[i]), at, job.outputs[i]);
    }
  }
  return moved;
}

}  // namespace cogmill::kernels::strip
