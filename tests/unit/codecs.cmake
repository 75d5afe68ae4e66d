# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
cogmill_add_unit_test(test_codec
  SOURCES test_codec.cpp test_codec_damage.cpp test_codec_libtiff.cpp
  LIBS cogmill_kernels TIFF::TIFF)
cogmill_add_unit_test(test_isal_deflate SOURCES test_isal_deflate.cpp
  LIBS cogmill_kernels cogmill_libdeflate ZLIB::ZLIB)
cogmill_add_unit_test(test_predictor SOURCES test_predictor.cpp LIBS cogmill_kernels TIFF::TIFF)
cogmill_add_unit_test(test_tile_pack SOURCES test_tile_pack.cpp LIBS cogmill_kernels)
cogmill_add_unit_test(test_statistics SOURCES test_statistics.cpp LIBS cogmill_kernels)
