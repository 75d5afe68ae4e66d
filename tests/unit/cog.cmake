# What is written around the tiles: metadata tags, VRT, quicklook; and the validator.
cogmill_add_unit_test(test_geo_template SOURCES test_geo_template.cpp
  LIBS cogmill_io_write cogmill_io_read GDAL::GDAL)
cogmill_add_unit_test(test_cog_validator SOURCES test_cog_validator.cpp
  LIBS cogmill_io_write cogmill_io_read GDAL::GDAL)
cogmill_add_unit_test(test_vrt_writer SOURCES test_vrt_writer.cpp
  LIBS cogmill_io_write cogmill_io_read GDAL::GDAL)
cogmill_add_unit_test(test_quicklook SOURCES test_quicklook.cpp
  LIBS cogmill_io_write cogmill_io_read GDAL::GDAL)
