// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/geo_template.hpp"

#include <string>
#include <vector>

class GDALDataset;

namespace cogmill::io {

/// Copies CRS, geotransform or GCPs, RPC and AREA_OR_POINT of `source`, moved so that they fit a
/// raster that begins at the request's (col, row). Local.
/// @pre `target` was just created
/// @param gcp_shift added to column and row of GCPs [px]: what GDAL takes away from them
void copy_georeference(GDALDataset& source, const TemplateRequest& request, GDALDataset& target,
                       double gcp_shift = 0);

/// By how much [px] the GCPs of a file that was just written lie off those of `source`, in columns
/// and rows alike. GDAL moves them by a pixel where pixels are points. 0 if there are none.
double gcp_drift(GDALDataset& source, const TemplateRequest& request, GDALDataset& written);

/// Copies the metadata domains of the dataset: TIFFTAG_* and other items, xml: domains, IMD, XMP,
/// ICC profile. Not what describes the storage (IMAGE_STRUCTURE, SUBDATASETS). Local.
void copy_dataset_metadata(GDALDataset& source, const TemplateRequest& request,
                           GDALDataset& target);

/// Copies and sets description, colour interpretation, colour table, scale, offset, unit, metadata
/// domains and statistics of every band. Local.
/// @param source may be null   @pre source bands of the request exist
void describe_bands(GDALDataset* source, const TemplateRequest& request, GDALDataset& target);

/// Sets in a dataset opened for reading, so that GDAL puts it into the .aux.xml: category names,
/// attribute tables, colour tables that TIFF tags cannot hold, and the CRS if the tags lost it.
/// @return one line for each
std::vector<std::string> describe_in_sidecar(GDALDataset& source, const TemplateRequest& request,
                                             GDALDataset& target);

}  // namespace cogmill::io
