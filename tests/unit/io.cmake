# Reading: TIFF directories, the tile reader, the GDAL fallback, and scene descriptions.
foreach(name test_tiff_directory test_tiff_source test_tiff_overview test_tiff_damage test_tiff_fuzz test_gdal_source
             test_crs_text test_scene_info test_source_list test_byte_reader test_raw_source)
  cogmill_add_unit_test(${name} SOURCES ${name}.cpp
    LIBS cogmill_io_read GDAL::GDAL TIFF::TIFF TBB::tbb Threads::Threads)
endforeach()
