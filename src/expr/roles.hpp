// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace cogmill::expr {

/// A part of the spectrum that indices ask for.
struct Role {
  std::string_view name;         ///< as in formulas and options: "nir" is --nir N
  std::string_view description;  ///< for --help
};
std::span<const Role> roles();
bool is_role(std::string_view name);

/// What a file says of one band.
struct BandLabel {
  std::string description;           ///< may be empty
  std::string color_interpretation;  ///< GDAL's name, may be empty
  double scale = 1;                  ///< physical value = pixel * scale + offset
  double offset = 0;
};

/// Finds roles from what the file says of its bands: names such as "red" or "near infrared",
/// catalogue names ("nir08", "swir16"), Sentinel-2 names (B08, B8A), Landsat names (SR_B5), colour
/// interpretations. Names that mean different bands on different satellites (B5) count only where
/// the other bands tell the satellite. Two bands for one role: neither is taken. Never guesses.
/// @return band number (from 1) of each role found
std::map<std::string, int> find_roles(std::span<const BandLabel> bands);

}  // namespace cogmill::expr
