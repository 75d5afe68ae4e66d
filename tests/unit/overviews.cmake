# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
cogmill_add_unit_test(test_overview
  SOURCES test_overview.cpp test_overview_blocks.cpp
  LIBS cogmill_kernels)
cogmill_add_unit_test(test_average_colours
  SOURCES test_average_colours.cpp test_colour_planes.cpp
  LIBS cogmill_kernels)
cogmill_add_unit_test(test_nodata
  SOURCES test_nodata_test.cpp test_remap_nodata.cpp test_store_rule.cpp
  LIBS cogmill_kernels)
