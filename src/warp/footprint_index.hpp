// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/window.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace cogmill::warp {

/// Finds which of many windows touch one.
class FootprintIndex {
 public:
  /// Empty windows touch nothing.
  explicit FootprintIndex(std::span<const partition::Window> footprints);
  ~FootprintIndex();
  FootprintIndex(const FootprintIndex&) = delete;
  FootprintIndex& operator=(const FootprintIndex&) = delete;

  /// @return numbers of the footprints that share a pixel with the window, ascending
  std::vector<std::size_t> touching(const partition::Window& window) const;

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

}  // namespace cogmill::warp
