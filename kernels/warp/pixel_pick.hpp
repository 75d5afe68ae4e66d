// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/order_key.hpp"
#include "kernels/warp/pixel_box.hpp"
#include "kernels/warp/window_pick.hpp"

#include <cstdint>

/// Methods that take one of the samples of a box, without memory for them: the box is passed as
/// often as it takes. Host and device.
namespace cogmill::kernels::warp {

/// Calls f for the valid samples of a box, row by row.
template <class T, class F>
COGMILL_HD inline void for_each_sample(const Sampler<T>& from, const BoxWindow& w, const F& f) {
  for (std::int64_t r = w.row; r < w.row + w.rows; ++r) {
    const T* const pixel = from.pixels.row(r) + w.col;
    const std::uint8_t* const valid =
        from.valid.data == nullptr ? nullptr : from.valid.row(r) + w.col;
    for (std::int64_t c = 0; c < w.columns; ++c)
      if (valid == nullptr || fetched(valid + c) != 0) f(fetched(pixel + c));
  }
}

/// One of the samples.
struct PickSample {
  template <class T>
  using Value = T;
};

/// Least and largest.
struct PickExtreme : PickSample {
  template <class T>
  COGMILL_HD static bool pick(WarpResampling method, const Sampler<T>& from, const BoxWindow& w,
                              T& value) {
    const bool largest = method == WarpResampling::kMax;
    bool any = false;
    for_each_sample(from, w, [&](T v) {
      value = any ? extreme_of(value, v, largest) : v;
      any = true;
    });
    return any;
  }
};

/// The sample of a rank: its key is found two bits after two bits, by counting.
struct PickQuantile : PickSample {
  template <class T>
  COGMILL_HD static bool pick(WarpResampling method, const Sampler<T>& from, const BoxWindow& w,
                              T& value) {
    using Key = OrderKey<T>;
    std::int64_t n = 0;
    Key least = ~Key{0}, most = 0;
    for_each_sample(from, w, [&](T v) {
      const Key key = key_of(v);
      least = key < least ? key : least;
      most = key > most ? key : most;
      ++n;
    });
    if (n == 0) return false;
    value = value_of_key<T>(of_rank(from, w, rank_of(quantile_of(method), n), least, most));
    return true;
  }

 private:
  template <class T>
  COGMILL_HD static OrderKey<T> of_rank(const Sampler<T>& from, const BoxWindow& w,
                                        std::int64_t rank, OrderKey<T> least, OrderKey<T> most) {
    using Key = OrderKey<T>;
    int shift = static_cast<int>(8 * sizeof(T)) - 2;
    while (shift > 0 && ((least ^ most) >> shift) == 0) shift -= 2;
    Key base = (least >> shift >> 2) << 2 << shift;  // two shifts: one by all bits means nothing
    for (; shift >= 0; shift -= 2) {
      std::int64_t count[3] = {0, 0, 0};
      for_each_sample(from, w, [&](T v) {
        const Key digit = (key_of(v) ^ base) >> shift;  // above 3: another base's
        for (Key d = 0; d < 3; ++d) count[d] += digit == d;
      });
      Key digit = 0;
      for (Key d = 0; d < 3; ++d) {
        const bool further = digit == d && rank >= count[d];
        rank -= further ? count[d] : 0;
        digit += further ? 1 : 0;
      }
      base |= digit << shift;
    }
    return base;
  }
};

/// The most frequent class, one pass for each from the lowest on; of several the one that was
/// complete first.
struct PickMode : PickSample {
  template <class T>
  COGMILL_HD static bool pick(WarpResampling, const Sampler<T>& from, const BoxWindow& w,
                              T& value) {
    using Key = OrderKey<T>;
    std::int64_t left = 0;  // samples whose class has not been counted
    Key next = ~Key{0};
    for_each_sample(from, w, [&](T v) {
      const Key key = class_of(v);
      next = key < next ? key : next;
      ++left;
    });
    std::int64_t most = 0, complete = 0;
    const bool any = left > 0;
    while (left > 0 && left >= most) {
      const Key now = next;
      std::int64_t count = 0, last = 0, order = 0;
      T candidate{};
      next = ~Key{0};
      for_each_sample(from, w, [&](T v) {
        const Key key = class_of(v);
        if (key == now) {
          ++count;
          last = order;
          candidate = v;
        }
        if (key > now && key < next) next = key;
        ++order;
      });
      if (count > most || (count == most && last < complete)) {
        most = count;
        complete = last;
        value = candidate;
      }
      left -= count;
    }
    return any;
  }
};

/// Calls f with the functor for pixels of a type.
template <class F>
void visit_pick_pixel(const PixelJob& job, DataType source, F&& f) {
  visit_real_type(source, [&]<class T>(T) {
    if (job.resampling == WarpResampling::kMode)
      f(BoxPixel<T, PickMode>{box_job(job)});
    else if (job.resampling == WarpResampling::kMin || job.resampling == WarpResampling::kMax)
      f(BoxPixel<T, PickExtreme>{box_job(job)});
    else
      f(BoxPixel<T, PickQuantile>{box_job(job)});
  });
}

}  // namespace cogmill::kernels::warp
