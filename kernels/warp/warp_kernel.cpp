// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/warp/warp_kernel.hpp"

#include "kernels/warp/warp_weights.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace cogmill::kernels {
namespace {

constexpr std::array<std::string_view, 14> kNames = {
    "near", "bilinear", "cubic", "cubicspline", "lanczos", "average", "rms",
    "mode", "min",      "max",   "med",         "q1",      "q3",      "sum"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

}  // namespace

std::string_view name_of(WarpResampling resampling) {
  return kNames[static_cast<std::size_t>(resampling)];
}

std::optional<WarpResampling> warp_resampling_from_name(std::string_view name) {
  const std::string wanted = lower(name);
  if (wanted == "nearest") return WarpResampling::kNearest;
  const auto found = std::find(kNames.begin(), kNames.end(), wanted);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<WarpResampling>(found - kNames.begin());
}

WarpMargin margin_of(const WarpKernel& kernel) {
  if (takes_boxes(kernel.resampling)) return {2, 2};
  // One more than the reach: rounding may carry a position over a pixel's edge.
  return {warp::radius_of(kernel.resampling, kernel.x_scale) + 1,
          warp::radius_of(kernel.resampling, kernel.y_scale) + 1};
}

}  // namespace cogmill::kernels
