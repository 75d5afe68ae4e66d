# Reading: the tile reader, its GDAL fallback, and what a file says of itself.
cogmill_add_library(io_read
  SOURCES
    block_cache.cpp
    block_decoder.cpp
    byte_reader.cpp
    fast_path.cpp
    fill_pixel.cpp
    gdal_check.cpp
    gdal_facts.cpp
    gdal_open.cpp
    gdal_source.cpp
    gdal_types.cpp
    index_terms.cpp
    lib_tiff.cpp
    open_source.cpp
    pixel_block.cpp
    scene_info.cpp
    scene_info_json.cpp
    scene_meaning.cpp
    source_list.cpp
    source_list_index.cpp
    source_list_stac.cpp
    source_list_text.cpp
    source_list_vrt.cpp
    tiff_directory.cpp
    tiff_images.cpp
    tiff_raw.cpp
    tiff_source.cpp
    tiff_tags.cpp
    tiff_walk.cpp
    tiff_window.cpp
    tile_index.cpp
    validity.cpp
    zero_corners.cpp
  PUBLIC cogmill_kernels cogmill_partition cogmill_report
  PRIVATE GDAL::GDAL TIFF::TIFF TBB::tbb nlohmann_json::nlohmann_json)
