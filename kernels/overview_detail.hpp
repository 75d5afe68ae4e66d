// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "kernels/overview.hpp"
#include "kernels/overview_point.hpp"
#include "kernels/plane.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

/// What the overview kernels share. Not for callers: use kernels/overview.hpp.
namespace cogmill::kernels::overview {

/// Which pixels of a source row are valid, as bytes 0 and 1.
template <class T>
class ValidRows {
 public:
  /// @pre validity's mask, if there is one, has the shape of src
  ValidRows(PlaneView<const T> src, const Validity& validity)
      : src_(src), mask_(validity.mask), flags_(static_cast<std::size_t>(src.width)) {
    hole_ = Hole<T>(validity.nodata);
  }
  /// @return false if every pixel is valid whatever its value
  bool active() const { return hole_.present || mask_.data != nullptr; }
  /// What an output pixel without a valid source becomes, and what a valid one must not be.
  const Hole<T>& hole() const { return hole_; }

  /// @return src.width flags of row `r` of src, good until the next call
  const std::uint8_t* operator()(std::int64_t r) {
    compare_values(src_.row(r));
    if (mask_.data == nullptr) return flags_.data();
    const auto* mask = mask_.as<std::uint8_t>().row(r);
    const auto n = static_cast<std::size_t>(src_.width);
    std::uint8_t* flags = flags_.data();  // a local, which no byte that is written can change
    for (std::size_t i = 0; i < n; ++i)
      flags[i] = static_cast<std::uint8_t>(flags[i] & static_cast<std::uint8_t>(mask[i] != 0));
    return flags;
  }

 private:
  void compare_values(const T* row) {
    const auto n = static_cast<std::size_t>(src_.width);
    std::uint8_t* flags = flags_.data();
    if (!hole_.present) {
      std::fill(flags_.begin(), flags_.end(), std::uint8_t{1});
    } else {
      const NodataTest<T> is_hole = hole_.test;  // a local, as above
      for (std::size_t i = 0; i < n; ++i) flags[i] = static_cast<std::uint8_t>(!is_hole(row[i]));
    }
  }

  PlaneView<const T> src_;
  ConstPlane mask_;
  Hole<T> hole_;
  std::vector<std::uint8_t> flags_;
};

/// One kernel each; arguments as reduce_overview.
void reduce_nearest(const OverviewGeometry& geometry, ConstPlane src, Plane dst);
void reduce_average(const OverviewGeometry& geometry, ConstPlane src, const Validity& validity,
                    Plane dst);
void reduce_mode(const OverviewGeometry& geometry, ConstPlane src, const Validity& validity,
                 Plane dst);
void reduce_convolution(Resampling resampling, const OverviewGeometry& geometry, ConstPlane src,
                        const Validity& validity, Plane dst);

}  // namespace cogmill::kernels::overview
