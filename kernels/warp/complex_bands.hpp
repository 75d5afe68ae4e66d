// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/warp.hpp"

#include <span>
#include <vector>

namespace cogmill::kernels::warp {

/// Memory for the parts of complex pixels, and how pixels come apart and together there.
class ComplexParts {
 public:
  virtual ~ComplexParts() = default;
  /// A plane that lives as long as this.
  virtual Plane add_plane(DataType type, std::int64_t width, std::int64_t height) = 0;
  /// Takes part 0 (real) or 1 (imaginary) out of every pixel.
  virtual void take_part(const ConstPlane& pixels, int part, const Plane& to) = 0;
  /// Puts it into the valid ones.
  virtual void put_part(const ConstPlane& from, const ConstPlane& valid, int part,
                        const Plane& pixels) = 0;
};

/// Complex bands as two real ones each, in planes of their own. Real bands stay what they are.
class SplitBands {
 public:
  /// @param parts have to live as long as this
  SplitBands(std::span<const WarpBand> bands, ComplexParts& parts);

  std::span<const WarpBand> bands() const { return split_; }
  /// Puts the valid pixels of the parts into the targets of the complex bands.
  void join() const;

 private:
  void split(const WarpBand& band);

  std::span<const WarpBand> bands_;
  ComplexParts& parts_;
  std::vector<WarpBand> split_;
};

/// Parts in memory of the host.
class HostParts final : public ComplexParts {
 public:
  Plane add_plane(DataType type, std::int64_t width, std::int64_t height) override;
  void take_part(const ConstPlane& pixels, int part, const Plane& to) override;
  void put_part(const ConstPlane& from, const ConstPlane& valid, int part,
                const Plane& pixels) override;

 private:
  std::vector<std::vector<std::byte>> planes_;
};

/// @return whether the bands have to be split for a method, and can be
/// @throws std::invalid_argument for complex pixels and a method that orders or squares them
bool needs_split(WarpResampling resampling, std::span<const WarpBand> bands);

}  // namespace cogmill::kernels::warp
