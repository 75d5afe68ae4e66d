// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/launch.cuh"
#include "kernels/cuda/remap_nodata.hpp"
#include "kernels/same_value.hpp"

namespace cogmill::kernels::cuda {
namespace {

template <class S, class D>
struct Remap {
  PlaneView<const S> src;
  PlaneView<D> dst;
  S from;
  D to;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    if (same_value(src.row(row)[col], from)) dst.row(row)[col] = to;
  }
};

}  // namespace

void remap_nodata(ConstPlane src, const Nodata& from, Plane dst, const Nodata& to, Stream stream) {
  visit_real_type(src.type, [&]<class S>(S) {
    visit_real_type(dst.type, [&]<class D>(D) {
      const auto old_value = from.as<S>();
      const auto new_value = to.as<D>();
      if (!old_value || !new_value) return;
      for_each_pixel(src.width, src.height, stream, "replace nodata on the GPU",
                     Remap<S, D>{src.as<S>(), dst.as<D>(), *old_value, *new_value});
    });
  });
}

}  // namespace cogmill::kernels::cuda
