// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/cli/command.hpp"
#include "src/cli/processing_options.hpp"
#include "src/cli/warp_arguments.hpp"

#include <string>
#include <vector>

namespace cogmill::cli {

/// cogmill mosaic: many sources onto one grid, into a COG.
class MosaicCommand : public Command {
 public:
  std::string_view help() const override;
  void declare(OptionTable& options) override;
  Request finish(const std::vector<std::string>& arguments) override;

 private:
  job::Job job_;
  job::MosaicOptions mosaic_;
  ProcessingOptions processing_;
  WarpArguments warp_;
};

}  // namespace cogmill::cli
