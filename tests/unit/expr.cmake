# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
cogmill_add_unit_test(test_lexer SOURCES test_lexer.cpp LIBS cogmill_expr)
cogmill_add_unit_test(test_parser SOURCES test_parser.cpp LIBS cogmill_expr)
cogmill_add_unit_test(test_compile SOURCES test_compile.cpp LIBS cogmill_expr)
cogmill_add_unit_test(test_indices SOURCES test_indices.cpp test_roles.cpp LIBS cogmill_expr)
cogmill_add_unit_test(test_evaluate SOURCES test_evaluate.cpp test_evaluate_random.cpp LIBS cogmill_expr)
cogmill_add_unit_test(test_convert_plane SOURCES test_convert_plane.cpp LIBS cogmill_kernels)
cogmill_add_unit_test(test_functions SOURCES test_functions.cpp LIBS cogmill_expr)
foreach(name test_indices test_functions)
  target_compile_definitions(${name} PRIVATE COGMILL_DOCS_DIR="${PROJECT_SOURCE_DIR}/docs")
endforeach()
