// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/unpack_jobs.hpp"
#include "tests/support/block_cases.hpp"

#include <gtest/gtest.h>

/// The device's way to unpack blocks, on the host: lanes one after another instead of side by side.
namespace cogmill::kernels::cuda {
namespace {

using testing_support::BlockCase;

template <class T, unsigned S, bool Packed>
void begin_planes(const UnpackJob& job, const std::byte* bytes, T (&carry)[S]) {
  constexpr auto P = Predictor::kFloatingPoint;
  for (std::int64_t x = 0; x < job.columns; x += LanePixels<T, S>::kPixels) {
    auto pixels = read_pixels<T, S, P, Packed>(job, bytes, x);
    sum_up<P>(pixels);
    for (unsigned s = 0; s < S; ++s) carry[s] = sum_of<P>(carry[s], total_of(pixels, s));
  }
  for (T& c : carry) c = sums_before_planes(c);
}

template <class T, unsigned S, Predictor P, bool Packed>
void unpack_row(const UnpackJob& job, const BlockPart& part, std::int64_t row) {
  const std::byte* bytes = row_of<T>(job, part, row);
  T carry[S] = {};
  if constexpr (P == Predictor::kFloatingPoint) begin_planes<T, S, Packed>(job, bytes, carry);
  for (std::int64_t x = first_column<T, S, P>(part); x < part.col + part.width;
       x += LanePixels<T, S>::kPixels) {
    auto pixels = read_pixels<T, S, P, Packed>(job, bytes, x);
    if constexpr (P != Predictor::kNone) {
      sum_up<P>(pixels);
      for (unsigned s = 0; s < S; ++s) {
        const T total = total_of(pixels, s);
        add_before<P>(pixels, s, carry[s]);
        carry[s] = sum_of<P>(carry[s], total);
      }
    }
    write_pixels(job, part, row, x, pixels);
  }
}

void unpack_on_host(BlockCase& blocks, const std::byte* raw) {
  const UnpackJob job{raw, blocks.parts.data(), static_cast<std::int64_t>(blocks.parts.size())};
  for (const auto& launch : unpack_launches(job, blocks.layout, blocks.samples, blocks.planes()))
    visit_unpack(launch, blocks.layout, [&]<class T, unsigned S, Predictor P, bool Packed>() {
      for (const BlockPart& part : blocks.parts)
        for (std::int64_t row = 0; row < part.height; ++row)
          unpack_row<T, S, P, Packed>(launch.job, part, row);
    });
}

TEST(UnpackText, blocks_as_on_the_cpu) {
  std::mt19937 random(71);
  for (int round = 0; round < 1000; ++round) {
    BlockCase expected = testing_support::random_blocks(random, round);
    BlockCase got = expected;
    expected.unpack();
    unpack_on_host(got, got.raw.data());
    for (std::size_t i = 0; i < got.memory.size(); ++i)
      ASSERT_EQ(got.memory[i].bytes(), expected.memory[i].bytes())
          << "round " << round << ": " << name_of(got.layout.type) << ", predictor "
          << int(got.layout.predictor) << ", sample " << got.samples[i] << " of "
          << got.layout.samples << ", columns " << got.layout.columns << ", swap "
          << got.layout.swap;
  }
}

TEST(UnpackText, bytes_of_a_word_are_added_each_for_itself) {
  std::mt19937_64 random(72);
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t a = random(), b = random();
    const std::uint64_t sum = add_bytes(a, b), rest = subtract_bytes(a, b);
    for (unsigned p = 0; p < 8; ++p) {
      EXPECT_EQ(byte_of(sum, p), static_cast<unsigned char>(byte_of(a, p) + byte_of(b, p)));
      EXPECT_EQ(byte_of(rest, p), static_cast<unsigned char>(byte_of(a, p) - byte_of(b, p)));
    }
  }
}

}  // namespace
}  // namespace cogmill::kernels::cuda
