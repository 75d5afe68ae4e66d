# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
# The text of the CUDA kernels, run on the host: needs neither nvcc nor a GPU.
cogmill_add_unit_test(test_quad_machine SOURCES test_quad_machine.cpp LIBS cogmill_kernels)
cogmill_add_unit_test(test_pack_text SOURCES test_pack_text.cpp LIBS cogmill_kernels)
cogmill_add_unit_test(test_unpack_text SOURCES test_unpack_text.cpp LIBS cogmill_kernels)
cogmill_add_unit_test(test_overview_text SOURCES test_overview_text.cpp LIBS cogmill_kernels)
cogmill_add_unit_test(test_statistics_text SOURCES test_statistics_text.cpp LIBS cogmill_kernels)
