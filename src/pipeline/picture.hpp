// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "src/io/pixel_block.hpp"
#include "src/plan/picture.hpp"
#include "src/plan/plan.hpp"

#include <optional>
#include <string>

namespace cogmill::pipeline {

/// A quicklook on its way: this rank's parts of it, picked from its chunks.
class Picture {
 public:
  explicit Picture(const plan::Plan& plan)
      : plan_(plan::plan_picture(plan.levels, plan.image)), nodata_(plan.image.nodata.front()) {}

  const plan::PicturePlan& plan() const { return plan_; }

  /// Keeps a part.   @pre its planes are the plan's
  void add(const io::PixelBlock& part);

  /// Puts the parts of all ranks together and draws them. *Collective.*
  /// @param raster the finished output, which has the colours of paletted bands
  /// @throws report::RuntimeError on root if it cannot be written
  void draw(exchange::Communicator& comm, const std::string& raster, const std::string& png) const;

 private:
  void place(std::span<const std::byte> message, const io::PixelBlock& whole) const;

  plan::PicturePlan plan_;
  std::optional<kernels::Nodata> nodata_;
  exchange::Bytes parts_;  ///< of each its window, then its planes without gaps
};

}  // namespace cogmill::pipeline
