// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/overview.hpp"
#include "tests/support/random_planes.hpp"

#include <algorithm>
#include <random>

namespace cogmill::testing_support {

/// A random block of two random levels, with a source that covers just enough.
struct OverviewCase {
  kernels::OverviewGeometry geometry;
  kernels::Resampling resampling;
  HostPlane src, mask, dst;
  std::optional<kernels::Nodata> nodata;
  bool masked;
};

namespace detail {

inline kernels::Range random_range(std::mt19937& random, std::int64_t size) {
  const auto any = [&] {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(size));
  };
  const std::int64_t a = any(), b = any();
  if (random() % 2 == 0) return {random() % 2 == 0 ? 0 : a, size};
  return {std::min(a, b), std::max(a, b) + 1};
}

}  // namespace detail

/// @param largest size of a source level [px]
inline OverviewCase random_overview(std::mt19937& random, int round, std::int64_t largest) {
  using kernels::Range;
  const auto type = static_cast<kernels::DataType>(round % 10);
  const auto resampling = static_cast<kernels::Resampling>(round / 10 % 5);
  const auto size = [&] {
    std::int64_t n = 1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(largest));
    return random() % 2 == 0 && n > 1 ? n / 2 * 2 : n;
  };
  kernels::OverviewGeometry g;
  g.src_width = size();
  g.src_height = size();
  g.dst_width = std::max<std::int64_t>(1, g.src_width / 2);
  g.dst_height = std::max<std::int64_t>(1, g.src_height / 2);
  const Range cols = detail::random_range(random, g.dst_width);
  const Range rows = detail::random_range(random, g.dst_height);
  const Range src_cols = overview_source_range(resampling, g.src_width, g.dst_width, cols);
  const Range src_rows = overview_source_range(resampling, g.src_height, g.dst_height, rows);
  g.dst_col = cols.begin;
  g.dst_row = rows.begin;
  g.src_col = src_cols.begin;
  g.src_row = src_rows.begin;
  const std::int64_t w = src_cols.end - src_cols.begin, h = src_rows.end - src_rows.begin;
  const std::int64_t dst_width = cols.end - cols.begin;
  const auto gap = [&] { return static_cast<std::int64_t>(random() % 5); };
  HostPlane src = random_plane(random, type, w, h, w + gap());
  HostPlane mask = random_mask(random, w, h, w + gap(), 2 + static_cast<unsigned>(random() % 20));
  HostPlane dst(type, dst_width, rows.end - rows.begin, dst_width + gap());
  return {g,
          resampling,
          std::move(src),
          std::move(mask),
          std::move(dst),
          random_nodata(random),
          random() % 3 == 0};
}

}  // namespace cogmill::testing_support
