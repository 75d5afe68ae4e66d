// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace cogmill::io {

/// The GDAL that is loaded now.
struct GdalFacts {
  std::string version;  ///< "3.6.2"
  bool new_enough = false;
  std::string data;                   ///< folder of its data files; empty: not found
  std::vector<std::string> drivers;   ///< of those that cogmill leans on, the ones that it has
  std::vector<std::string> missing;   ///< and those that it has not
  std::vector<std::string> required;  ///< of the missing ones, those without which nothing works
};

/// Registers the drivers and looks. Local.
GdalFacts read_gdal_facts();

}  // namespace cogmill::io
