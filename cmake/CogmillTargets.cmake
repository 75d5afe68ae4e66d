# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
# Warnings and flags that every target of cogmill shares.
add_library(cogmill_flags INTERFACE)
target_compile_features(cogmill_flags INTERFACE cxx_std_20)
target_include_directories(cogmill_flags INTERFACE ${PROJECT_SOURCE_DIR})
# One arithmetic for every backend: no fused multiply-add behind our back.
target_compile_options(cogmill_flags INTERFACE
  "$<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wshadow;-Wconversion;-Wsign-conversion;-ffp-contract=off>"
  $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-restrict>  # false alarms of g++ 12 on std::string (GCC bug 105329)
  "$<$<COMPILE_LANGUAGE:CUDA>:--fmad=false;--expt-relaxed-constexpr;--diag-suppress=554;-Xcompiler=-Wall,-Wextra,-ffp-contract=off>"
  "$<$<BOOL:${COGMILL_WERROR}>:$<IF:$<COMPILE_LANGUAGE:CUDA>,-Werror=all-warnings,-Werror>>")
if(COGMILL_SANITIZE)
  target_compile_options(cogmill_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_link_options(cogmill_flags INTERFACE -fsanitize=address,undefined)
endif()

# cogmill_add_library(io SOURCES a.cpp ... PUBLIC t1 ... PRIVATE t2 ...)
# One static library per folder, so that a forbidden include also fails to link.
function(cogmill_add_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(cogmill_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(cogmill_${name} PUBLIC cogmill_flags ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()
