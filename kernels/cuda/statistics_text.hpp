// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/bind_program.hpp"
#include "kernels/cuda/tile_run.hpp"
#include "kernels/cuda/vector_access.hpp"
#include "kernels/nodata_test.hpp"
#include "kernels/plane.hpp"
#include "kernels/statistics_point.hpp"

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <type_traits>

/// What a thread of the device does for statistics of tiles. No CUDA in it: a test runs it on the
/// host.
namespace cogmill::kernels::cuda {

/// One band.
struct MeasuredPlane {
  const std::byte* data = nullptr;
  std::int64_t stride = 0;  ///< [px]
  BoundNodata nodata = {};
};

struct StatisticsJob {
  const MeasuredPlane* planes = nullptr;
  std::int64_t plane_count = 0;
  std::int64_t width = 0, height = 0;  ///< of the planes
  PlaneView<const std::uint8_t> mask;  ///< no data: none
  TileRun run = {};

  /// Tiles and planes, plane by plane of each tile.
  COGMILL_HD std::int64_t count() const { return run.count * plane_count; }
  COGMILL_HD TileWindow window(std::int64_t i) const {
    return window_of(run, run.first + i / plane_count, width, height);
  }
};

/// The pixels of one plane's tile.
template <class T>
class TilePixels {
 public:
  COGMILL_HD TilePixels(const StatisticsJob& job, std::int64_t i)
      : window_(job.window(i)), mask_(job.mask) {
    const MeasuredPlane& plane = job.planes[i % job.plane_count];
    data_ = reinterpret_cast<const T*>(plane.data);
    stride_ = plane.stride;
    has_nodata_ = plane.nodata.present;
    nodata_ = NodataTest<T>::around(plane.nodata.as<T>());
  }
  COGMILL_HD std::int64_t width() const { return window_.width; }
  COGMILL_HD std::int64_t height() const { return window_.height; }

  /// Reads up to N pixels of a row, from `x` on.   @return which of them count, a bit each
  template <unsigned N>
  COGMILL_HD std::uint32_t read(std::int64_t x, std::int64_t row, T (&values)[N]) const {
    const std::int64_t left = window_.width - x;
    const unsigned n = left < std::int64_t{N} ? static_cast<unsigned>(left) : N;
    load_run(data_ + (window_.row + row) * stride_ + window_.col + x, n, values);
    std::uint8_t flags[N];
    if (mask_.data != nullptr) load_run(mask_.row(window_.row + row) + window_.col + x, n, flags);
    std::uint32_t counting = 0;
    for (unsigned i = 0; i < N; ++i) {
      const bool unmasked = mask_.data == nullptr || flags[i] != 0;
      if (i < n && unmasked && counts(values[i])) counting |= 1U << i;
    }
    return counting;
  }
  /// @return the pixel as a double, NaN where it does not count
  COGMILL_HD double number(std::int64_t x, std::int64_t row) const {
    T value[1];
    return read(x, row, value) != 0 ? static_cast<double>(value[0])
                                    : std::numeric_limits<double>::quiet_NaN();
  }

 private:
  COGMILL_HD bool counts(T value) const {
    return value == value && !(has_nodata_ && nodata_.matches(value));
  }
  TileWindow window_;
  PlaneView<const std::uint8_t> mask_;
  const T* data_;
  std::int64_t stride_;
  bool has_nodata_;
  NodataTest<T> nodata_;
};

/// Sums of integers in 64 bits, in parts that do not overflow for 2^31 pixels: any order of
/// additions gives the same.
template <std::integral T>
struct PartSums {
  static constexpr bool kWide = sizeof(T) == 8;
  using Extreme = std::conditional_t<std::is_same_v<T, std::uint64_t>, std::uint64_t, std::int64_t>;

  std::int64_t count = 0;
  Extreme minimum = std::numeric_limits<T>::max();
  Extreme maximum = std::numeric_limits<T>::lowest();
  std::int64_t sum_low = 0, sum_high = 0;           ///< sum_high counts 2^32 each
  std::uint64_t squares_low = 0, squares_high = 0;  ///< likewise
  double squared_deviation = 0;                     ///< of 64-bit pixels, by the second pass

  COGMILL_HD void add(T value) {
    ++count;
    minimum = std::min(minimum, static_cast<Extreme>(value));
    maximum = std::max(maximum, static_cast<Extreme>(value));
    if constexpr (kWide) {
      sum_low += static_cast<std::int64_t>(static_cast<std::uint64_t>(value) & 0xFFFFFFFF);
      sum_high += static_cast<std::int64_t>(value >> 32);
    } else {
      sum_low += value;
      const auto factor = static_cast<std::int64_t>(value);
      const auto square = static_cast<std::uint64_t>(factor) * static_cast<std::uint64_t>(factor);
      squares_low += sizeof(T) == 4 ? square & 0xFFFFFFFF : square;
      if constexpr (sizeof(T) == 4) squares_high += square >> 32;
    }
  }
  COGMILL_HD void add(const PartSums& other) {
    count += other.count;
    minimum = std::min(minimum, other.minimum);
    maximum = std::max(maximum, other.maximum);
    sum_low += other.sum_low;
    sum_high += other.sum_high;
    squares_low += other.squares_low;
    squares_high += other.squares_high;
  }
  COGMILL_HD ExactSums<T> exact() const {
    constexpr Int128 kUnit = Int128{1} << 32;
    ExactSums<T> sums;
    sums.count = count;
    sums.minimum = static_cast<T>(minimum);
    sums.maximum = static_cast<T>(maximum);
    sums.sum = sum_high * kUnit + sum_low;
    sums.squares = static_cast<Int128>(squares_high) * kUnit + static_cast<Int128>(squares_low);
    return sums;
  }
  Statistics statistics() const {
    const ExactSums<T> sums = exact();
    Statistics result = sums.moments();
    if (count > 0)
      result.sum_squared_deviation = kWide ? squared_deviation : sums.squared_deviation();
    return result;
  }
};

/// Pixels of one access.
template <class T>
inline constexpr unsigned kMeasured = 16 / sizeof(T);

/// Adds the pixels of one access.
template <std::integral T>
COGMILL_HD inline void add_pixels(const TilePixels<T>& pixels, std::int64_t x, std::int64_t row,
                                  PartSums<T>& sums) {
  T values[kMeasured<T>];
  const std::uint32_t counting = pixels.read(x, row, values);
  for (unsigned i = 0; i < kMeasured<T>; ++i)
    if ((counting >> i & 1) != 0) sums.add(values[i]);
}

/// Pieces of rows that floating-point pixels are summed in.
struct Pieces {
  std::int64_t per_row = 1;
  COGMILL_HD explicit Pieces(std::int64_t tile_width)
      : per_row((tile_width + kStatisticsBlock - 1) / kStatisticsBlock) {}
  COGMILL_HD static std::int64_t end(std::int64_t begin, std::int64_t width) {
    return width - begin < kStatisticsBlock ? width : begin + kStatisticsBlock;
  }
};

/// One lane's sums of the piece that begins at `begin`.
template <std::floating_point T>
COGMILL_HD inline LaneSums sums_of_lane(const TilePixels<T>& pixels, std::int64_t row,
                                        std::int64_t begin, std::int64_t lane) {
  LaneSums sums;
  for (std::int64_t x = begin + lane; x < Pieces::end(begin, pixels.width()); x += kStatisticsLanes)
    sums.add(pixels.number(x, row));
  return sums;
}
template <std::floating_point T>
COGMILL_HD inline double squares_of_lane(const TilePixels<T>& pixels, std::int64_t row,
                                         std::int64_t begin, std::int64_t lane, double mean) {
  double sum = 0;
  for (std::int64_t x = begin + lane; x < Pieces::end(begin, pixels.width()); x += kStatisticsLanes)
    sum += squared_deviation(pixels.number(x, row), mean);
  return sum;
}

}  // namespace cogmill::kernels::cuda
