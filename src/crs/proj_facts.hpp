// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cogmill::crs {

/// The PROJ that is loaded now, and what it finds.
struct ProjFacts {
  std::string version;       ///< "9.1.1"
  std::string database;      ///< path of proj.db; empty: not found
  std::string failure;       ///< why EPSG:4326 and EPSG:32631 cannot be made; empty: they can
  bool network = false;      ///< PROJ_NETWORK: missing grids are fetched when they are needed
  int grids = 0;             ///< *.tif in the search paths, counted up to 10000
  std::string grid_folders;  ///< those that hold them, ", " between
};

/// Looks, and asks the database for two systems. Never goes to the network. Local.
ProjFacts read_proj_facts();

}  // namespace cogmill::crs
