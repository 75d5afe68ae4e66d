# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
cogmill_add_unit_test(test_warp
  SOURCES test_coordinate_map.cpp test_warp_blocks.cpp test_warp_masks.cpp test_warp_rules.cpp test_warp_values.cpp
          warp_image.cpp warp_oracle.cpp
  LIBS cogmill_kernels)
