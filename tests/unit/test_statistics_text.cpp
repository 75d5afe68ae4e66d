// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/statistics_text.hpp"
#include "tests/support/statistics_cases.hpp"

#include <gtest/gtest.h>

/// The device's way to measure tiles, on the host: the same numbers as the host's own.
namespace cogmill::kernels::cuda {
namespace {

using testing_support::StatisticsCase;

template <std::integral T>
Statistics measure(const TilePixels<T>& pixels) {
  PartSums<T> threads[3], sums;  // whose order does not matter
  for (std::int64_t row = pixels.height() - 1; row >= 0; --row)
    for (std::int64_t x = 0; x < pixels.width(); x += kMeasured<T>)
      add_pixels(pixels, x, row, threads[(row + x) % 3]);
  for (const auto& thread : threads) sums.add(thread);
  if (PartSums<T>::kWide && sums.count > 0) {
    const WideDeviation<T> deviation(sums.exact());
    for (std::int64_t row = 0; row < pixels.height(); ++row)
      for (std::int64_t x = 0; x < pixels.width(); ++x) {
        T value[1];
        const bool counts = pixels.read(x, row, value) != 0;
        sums.squared_deviation += counts ? deviation.squared(value[0]) : 0.0;
      }
  }
  return sums.statistics();
}

template <std::floating_point T>
Statistics measure(const TilePixels<T>& pixels) {
  Statistics result;
  for (std::int64_t row = 0; row < pixels.height(); ++row)
    for (std::int64_t begin = 0; begin < pixels.width(); begin += kStatisticsBlock) {
      LaneSums lanes[kStatisticsLanes];
      for (std::int64_t l = 0; l < kStatisticsLanes; ++l)
        lanes[l] = sums_of_lane(pixels, row, begin, l);
      Statistics piece = combine_lanes(lanes);
      double squares[kStatisticsLanes];
      for (std::int64_t l = 0; l < kStatisticsLanes; ++l)
        squares[l] = squares_of_lane(pixels, row, begin, l, piece.mean);
      piece.sum_squared_deviation = piece.count == 0 ? 0.0 : combine_squares(squares);
      result.combine(piece);
    }
  return result;
}

TEST(StatisticsText, tiles_as_on_the_cpu) {
  std::mt19937 random(91);
  for (int round = 0; round < 400; ++round) {
    const StatisticsCase one = testing_support::random_statistics(random, round);
    const auto planes = one.planes();
    std::vector<MeasuredPlane> table;
    for (std::size_t i = 0; i < planes.size(); ++i)
      table.push_back(
          {planes[i].data, planes[i].stride, bind_nodata(one.nodata[i], planes[i].type)});
    StatisticsJob job{table.data(),
                      static_cast<std::int64_t>(table.size()),
                      planes[0].width,
                      planes[0].height,
                      {},
                      one.run};
    if (one.masked) job.mask = one.mask.plane().as<std::uint8_t>();
    const auto expected = one.expected();
    for (std::int64_t i = 0; i < job.count(); ++i)
      visit_real_type(planes[0].type, [&]<class T>(T) {
        const Statistics got = measure(TilePixels<T>(job, i));
        const Statistics& host = expected[static_cast<std::size_t>(i)];
        ASSERT_TRUE(testing_support::same_bits(got, host))
            << "round " << round << ", " << name_of(planes[0].type) << ": " << got.count << " and "
            << host.count << ", means " << got.mean << " and " << host.mean << ", deviations "
            << got.sum_squared_deviation << " and " << host.sum_squared_deviation;
      });
  }
}

}  // namespace
}  // namespace cogmill::kernels::cuda
