// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/cli/command.hpp"

#include <string>
#include <vector>

namespace cogmill::cli {

/// cogmill doctor: what does this node offer?
class DoctorCommand : public Command {
 public:
  std::string_view help() const override;
  void declare(OptionTable& options) override;
  Request finish(const std::vector<std::string>& arguments) override;

 private:
  DoctorRequest request_;
};

}  // namespace cogmill::cli
