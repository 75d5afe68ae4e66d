// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/evaluate.hpp"
#include "kernels/instruction_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

namespace cogmill::kernels {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kInf = std::numeric_limits<float>::infinity();

template <class T>
ConstPlane view(const std::vector<T>& pixels, DataType type) {
  const auto n = static_cast<std::int64_t>(pixels.size());
  return {reinterpret_cast<const std::byte*>(pixels.data()), type, n, 1, n};
}
template <class T>
Plane view(std::vector<T>& pixels, DataType type) {
  const auto n = static_cast<std::int64_t>(pixels.size());
  return {reinterpret_cast<std::byte*>(pixels.data()), type, n, 1, n};
}

/// One operation on three float inputs.
Program single(Op op) {
  return {
      {{Op::kLoad, 0, 0}, {Op::kLoad, 1, 1}, {Op::kLoad, 2, 2}, {op, 3, 0, 1, 2}}, {}, 3, 4, {3}};
}
/// load input 0, store it.
const Program kCopy = {{{Op::kLoad, 0, 0}}, {}, 1, 1, {0}};

float compute(Op op, float a, float b = 1, float c = 1) {
  const std::vector<float> va = {a}, vb = {b}, vc = {c};
  std::vector<float> out(1);
  const std::array<ProgramInput, 3> in = {{{view(va, DataType::kFloat32), {}},
                                           {view(vb, DataType::kFloat32), {}},
                                           {view(vc, DataType::kFloat32), {}}}};
  const ProgramOutput to{view(out, DataType::kFloat32), {}};
  evaluate_program(single(op), Precision::kFloat32, in, {&to, 1});
  return out[0];
}
bool is_nodata(float v) { return std::isnan(v); }

TEST(EvaluateOps, ArithmeticAndItsHoles) {
  EXPECT_EQ(compute(Op::kAdd, 2, 3), 5);
  EXPECT_EQ(compute(Op::kSubtract, 2, 3), -1);
  EXPECT_EQ(compute(Op::kMultiply, 2, 3), 6);
  EXPECT_EQ(compute(Op::kDivide, 3, 2), 1.5F);
  EXPECT_TRUE(is_nodata(compute(Op::kDivide, 3, 0)));
  EXPECT_TRUE(is_nodata(compute(Op::kDivide, 3, -0.0F)));
  EXPECT_TRUE(is_nodata(compute(Op::kDivide, 0, 0)));
  EXPECT_EQ(compute(Op::kModulo, -7, 4), -3);
  EXPECT_TRUE(is_nodata(compute(Op::kModulo, 7, 0)));
  EXPECT_EQ(compute(Op::kPower, 2, 10), 1024);
  EXPECT_TRUE(is_nodata(compute(Op::kPower, -2, 0.5F)));
  EXPECT_TRUE(is_nodata(compute(Op::kPower, 0, -1)));
  EXPECT_TRUE(is_nodata(compute(Op::kPower, kNaN, 0)));
  EXPECT_TRUE(is_nodata(compute(Op::kPower, 1, kNaN)));
  EXPECT_EQ(compute(Op::kNegate, 2), -2);
  EXPECT_EQ(compute(Op::kAbs, -2), 2);
  EXPECT_EQ(compute(Op::kSqrt, 9), 3);
  EXPECT_TRUE(is_nodata(compute(Op::kSqrt, -1)));
  EXPECT_EQ(compute(Op::kExp, 0), 1);
  EXPECT_EQ(compute(Op::kLn, 1), 0);
  EXPECT_EQ(compute(Op::kLog10, 1000), 3);
  EXPECT_TRUE(is_nodata(compute(Op::kLn, -1)));
}

TEST(EvaluateOps, Trigonometry) {
  EXPECT_EQ(compute(Op::kSin, 0.7F), std::sin(0.7F));
  EXPECT_EQ(compute(Op::kCos, 0.7F), std::cos(0.7F));
  EXPECT_EQ(compute(Op::kTan, 0.7F), std::tan(0.7F));
  EXPECT_EQ(compute(Op::kAsin, 0.7F), std::asin(0.7F));
  EXPECT_EQ(compute(Op::kAcos, 0.7F), std::acos(0.7F));
  EXPECT_EQ(compute(Op::kAtan, 0.7F), std::atan(0.7F));
  EXPECT_EQ(compute(Op::kAtan2, 1, -1), std::atan2(1.0F, -1.0F));
}

TEST(EvaluateOps, Rounding) {
  for (const float v : {0.5F, -0.5F, 2.5F, -2.5F, 0.49999997F, 8388607.5F, 8388609.0F, 1e30F, kInf})
    EXPECT_EQ(compute(Op::kRound, v), std::round(v)) << v;
  EXPECT_EQ(compute(Op::kFloor, -0.5F), -1);
  EXPECT_EQ(compute(Op::kCeil, 0.5F), 1);
}

TEST(EvaluateOps, ComparisonsAndLogic) {
  for (const auto& [op, less, equal, greater] :
       std::vector<std::tuple<Op, float, float, float>>{{Op::kLess, 1, 0, 0},
                                                        {Op::kLessEqual, 1, 1, 0},
                                                        {Op::kGreater, 0, 0, 1},
                                                        {Op::kGreaterEqual, 0, 1, 1},
                                                        {Op::kEqual, 0, 1, 0},
                                                        {Op::kNotEqual, 1, 0, 1}}) {
    EXPECT_EQ(compute(op, 1, 2), less);
    EXPECT_EQ(compute(op, 2, 2), equal);
    EXPECT_EQ(compute(op, 3, 2), greater);
  }
  for (const float a : {0.0F, 3.0F})
    for (const float b : {0.0F, -0.5F}) {
      EXPECT_EQ(compute(Op::kAnd, a, b), (a != 0 && b != 0) ? 1 : 0);
      EXPECT_EQ(compute(Op::kOr, a, b), (a != 0 || b != 0) ? 1 : 0);
    }
  EXPECT_EQ(compute(Op::kNot, 0), 1);
  EXPECT_EQ(compute(Op::kNot, 5), 0);
}

TEST(EvaluateOps, MinAndMax) {
  EXPECT_EQ(compute(Op::kMin, 1, 2), 1);
  EXPECT_EQ(compute(Op::kMin, 2, 1), 1);
  EXPECT_EQ(compute(Op::kMax, 1, 2), 2);
  EXPECT_EQ(compute(Op::kMax, kInf, 2), kInf);
}

TEST(EvaluateOps, NodataRunsThroughEverythingButSelectAndIsNodata) {
  for (int op = static_cast<int>(kFirstArithmetic); op <= static_cast<int>(kLastOp); ++op)
    EXPECT_EQ(is_nodata(compute(static_cast<Op>(op), kNaN, 2)),
              op != static_cast<int>(Op::kIsNodata))
        << op;
  for (const Op op : {Op::kAdd, Op::kSubtract, Op::kMultiply, Op::kDivide, Op::kModulo, Op::kPower,
                      Op::kLess, Op::kLessEqual, Op::kGreater, Op::kGreaterEqual, Op::kEqual,
                      Op::kNotEqual, Op::kAnd, Op::kOr, Op::kAtan2, Op::kMin, Op::kMax})
    EXPECT_TRUE(is_nodata(compute(op, 0, kNaN))) << static_cast<int>(op);
  EXPECT_EQ(compute(Op::kIsNodata, kNaN), 1);
  EXPECT_EQ(compute(Op::kIsNodata, kInf), 0);
}

TEST(EvaluateOps, SelectLooksOnlyAtTheBranchTaken) {
  EXPECT_EQ(compute(Op::kSelect, 1, 5, kNaN), 5);
  EXPECT_EQ(compute(Op::kSelect, 0, kNaN, 6), 6);
  EXPECT_TRUE(is_nodata(compute(Op::kSelect, 1, kNaN, 6)));
  EXPECT_TRUE(is_nodata(compute(Op::kSelect, kNaN, 5, 6)));
  EXPECT_EQ(compute(Op::kSelect, -0.5F, 5, 6), 5);
}

/// Reads `in` and writes it as To.
template <class To, class From>
std::vector<To> copy(const std::vector<From>& in, DataType from, DataType to,
                     std::optional<Nodata> src_nodata, std::optional<Nodata> dst_nodata,
                     Precision precision = Precision::kFloat64,
                     const std::vector<std::uint8_t>& mask = {}) {
  std::vector<To> out(in.size());
  ProgramInput input{view(in, from), src_nodata};
  if (!mask.empty()) input.mask = view(mask, DataType::kUInt8);
  const ProgramOutput output{view(out, to), dst_nodata};
  evaluate_program(kCopy, precision, {&input, 1}, {&output, 1});
  return out;
}

TEST(EvaluateLoad, NodataOfEveryType) {
  for (int t = 0; t <= static_cast<int>(DataType::kFloat64); ++t) {
    const auto type = static_cast<DataType>(t);
    visit_real_type(type, [&]<class T>(T) {
      const std::vector<T> in = {T(0), T(1), T(7), T(100), T(7)};
      EXPECT_EQ((copy<std::int16_t>(in, type, DataType::kInt16, Nodata(7.0), Nodata(-9999.0))),
                (std::vector<std::int16_t>{0, 1, -9999, 100, -9999}))
          << name_of(type);
    });
  }
}

TEST(EvaluateLoad, NodataIsComparedExactlyInTheBandsOwnType) {
  // Neighbours that are one value as a float or a double.
  const std::vector<std::int64_t> big = {INT64_MAX, INT64_MAX - 1, INT64_MIN};
  EXPECT_EQ((copy<std::uint8_t>(big, DataType::kInt64, DataType::kUInt8,
                                Nodata(std::int64_t{INT64_MAX}), Nodata(3.0))),
            (std::vector<std::uint8_t>{3, 255, 0}));
  const std::vector<std::int32_t> near = {16777216, 16777217};
  EXPECT_EQ((copy<std::uint8_t>(near, DataType::kInt32, DataType::kUInt8, Nodata(16777217.0),
                                Nodata(3.0), Precision::kFloat32)),
            (std::vector<std::uint8_t>{255, 3}));
  // The double in the tag is not the float in the band, but GDAL means it.
  const std::vector<float> lowest = {std::numeric_limits<float>::lowest(), 1};
  EXPECT_EQ((copy<std::uint8_t>(lowest, DataType::kFloat32, DataType::kUInt8,
                                Nodata(-3.4028234663852886e38), Nodata(3.0))),
            (std::vector<std::uint8_t>{3, 1}));
}

TEST(EvaluateLoad, ImpossibleNodataMatchesNothing) {
  const std::vector<std::uint8_t> in = {0, 241, 255};
  for (const Nodata nodata : {Nodata(-9999.0), Nodata(0.5), Nodata(std::nan("")), Nodata(256.0)})
    EXPECT_EQ((copy<std::uint8_t>(in, DataType::kUInt8, DataType::kUInt8, nodata, Nodata(9.0))),
              in);
}

TEST(EvaluateLoad, MaskAndNodataBothCount) {
  const std::vector<std::uint16_t> in = {1, 2, 3, 4, 5};
  EXPECT_EQ((copy<std::uint16_t>(in, DataType::kUInt16, DataType::kUInt16, Nodata(2.0),
                                 Nodata(99.0), Precision::kFloat32, {0, 255, 1, 128, 0})),
            (std::vector<std::uint16_t>{99, 99, 3, 4, 99}));
}

TEST(EvaluateStore, IntegersRoundSaturateAndTakeNodata) {
  const std::vector<double> in = {0.5,   1.5,    -0.5,         -0.4,     254.5,    255.5,
                                  1e300, -1e300, std::nan(""), HUGE_VAL, -HUGE_VAL};
  EXPECT_EQ((copy<std::uint8_t>(in, DataType::kFloat64, DataType::kUInt8, {}, Nodata(7.0))),
            (std::vector<std::uint8_t>{1, 2, 0, 0, 255, 255, 255, 0, 7, 255, 0}));
  EXPECT_EQ((copy<std::int16_t>(in, DataType::kFloat64, DataType::kInt16, {}, {})),
            (std::vector<std::int16_t>{1, 2, -1, 0, 255, 256, 32767, -32768, 0, 32767, -32768}));
  const std::vector<double> wide = {9.3e18, -9.3e18, 1.9e19, 4294967295.5, 4503599627370495.5};
  EXPECT_EQ(
      (copy<std::int64_t>(wide, DataType::kFloat64, DataType::kInt64, {}, {})),
      (std::vector<std::int64_t>{INT64_MAX, INT64_MIN, INT64_MAX, 4294967296, 4503599627370496}));
  EXPECT_EQ((copy<std::uint64_t>(wide, DataType::kFloat64, DataType::kUInt64, {}, {})),
            (std::vector<std::uint64_t>{9300000000000000000U, 0U, UINT64_MAX, 4294967296U,
                                        4503599627370496U}));
  EXPECT_EQ((copy<std::uint32_t>(wide, DataType::kFloat64, DataType::kUInt32, {}, {},
                                 Precision::kFloat32)),
            (std::vector<std::uint32_t>{UINT32_MAX, 0U, UINT32_MAX, UINT32_MAX, UINT32_MAX}));
}

TEST(EvaluateStore, EveryNanIsTheSameNan) {
  std::vector<float> in(3);
  const std::array<std::uint32_t, 3> bits = {0xffc00000U, 0x7fc01234U, 0x7fc00000U};
  std::memcpy(in.data(), bits.data(), sizeof bits);
  for (const std::optional<Nodata>& nodata :
       {std::optional<Nodata>(), std::optional(Nodata(-std::nan("5")))}) {
    const auto out = copy<float>(in, DataType::kFloat32, DataType::kFloat32, {}, nodata);
    std::array<std::uint32_t, 3> got = {};
    std::memcpy(got.data(), out.data(), sizeof got);
    EXPECT_EQ(got, (std::array<std::uint32_t, 3>{0x7fc00000U, 0x7fc00000U, 0x7fc00000U}));
  }
  EXPECT_EQ(copy<float>(in, DataType::kFloat32, DataType::kFloat32, {}, Nodata(-1.0)),
            (std::vector<float>{-1, -1, -1}));
}

TEST(EvaluateStore, NodataThatTheTypeCannotHoldIsNone) {
  const std::vector<float> in = {kNaN, 5};
  EXPECT_EQ((copy<std::uint8_t>(in, DataType::kFloat32, DataType::kUInt8, {}, Nodata(-9999.0))),
            (std::vector<std::uint8_t>{0, 5}));
}

TEST(EvaluateShape, EverySizeAndGap) {
  for (const std::int64_t width : {1, 2, 7, 511, 512, 513, 1031})
    for (const std::int64_t height : {1, 3})
      for (const std::int64_t gap : {0, 5}) {
        const std::int64_t stride = width + gap;
        std::vector<std::uint16_t> in(static_cast<std::size_t>(stride * height));
        for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<std::uint16_t>(i * 31);
        std::vector<std::uint32_t> out(in.size(), 12345678U);
        const ProgramInput from{{reinterpret_cast<const std::byte*>(in.data()), DataType::kUInt16,
                                 width, height, stride},
                                {}};
        const ProgramOutput to{
            {reinterpret_cast<std::byte*>(out.data()), DataType::kUInt32, width, height, stride},
            {}};
        evaluate_program(kCopy, Precision::kFloat32, {&from, 1}, {&to, 1});
        for (std::int64_t i = 0; i < stride * height; ++i) {
          const auto at = static_cast<std::size_t>(i);
          ASSERT_EQ(out[at], i % stride < width ? in[at] : 12345678U) << width << " " << i;
        }
      }
}

TEST(EvaluateShape, NothingToDo) {
  EXPECT_NO_THROW((copy<float, float>({}, DataType::kFloat32, DataType::kFloat32, {}, {})));
}

TEST(EvaluateShape, WrongCallsAreBugs) {
  std::vector<float> a(4), b(3);
  const ProgramInput from{view(std::as_const(a), DataType::kFloat32), {}};
  const ProgramOutput to{view(b, DataType::kFloat32), {}};
  EXPECT_THROW(evaluate_program(kCopy, Precision::kFloat32, {&from, 1}, {&to, 1}),
               std::invalid_argument);
  EXPECT_THROW(evaluate_program(kCopy, Precision::kFloat32, {}, {&to, 1}), std::invalid_argument);
  Program damaged = kCopy;
  damaged.code[0].dst = 5;
  EXPECT_THROW(evaluate_program(damaged, Precision::kFloat32, {&from, 1}, {&to, 1}),
               std::invalid_argument);
}

/// Random bit patterns: normal numbers, infinities, NaN and denormals.
std::vector<float> random_floats(std::size_t count) {
  std::mt19937 random(11);
  std::vector<float> values(count);
  for (float& v : values) {
    const auto bits = static_cast<std::uint32_t>(random());
    std::memcpy(&v, &bits, sizeof v);
    if (random() % 2 == 0) v = static_cast<float>(static_cast<int>(random() % 2001) - 1000) / 8;
  }
  return values;
}

TEST(EvaluateInstructionSets, GiveTheSameBytes) {
  if (best_instruction_set() == InstructionSet::kBaseline) GTEST_SKIP() << "this processor has one";
  const std::size_t count = 2053;
  const auto a = random_floats(count);
  auto b = a, c = a;
  std::rotate(b.begin(), b.begin() + 7, b.end());
  std::rotate(c.begin(), c.begin() + 13, c.end());
  const std::array<ProgramInput, 3> in = {
      {{view(std::as_const(a), DataType::kFloat32), Nodata(0.5)},
       {view(std::as_const(b), DataType::kFloat32), {}},
       {view(std::as_const(c), DataType::kFloat32), {}}}};
  for (const Precision precision : {Precision::kFloat32, Precision::kFloat64})
    for (int t = 0; t <= static_cast<int>(DataType::kFloat64); ++t)
      for (int op = static_cast<int>(kFirstArithmetic); op <= static_cast<int>(kLastOp); ++op) {
        const auto type = static_cast<DataType>(t);
        std::array<std::vector<std::byte>, 2> out;
        for (const int set : {0, 1}) {
          auto& bytes = out[static_cast<std::size_t>(set)];
          bytes.resize(count * static_cast<std::size_t>(size_bytes(type)));
          const auto n = static_cast<std::int64_t>(count);
          const ProgramOutput to{{bytes.data(), type, n, 1, n}, Nodata(9.0)};
          evaluate_program_on(static_cast<InstructionSet>(set), single(static_cast<Op>(op)),
                              precision, in, {&to, 1});
        }
        ASSERT_EQ(out[0], out[1]) << "operation " << op << " to " << name_of(type);
      }
}

}  // namespace
}  // namespace cogmill::kernels
