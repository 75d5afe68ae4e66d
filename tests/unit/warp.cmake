# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
cogmill_add_unit_test(test_warp
  SOURCES test_coordinate_map.cpp test_warp_blocks.cpp test_warp_gap.cpp test_warp_masks.cpp test_warp_rules.cpp
          test_warp_values.cpp
          warp_image.cpp warp_oracle.cpp
  LIBS cogmill_kernels)
cogmill_add_unit_test(test_warp_pixels SOURCES test_warp_pixels.cpp warp_cases.cpp warp_image.cpp LIBS cogmill_kernels)
cogmill_add_unit_test(test_warp_pieces SOURCES test_warp_pieces.cpp LIBS cogmill_warp)
cogmill_add_unit_test(test_alignment SOURCES test_alignment.cpp LIBS cogmill_plan cogmill_warp cogmill_report)
cogmill_add_unit_test(test_mosaic_parts SOURCES test_mosaic_parts.cpp
  LIBS cogmill_warp TBB::tbb Threads::Threads)
