# Coordinates: transformers, control grids, output grids.
foreach(name test_cutline test_pixel_transformer test_control_grid test_target_grid
             test_map_cut test_natural_extent test_operation_report test_scale_overview test_source_models)
  cogmill_add_unit_test(${name} SOURCES ${name}.cpp
    LIBS cogmill_crs cogmill_io_read GDAL::GDAL TBB::tbb Threads::Threads)
endforeach()
