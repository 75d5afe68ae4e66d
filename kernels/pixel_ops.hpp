// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/program.hpp"

#include <cmath>
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

struct Unary {
  static constexpr int kArity = 1;
};
struct Binary {
  static constexpr int kArity = 2;
};
struct Ternary {
  static constexpr int kArity = 3;
};

struct Add : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return a + b;
  }
};

struct Subtract : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return a - b;
  }
};

struct Multiply : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return a * b;
  }
};

/// x / 0 is NaN, never infinite.
struct Divide : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    const T quotient = a / b;
    return b == T(0) ? kNaN<T> : quotient;
  }
};

/// Sign of the dividend, as C; x % 0 is NaN.
struct Modulo : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return b == T(0) ? kNaN<T> : std::fmod(a, b);
  }
};

/// NaN where C would forget an operand (1 ^ NaN, NaN ^ 0) or divide by zero (0 ^ -1).
struct Power : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    if (is_nan(a) || is_nan(b) || (a == T(0) && b < T(0))) return kNaN<T>;
    return std::pow(a, b);
  }
};

struct Negate : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return -a;
  }
};

struct Not : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return truth(a == T(0), a, a);
  }
};

struct Less : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth(a < b, a, b);
  }
};

struct LessEqual : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth(a <= b, a, b);
  }
};

struct Greater : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth(a > b, a, b);
  }
};

struct GreaterEqual : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth(a >= b, a, b);
  }
};

struct Equal : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth(a == b, a, b);
  }
};

struct NotEqual : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth(a != b, a, b);
  }
};

struct And : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth((a != T(0)) & (b != T(0)), a, b);
  }
};

struct Or : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return truth((a != T(0)) | (b != T(0)), a, b);
  }
};

struct Abs : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::abs(a);
  }
};

struct Sqrt : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::sqrt(a);
  }
};

struct Exp : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::exp(a);
  }
};

struct Ln : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::log(a);
  }
};

struct Log10 : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::log10(a);
  }
};

struct Sin : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::sin(a);
  }
};

struct Cos : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::cos(a);
  }
};

struct Tan : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::tan(a);
  }
};

struct Asin : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::asin(a);
  }
};

struct Acos : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::acos(a);
  }
};

struct Atan : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::atan(a);
  }
};

struct Atan2 : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    return std::atan2(a, b);
  }
};

struct Floor : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::floor(a);
  }
};

struct Ceil : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return std::ceil(a);
  }
};

struct Round : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return round_half_away(a);
  }
};

struct Min : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    const T chosen = b < a ? b : a;
    return is_nan(b) ? b : chosen;
  }
};

struct Max : Binary {
  template <class T>
  COGMILL_HD T operator()(T a, T b) const {
    const T chosen = b > a ? b : a;
    return is_nan(b) ? b : chosen;
  }
};

struct IsNodata : Unary {
  template <class T>
  COGMILL_HD T operator()(T a) const {
    return is_nan(a) ? T(1) : T(0);
  }
};

struct Select : Ternary {
  template <class T>
  COGMILL_HD T operator()(T a, T b, T c) const {
    const T chosen = a != T(0) ? b : c;
    return is_nan(a) ? a : chosen;
  }
};

/// Calls `f` with the functor of `op`: the one table from operations to arithmetic.
/// @pre op is not kConstant or kLoad
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
