// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/remap_nodata.hpp"

#include "kernels/same_value.hpp"

#include <cstdint>

namespace cogmill::kernels {
void remap_nodata(ConstPlane src, const Nodata& from, Plane dst, const Nodata& to) {
  visit_real_type(src.type, [&]<class S>(S) {
    visit_real_type(dst.type, [&]<class D>(D) {
      const auto old_value = from.as<S>();
      const auto new_value = to.as<D>();
      if (!old_value || !new_value) return;
      for (std::int64_t row = 0; row < src.height; ++row) {
        const S* in = src.as<S>().row(row);
        D* out = dst.as<D>().row(row);
        for (std::int64_t col = 0; col < src.width; ++col)
          if (same_value(in[col], *old_value)) out[col] = *new_value;
      }
    });
  });
}

}  // namespace cogmill::kernels
