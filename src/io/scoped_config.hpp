// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cpl_conv.h>

#include <optional>
#include <string>

namespace cogmill::io {

/// A configuration option of GDAL, for this thread and scope.
class ScopedConfig {
 public:
  ScopedConfig(const char* name, const char* value) : name_(name) {
    if (const char* before = CPLGetThreadLocalConfigOption(name, nullptr)) before_ = before;
    CPLSetThreadLocalConfigOption(name, value);
  }
  ~ScopedConfig() {
    CPLSetThreadLocalConfigOption(name_.c_str(), before_ ? before_->c_str() : nullptr);
  }
  ScopedConfig(const ScopedConfig&) = delete;
  ScopedConfig& operator=(const ScopedConfig&) = delete;

 private:
  std::string name_;
  std::optional<std::string> before_;
};

}  // namespace cogmill::io
