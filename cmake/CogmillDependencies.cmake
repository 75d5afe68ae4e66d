# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
# Every third-party part, found once. What is missing is installed by launch/setup.
set(MPI_CXX_SKIP_MPICXX ON)
find_package(ZLIB REQUIRED)
find_package(MPI REQUIRED COMPONENTS CXX)
find_package(GDAL 3.6 REQUIRED)
find_package(TIFF REQUIRED)
find_package(TBB REQUIRED)
find_package(Boost REQUIRED COMPONENTS program_options)
find_package(spdlog REQUIRED)
find_package(yaml-cpp REQUIRED)
if(NOT TARGET yaml-cpp AND TARGET yaml-cpp::yaml-cpp)
  add_library(yaml-cpp ALIAS yaml-cpp::yaml-cpp)  # 0.8 has only the longer name
endif()
find_package(nlohmann_json REQUIRED)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
find_library(LIBDEFLATE_LIBRARY deflate REQUIRED)
find_path(LIBDEFLATE_INCLUDE_DIR libdeflate.h REQUIRED)
add_library(cogmill_libdeflate INTERFACE)
target_link_libraries(cogmill_libdeflate INTERFACE ${LIBDEFLATE_LIBRARY})
target_include_directories(cogmill_libdeflate SYSTEM INTERFACE ${LIBDEFLATE_INCLUDE_DIR})
