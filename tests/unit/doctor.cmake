# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
cogmill_add_unit_test(test_pci_slot SOURCES test_pci_slot.cpp LIBS cogmill_gpu)
cogmill_add_unit_test(test_architectures SOURCES test_architectures.cpp LIBS cogmill_gpu)
foreach(name check_gpu check_host doctor_merge file_system)
  cogmill_add_unit_test(test_${name} SOURCES test_${name}.cpp LIBS cogmill_doctor)
endforeach()
# What NVIDIA's libraries would say, for machines that have none.
add_library(fake_gpu_libraries MODULE fake_gpu_libraries.cpp)
target_link_libraries(fake_gpu_libraries PRIVATE cogmill_flags)
cogmill_add_unit_test(test_device_use SOURCES test_device_use.cpp LIBS cogmill_gpu)
add_dependencies(test_device_use fake_gpu_libraries)
target_compile_definitions(test_device_use PRIVATE
  COGMILL_FAKE_GPU_LIBRARIES="$<TARGET_FILE:fake_gpu_libraries>")
