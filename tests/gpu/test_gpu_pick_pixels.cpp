// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/pick_pixels.hpp"
#include "tests/gpu/plane_twin.hpp"

namespace cogmill::kernels {

using testing_support::kHeight;
using testing_support::kWidth;
using testing_support::small_numbers;
using testing_support::Twin;

TEST(GpuPickPixels, OfAnyType) {
  const std::int64_t across = kWidth / 3, down = kHeight / 2;
  const PickPart part = {
      {kWidth + 40, (kWidth + 40) / 3}, {kHeight + 9, kHeight / 2 + 4}, 20, 3, 8, 2};
  for (int t = 0; t < kDataTypeCount; ++t) {
    const auto type = static_cast<DataType>(t);
    const Twin from(type, small_numbers(type, 1)), to(type, small_numbers(type, 2));
    const auto cut = [&](const Plane& plane) { return plane.crop(5, 7, across - 9, down - 9); };
    pick_pixels(part, from.plane, cut(to.plane));
    cuda::pick_pixels(part, from.there, cut(to.there), nullptr);
    to.expect_same(std::string(name_of(type)));
  }
}

}  // namespace cogmill::kernels
