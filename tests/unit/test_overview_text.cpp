// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/convolution_text.hpp"
#include "kernels/cuda/overview_bind.hpp"
#include "tests/support/overview_cases.hpp"

#include <gtest/gtest.h>

/// The device's way to overview pixels, on the host: the same bytes as the host's own.
namespace cogmill::kernels::cuda {
namespace {

using testing_support::OverviewCase;

template <class F>
void for_each_pixel(const Plane& dst, const F& f) {
  for (std::int64_t r = 0; r < dst.height; ++r)
    for (std::int64_t c = 0; c < dst.width; ++c) f(c, r);
}

/// @param use of a functor for all pixels
template <class T, class F>
void convolve(bool cubic, const OverviewJob<T>& job, const Plane& dst, const F& use) {
  const auto columns = job.columns(), rows = job.rows();
  const std::int64_t across = most_taps(cubic, columns), down = most_taps(cubic, rows);
  std::vector<std::byte> memory(static_cast<std::size_t>(TapTable::bytes(dst.width, across) +
                                                         TapTable::bytes(dst.height, down)));
  const TapTable of_columns(dst.width, across, memory.data());
  const TapTable of_rows(dst.height, down, memory.data() + TapTable::bytes(dst.width, across));
  for (std::int64_t i = 0; i < dst.width; ++i)
    fill_taps(cubic, columns, job.g.dst_col, of_columns, i);
  for (std::int64_t i = 0; i < dst.height; ++i) fill_taps(cubic, rows, job.g.dst_row, of_rows, i);
  for (std::int64_t i = 0; i < dst.width; ++i) ASSERT_LE(of_columns.count[i], across);
  for (std::int64_t i = 0; i < dst.height; ++i) ASSERT_LE(of_rows.count[i], down);
  use(ConvolvedPixel<T>{{job, of_columns, of_rows, cubic}});
}

void reduce_on_host(const OverviewCase& one, const Validity& validity, ConstPlane src, Plane dst) {
  if (one.resampling == Resampling::kNearest)
    return visit_pixel_size(size_bytes(src.type), [&]<class P>(P) {
      for_each_pixel(dst, NearestPixel<P>{one.geometry, src.as<P>(), dst.as<P>()});
    });
  visit_real_type(src.type, [&]<class T>(T) {
    const auto reduce_with = [&](const Validity& used, const auto& use) {
      const auto job = bind_overview<T>(one.geometry, src, used, dst);
      if (one.resampling == Resampling::kMode)
        use(mode_of(job));
      else if (one.resampling == Resampling::kAverage)
        visit_average(job, use);
      else
        convolve(one.resampling == Resampling::kCubic, job, dst, use);
    };
    reduce_with(validity, [&](const auto& pixel) { for_each_pixel(dst, pixel); });
    if constexpr (std::is_floating_point_v<T>)
      if (may_leave_out_nan(one.resampling, src.type, validity))
        reduce_with(without_nan(validity.mask), [&](const auto& pixel) {
          for_each_pixel(dst, AgainWhereNan<T, std::decay_t<decltype(pixel)>>{pixel, dst.as<T>()});
        });
  });
}

TEST(OverviewText, pixels_as_on_the_cpu) {
  std::mt19937 random(81);
  for (int round = 0; round < 3000; ++round) {
    OverviewCase expected = testing_support::random_overview(random, round, 60);
    OverviewCase got = expected;
    Validity validity{expected.nodata, {}};
    if (expected.masked) validity.mask = expected.mask.plane();
    reduce_overview(expected.resampling, expected.geometry, expected.src.plane(), validity,
                    expected.dst.plane());
    reduce_on_host(got, validity, got.src.plane(), got.dst.plane());
    ASSERT_EQ(got.dst.bytes(), expected.dst.bytes())
        << "round " << round << ": " << name_of(got.resampling) << " of "
        << name_of(got.src.plane().type);
  }
}

TEST(OverviewText, masks_as_on_the_cpu) {
  std::mt19937 random(82);
  for (int round = 0; round < 500; ++round) {
    OverviewCase one = testing_support::random_overview(random, round * 10, 60);
    const ConstPlane mask = one.mask.plane();
    auto got = one.dst;
    reduce_mask(one.resampling, one.geometry, mask, one.dst.plane());
    Validity validity;
    if (one.resampling != Resampling::kMode) validity.mask = mask;
    reduce_on_host(one, validity, mask, got.plane());
    for_each_pixel(got.plane(), Binarize{got.plane().as<std::uint8_t>()});
    ASSERT_EQ(got.bytes(), one.dst.bytes()) << name_of(one.resampling);
  }
}

}  // namespace
}  // namespace cogmill::kernels::cuda
