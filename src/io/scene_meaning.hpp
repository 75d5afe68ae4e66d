// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/scene_info.hpp"

#include <cstdint>
#include <string>
#include <vector>

class GDALDataset;
class GDALMajorObject;
class GDALRasterBand;

namespace cogmill::io {

/// The domains that say something of the image, the default one first: not those that describe the
/// file, nor those that are copied by other ways.
std::vector<std::string> metadata_domains(GDALMajorObject& object);

/// Stands for one metadata item, so that those of many files can be compared.
/// @param band number from 1; 0: an item of the dataset   @param item "NAME=VALUE", or a text
std::uint64_t item_hash(const std::string& domain, int band, const char* item);

/// All items of a dataset and its bands, sorted; without statistics, which are of one file's
/// pixels.
std::vector<std::uint64_t> metadata_items(GDALDataset& dataset);

/// Stands for the colours of the band's table; their alpha, which may be the nodata value's, does
/// not count. @return 0 if it has none
std::uint64_t colours_of(GDALRasterBand& band);

/// Stands for the band's category names. @return 0 if it has none
std::uint64_t classes_of(GDALRasterBand& band);

enum class Agreement : std::uint8_t { kSame, kOneSaysNothing, kDiffer };

/// What equal numbers mean. A missing scale is 1, a missing offset 0; numbers of tags and of texts
/// are equal to six digits.
bool same_scale(const BandInfo& a, const BandInfo& b);

/// "metre", "meter" and "m" are one unit.
Agreement compare_units(const BandInfo& a, const BandInfo& b);
Agreement compare_colours(const BandInfo& a, const BandInfo& b);
Agreement compare_classes(const BandInfo& a, const BandInfo& b);

}  // namespace cogmill::io
