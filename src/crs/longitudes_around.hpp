// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/scoped_config.hpp"

#include <cpl_string.h>

#include <optional>

namespace cogmill::crs {

/// Transformers that GDAL makes while this lives give, and take, longitudes within half a turn of a
/// middle [degrees] instead of -180 to 180. Nothing happens without one.
class LongitudesAround {
 public:
  explicit LongitudesAround(const std::optional<double>& middle) {
    if (middle) config_.emplace("CENTER_LONG", CPLSPrintf("%.17g", *middle));
  }

 private:
  std::optional<io::ScopedConfig> config_;
};

}  // namespace cogmill::crs
