# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
cogmill_add_unit_test(test_interrupt SOURCES test_interrupt.cpp LIBS cogmill_report)
cogmill_add_unit_test(test_log SOURCES test_log.cpp LIBS cogmill_report)
cogmill_add_unit_test(test_name_beside SOURCES test_name_beside.cpp LIBS cogmill_report)
cogmill_add_unit_test(test_nearest SOURCES test_nearest.cpp LIBS cogmill_report)
cogmill_add_unit_test(test_progress SOURCES test_progress.cpp
  LIBS cogmill_report nlohmann_json::nlohmann_json)
cogmill_add_unit_test(test_record SOURCES test_record.cpp LIBS cogmill_report yaml-cpp)
cogmill_add_unit_test(test_resources SOURCES test_resources.cpp LIBS cogmill_report)
cogmill_add_unit_test(test_sizes SOURCES test_sizes.cpp LIBS cogmill_report)
cogmill_add_unit_test(test_trace SOURCES test_trace.cpp
  LIBS cogmill_report nlohmann_json::nlohmann_json)
