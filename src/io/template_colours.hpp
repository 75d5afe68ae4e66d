// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/geo_template.hpp"

#include <cstddef>
#include <string>
#include <vector>

class GDALColorTable;
class GDALDataset;
class GDALRasterBand;

namespace cogmill::io {

/// @return true if 0 is white (PhotometricInterpretation MinIsWhite)
bool is_inverted(GDALDataset& dataset);

/// @return true if a GeoTIFF says the same of the output's pixels by being inverted too: those of a
/// deeper type, of which the source uses the first values only, need the table that GDAL makes up
/// for the source
bool stays_inverted(GDALDataset& source, const TemplateRequest& request);

/// TIFF has room for one colour table, of the only band or of the one beside an alpha band.
/// @param band from 0
bool table_fits_tags(const TemplateRequest& request, std::size_t band);

/// @return the band's colour table, but not the one GDAL makes up for inverted grey that `target`
/// is too; nullptr: none
GDALColorTable* own_table(GDALRasterBand& source, const TemplateRequest& request,
                          GDALRasterBand& target);

/// Copies what a band means: its colour table if the tags have room for it, or its colour
/// interpretation.   @param index of the output's band, from 0
void copy_colour(GDALRasterBand& source, const TemplateRequest& request, std::size_t index,
                 GDALRasterBand& target);

/// What bands mean that GDAL's writer takes for granted and its reader does not: a second Gray
/// band. @param written the GeoTIFF that copy_colour() was applied to, opened again
/// @return items for the text of its GDAL_METADATA tag; empty: nothing is lost
std::string lost_meanings(GDALDataset& source, const TemplateRequest& request,
                          GDALDataset& written);

/// TIFF's colour tables have no opacity. GDAL gives the colour of the nodata value none.
/// @return what is lost, of which band, and what to do; empty: nothing
std::string lost_opacity(GDALDataset& source, const TemplateRequest& request, GDALDataset& written);

/// Adds items to the GDAL_METADATA tag, or adds that tag.
void add_metadata_items(const std::string& items, std::vector<TiffTag>& tags);

}  // namespace cogmill::io
