// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cogmill::cli {

/// What to say of an option that no command of this version has but that people will try: those of
/// GDAL's tools, of gdal_calc.py, of later versions, and creation options without --co.
/// @param name without dashes   @return empty if there is nothing to say
std::string advice_for_option(const std::string& name);

}  // namespace cogmill::cli
