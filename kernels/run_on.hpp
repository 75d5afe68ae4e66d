// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/instruction_set.hpp"

/// One text of a loop, compiled once for each instruction set of the host.
namespace cogmill::kernels {

/// Private to run_on: all that `f` calls becomes part of these functions, and so gets their
/// instructions.
template <class F>
[[gnu::flatten]] auto run_flat(const F& f) {
  return f();
}
#if defined(__x86_64__)
template <class F>
[[gnu::target("avx2"), gnu::flatten]] auto run_flat_avx2(const F& f) {
  return f();
}
#endif

/// Calls `f` compiled for `set`.   @return what it returns   @pre the processor has `set`
template <class F>
auto run_on(InstructionSet set, const F& f) {
#if defined(__x86_64__)
  if (set == InstructionSet::kAvx2) return run_flat_avx2(f);
#endif
  return run_flat(f);
}

}  // namespace cogmill::kernels
