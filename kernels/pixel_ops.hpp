// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/program.hpp"

#include <cmath>
#include <cstdint>
#include <limits>

/// What each operation of the pixel program does to one pixel, for T = float or double. Host and
/// device run this text; only their loops differ. A pixel without data is NaN. Written as selects,
/// not branches, so that compilers vectorise the loops.
namespace cogmill::kernels::ops {

template <class T>
inline constexpr T kNaN = std::numeric_limits<T>::quiet_NaN();

template <class T>
COGMILL_HD inline bool is_nan(T v) {
  return v != v;
}
/// @return 1 or 0; NaN if an operand is NaN
template <class T>
COGMILL_HD inline T truth(bool value, T a, T b) {
  const T result = value ? T(1) : T(0);
  return (is_nan(a) | is_nan(b)) ? kNaN<T> : result;
}
/// Half away from zero. Exact for every value, because v - trunc(v) is.
template <class T>
COGMILL_HD inline T round_half_away(T v) {
  const T whole = std::trunc(v);
  const T next = whole + std::copysign(T(1), v);
  return std::abs(v - whole) >= T(0.5) ? next : whole;
}

/// How many units in the last place the device's result may be from the host's, in each precision.
struct Ulps {
  int float32, float64;
  friend constexpr bool operator==(Ulps, Ulps) = default;
};
inline constexpr Ulps kSameBits = {0, 0};
/// @param float32, float64 what the CUDA Programming Guide grants the device (mathematical
/// functions, standard); the host's library is granted 2 more
constexpr Ulps device_ulps(int float32, int float64) { return {2 + float32, 2 + float64}; }

enum class Code : std::uint8_t {
  kShort,  ///< a few instructions, repeated for the pixels that a thread of the device has
  kLong,   ///< a call or a loop, done pixel by pixel on the device, so that its code stands once
};

/// What the machines know of an operation: how many operands it takes, how long its code is, and
/// how far the device may be from the host. Nothing has a default: each functor says all of it.
template <int Arity, Code Length, Ulps Apart>
struct Operation {
  static constexpr int kArity = Arity;
  static constexpr bool kLong = Length == Code::kLong;
  static constexpr Ulps kUlps = Apart;
};

struct Add : Operation<2, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return a + b;
  }
};

struct Subtract : Operation<2, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return a - b;
  }
};

struct Multiply : Operation<2, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return a * b;
  }
};

/// x / 0 is NaN, never infinite.
struct Divide : Operation<2, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    const T quotient = a / b;
    return b == T(0) ? kNaN<T> : quotient;
  }
};

/// Sign of the dividend, as C; x % 0 is NaN.
struct Modulo : Operation<2, Code::kLong, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return b == T(0) ? kNaN<T> : std::fmod(a, b);
  }
};

/// NaN where C would forget an operand (1 ^ NaN, NaN ^ 0) or divide by zero (0 ^ -1).
struct Power : Operation<2, Code::kLong, device_ulps(4, 2)> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    if (is_nan(a) || is_nan(b) || (a == T(0) && b < T(0))) return kNaN<T>;
    return std::pow(a, b);
  }
};

struct Negate : Operation<1, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return -a;
  }
};

struct Not : Operation<1, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return truth(a == T(0), a, a);
  }
};

struct Less : Operation<2, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth(a < b, a, b);
  }
};

struct LessEqual : Operation<2, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth(a <= b, a, b);
  }
};

struct Greater : Operation<2, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth(a > b, a, b);
  }
};

struct GreaterEqual : Operation<2, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth(a >= b, a, b);
  }
};

struct Equal : Operation<2, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth(a == b, a, b);
  }
};

struct NotEqual : Operation<2, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth(a != b, a, b);
  }
};

struct And : Operation<2, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth((a != T(0)) & (b != T(0)), a, b);
  }
};

struct Or : Operation<2, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth((a != T(0)) | (b != T(0)), a, b);
  }
};

struct Abs : Operation<1, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::abs(a);
  }
};

struct Sqrt : Operation<1, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::sqrt(a);
  }
};

struct Exp : Operation<1, Code::kLong, device_ulps(2, 1)> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::exp(a);
  }
};

struct Ln : Operation<1, Code::kLong, device_ulps(1, 1)> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::log(a);
  }
};

struct Log10 : Operation<1, Code::kLong, device_ulps(2, 1)> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::log10(a);
  }
};

struct Sin : Operation<1, Code::kLong, device_ulps(2, 2)> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::sin(a);
  }
};

struct Cos : Operation<1, Code::kLong, device_ulps(2, 2)> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::cos(a);
  }
};

struct Tan : Operation<1, Code::kLong, device_ulps(4, 2)> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::tan(a);
  }
};

struct Asin : Operation<1, Code::kLong, device_ulps(2, 2)> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::asin(a);
  }
};

struct Acos : Operation<1, Code::kLong, device_ulps(2, 2)> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::acos(a);
  }
};

struct Atan : Operation<1, Code::kLong, device_ulps(2, 2)> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::atan(a);
  }
};

struct Atan2 : Operation<2, Code::kLong, device_ulps(3, 2)> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return std::atan2(a, b);
  }
};

struct Floor : Operation<1, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::floor(a);
  }
};

struct Ceil : Operation<1, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::ceil(a);
  }
};

struct Round : Operation<1, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return round_half_away(a);
  }
};

struct Min : Operation<2, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    const T chosen = b < a ? b : a;
    return is_nan(b) ? b : chosen;
  }
};

struct Max : Operation<2, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    const T chosen = b > a ? b : a;
    return is_nan(b) ? b : chosen;
  }
};

struct IsNodata : Operation<1, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return is_nan(a) ? T(1) : T(0);
  }
};

struct Select : Operation<3, Code::kShort, kSameBits> {
  template <class T>
  COGMILL_HD T operator()(T a, T b, T c) const {
    const T chosen = a != T(0) ? b : c;
    return is_nan(a) ? a : chosen;
  }
};

/// Calls `f` with the functor of `op`: the one table from operations to arithmetic. kConstant and
/// kLoad have none, since each machine brings its own numbers: for them nothing is called.
template <class F>
COGMILL_HD inline void visit(Op op, F&& f) {
  switch (op) {
    case Op::kAdd:
      return f(Add{});
    case Op::kSubtract:
      return f(Subtract{});
    case Op::kMultiply:
      return f(Multiply{});
    case Op::kDivide:
      return f(Divide{});
    case Op::kModulo:
      return f(Modulo{});
    case Op::kPower:
      return f(Power{});
    case Op::kNegate:
      return f(Negate{});
    case Op::kNot:
      return f(Not{});
    case Op::kLess:
      return f(Less{});
    case Op::kLessEqual:
      return f(LessEqual{});
    case Op::kGreater:
      return f(Greater{});
    case Op::kGreaterEqual:
      return f(GreaterEqual{});
    case Op::kEqual:
      return f(Equal{});
    case Op::kNotEqual:
      return f(NotEqual{});
    case Op::kAnd:
      return f(And{});
    case Op::kOr:
      return f(Or{});
    case Op::kAbs:
      return f(Abs{});
    case Op::kSqrt:
      return f(Sqrt{});
    case Op::kExp:
      return f(Exp{});
    case Op::kLn:
      return f(Ln{});
    case Op::kLog10:
      return f(Log10{});
    case Op::kSin:
      return f(Sin{});
    case Op::kCos:
      return f(Cos{});
    case Op::kTan:
      return f(Tan{});
    case Op::kAsin:
      return f(Asin{});
    case Op::kAcos:
      return f(Acos{});
    case Op::kAtan:
      return f(Atan{});
    case Op::kAtan2:
      return f(Atan2{});
    case Op::kFloor:
      return f(Floor{});
    case Op::kCeil:
      return f(Ceil{});
    case Op::kRound:
      return f(Round{});
    case Op::kMin:
      return f(Min{});
    case Op::kMax:
      return f(Max{});
    case Op::kIsNodata:
      return f(IsNodata{});
    case Op::kSelect:
      return f(Select{});
    case Op::kConstant:
    case Op::kLoad:
      return;
  }
}

}  // namespace cogmill::kernels::ops
