// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace cogmill::job {

/// What help, manual and completion say of an option, or of a name that an option NAME=VALUE takes.
struct OptionText {
  std::string name;                       ///< "error-threshold", without dashes; "COMPRESS"
  std::string alias = {};                 ///< shorter name: "et", "r"
  std::string value = {};                 ///< what stands for the value: "PX"; empty: its words
  std::string unit = {};                  ///< of the value: "source px"
  std::string initial = {};               ///< the default, as it would be typed: "0.125"
  std::string otherwise = {};             ///< what holds instead where that cannot be typed
  std::string text = {};                  ///< sentences
  std::vector<std::string> words = {};    ///< that the value may be; others too if `value` is set
  std::vector<OptionText> keywords = {};  ///< the names, where the value is NAME=VALUE
};

}  // namespace cogmill::job
