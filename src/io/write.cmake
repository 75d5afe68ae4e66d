# Writing: the parts of the parallel COG writer, the template GDAL makes of its metadata, VRT,
# quicklook and the validator.
cogmill_add_library(io_write
  SOURCES
    cog_block_check.cpp
    cog_directories.cpp
    cog_header.cpp
    cog_levels.cpp
    cog_validator.cpp
    encoded_tile.cpp
    extent_writer.cpp
    gdal_setup.cpp
    geo_template.cpp
    ghost_area.cpp
    local_target.cpp
    output_place.cpp
    output_target.cpp
    partial_folder.cpp
    piece_path.cpp
    posix_file.cpp
    preview.cpp
    quicklook.cpp
    sidecars.cpp
    template_colours.cpp
    template_metadata.cpp
    tile_store.cpp
    vrt_writer.cpp
  PUBLIC cogmill_kernels cogmill_partition cogmill_report
  PRIVATE cogmill_io_read GDAL::GDAL TBB::tbb)
