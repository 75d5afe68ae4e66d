# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
# The CUDA backend: ON, OFF, or AUTO where nvcc is found. The runtime is linked statically and looks for the driver when
# it is first asked, so that the program starts on machines with neither.
set(COGMILL_CUDA AUTO CACHE STRING "Build the CUDA backend: ON, OFF, or AUTO where nvcc is found")
set_property(CACHE COGMILL_CUDA PROPERTY STRINGS AUTO ON OFF)
# Machine code for Turing, Ampere and Ada (one), and Hopper; the last also as PTX for what comes after it.
set(COGMILL_CUDA_ARCHITECTURES "75-real;80-real;90" CACHE STRING "What CUDA code is built for")

if(COGMILL_CUDA)
  find_program(COGMILL_NVCC nvcc HINTS ENV CUDA_HOME ENV CUDA_PATH PATHS /usr/local/cuda PATH_SUFFIXES bin)
  if(NOT COGMILL_NVCC AND NOT COGMILL_CUDA STREQUAL "AUTO")
    message(FATAL_ERROR "COGMILL_CUDA=${COGMILL_CUDA}, but there is no nvcc: install CUDA 12.2 or newer, or set CUDA_HOME")
  endif()
endif()
if(COGMILL_CUDA AND COGMILL_NVCC)
  set(COGMILL_HAS_CUDA ON)
  set(CMAKE_CUDA_ARCHITECTURES ${COGMILL_CUDA_ARCHITECTURES})
  if(NOT CMAKE_CUDA_COMPILER)
    set(CMAKE_CUDA_COMPILER ${COGMILL_NVCC})
  endif()
  enable_language(CUDA)
  set(CMAKE_CUDA_FLAGS_RELEASE "-O3 -DNDEBUG")
  if(NOT DEFINED CMAKE_CUDA20_STANDARD_COMPILE_OPTION)  # CMake 3.25 does not know that nvcc 12 knows C++20
    set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION -std=c++20)
    set(CMAKE_CUDA20_EXTENSION_COMPILE_OPTION -std=c++20)
    list(APPEND CMAKE_CUDA_COMPILE_FEATURES cuda_std_20)
  endif()
  find_package(CUDAToolkit 12.2 REQUIRED)
  message(STATUS "CUDA backend: on, for ${CMAKE_CUDA_ARCHITECTURES}")
else()
  set(COGMILL_HAS_CUDA OFF)
  message(STATUS "CUDA backend: off")
endif()
