// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/cli/command.hpp"
#include "src/cli/processing_options.hpp"
#include "src/cli/warp_arguments.hpp"

#include <string>
#include <vector>

namespace cogmill::cli {

/// What bands can be called: "coastal", "blue", ... Each is an option --NAME NUMBER.
std::vector<std::string> band_role_names();

/// cogmill calc: band math.
class CalcCommand : public Command {
 public:
  std::string_view help() const override;
  void declare(OptionTable& options) override;
  Request finish(const std::vector<std::string>& arguments) override;

 private:
  void add_input(const job::Argument& argument);
  void name_inputs();
  void check_expressions() const;

  job::Job job_;
  ProcessingOptions processing_;
  WarpArguments warp_;
  bool list_indices_ = false;
};

}  // namespace cogmill::cli
