# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
cogmill_add_unit_test(test_creation_options SOURCES test_creation_options.cpp
  LIBS cogmill_job cogmill_report)
foreach(command calc convert files mosaic options warp)
  cogmill_add_unit_test(test_parse_${command} SOURCES test_parse_${command}.cpp
    LIBS cogmill_cli_parse cogmill_report)
endforeach()
cogmill_add_unit_test(test_option_texts SOURCES test_option_texts.cpp
  LIBS cogmill_cli_parse cogmill_report)
