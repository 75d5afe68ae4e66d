// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/warp.hpp"
#include "tests/gpu/device_memory.hpp"
#include "tests/unit/warp_cases.hpp"

#include <memory>
#include <string>
#include <vector>

namespace cogmill::testing {

/// A case's planes in device memory.
class DeviceCase {
 public:
  explicit DeviceCase(WarpCase& host) : host_(host), bands_(host.warp_bands()) {
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      CaseBand& band = host.bands[i];
      kernels::WarpBand& to = bands_[i];
      to.source.data = hold(band.source);
      to.source_valid.data = hold(band.valid);
      to.source_density.data = reinterpret_cast<const float*>(hold(band.density));
      to.target.data = hold(band.target);
      to.target_valid.data = hold(band.target_valid);
    }
  }

  const std::vector<kernels::WarpBand>& bands() const { return bands_; }

  /// Takes the targets back.   @return "" or what was written that nobody may write
  std::string read() {
    std::string problem;
    std::size_t next = 0;
    for (CaseBand& band : host_.bands)
      for (CasePlane* plane :
           {&band.source, &band.valid, &band.density, &band.target, &band.target_valid}) {
        const auto& held = memory_[next++];
        if (!held) continue;
        auto bytes = held->read();
        const bool is_source =
            plane == &band.source || plane == &band.valid || plane == &band.density;
        if (!held->guards_intact()) problem = "bytes beside a plane were written";
        if (is_source && bytes != plane->bytes) problem = "a source was written";
        plane->bytes = std::move(bytes);
      }
    return problem;
  }

 private:
  std::byte* hold(const CasePlane& plane) {
    memory_.push_back(plane.bytes.empty() ? nullptr
                                          : std::make_unique<testing_support::DeviceBytes>(
                                                std::span<const std::byte>(plane.bytes)));
    return memory_.back() ? memory_.back()->data() : nullptr;
  }

  WarpCase& host_;
  std::vector<kernels::WarpBand> bands_;
  std::vector<std::unique_ptr<testing_support::DeviceBytes>> memory_;
};

/// Answers a case on the device.   @return "" or what is wrong
inline std::string warp_on_device(WarpCase& c, kernels::cuda::DeviceMap& map) {
  DeviceCase device(c);
  map.upload(c.map, nullptr);
  kernels::cuda::warp_block(c.kernel, c.geometry, map, c.col, c.row, device.bands(), nullptr);
  return device.read();
}

}  // namespace cogmill::testing
