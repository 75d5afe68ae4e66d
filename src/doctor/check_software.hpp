// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/proj_facts.hpp"
#include "src/doctor/environment.hpp"
#include "src/doctor/finding.hpp"
#include "src/doctor/place.hpp"
#include "src/exchange/mpi_facts.hpp"
#include "src/gpu/shared_library.hpp"
#include "src/io/gdal_facts.hpp"

#include <optional>
#include <string>

namespace cogmill::doctor {

/// The finding on cogmill itself: its version, and what it was built for.
Finding check_cogmill();

/// A library that may be missing.   @param use what it would be for
Finding check_library(const std::string& name, const std::optional<gpu::FoundLibrary>& library,
                      const std::string& use);

/// Whether the ranks that a launcher has started know of one another.
Finding check_mpi(const exchange::MpiFacts& mpi, const Place& place,
                  const Environment& environment);

Finding check_gdal(const io::GdalFacts& gdal);
Finding check_proj(const crs::ProjFacts& proj);

}  // namespace cogmill::doctor
