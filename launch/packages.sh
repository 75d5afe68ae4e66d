# shellcheck shell=bash disable=SC2034
# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
# What launch/setup installs, by its names on Debian and Ubuntu; and, to read, by those elsewhere.

# To build and to run. GoogleTest is among them because the sample scene is made by a test tool.
build_packages=(
  g++ cmake ninja-build ccache pkg-config
  libgdal-dev gdal-bin libproj-dev libtiff-dev libdeflate-dev libisal-dev libzstd-dev zlib1g-dev
  libtbb-dev libboost-dev libspdlog-dev libfmt-dev libyaml-cpp-dev
  nlohmann-json3-dev libopenmpi-dev openmpi-bin libgtest-dev libgmock-dev
)
# To run every test, and to benchmark.
test_packages=(
  xz-utils qemu-user groff-base man-db python3 python3-gdal python3-numpy python3-venv python3-pytest python3-yaml
  libbenchmark-dev
)
# Linters: where a release does not have one, its test is skipped and says so.
lint_packages=(shellcheck clang-format-14)

# Nobody has tried these; they are a list to start from.
other_systems='
RHEL 9, Rocky or Alma with EPEL and CRB (not tried). GDAL and PROJ of EPEL 9 are older than the 3.6 and 9 that
cogmill needs: build those two, or take them from another repository.
  dnf install gcc-toolset-13-gcc-c++ cmake ninja-build ccache pkgconf-pkg-config libtiff-devel \
    libdeflate-devel isa-l-devel libzstd-devel zlib-devel tbb-devel boost-devel spdlog-devel fmt-devel \
    yaml-cpp-devel json-devel openmpi-devel gtest-devel gmock-devel xz
  then: source /opt/rh/gcc-toolset-13/enable; module load mpi/openmpi-x86_64
  for the tests too: python3-devel python3-numpy python3-pytest python3-pyyaml google-benchmark-devel ShellCheck
Spack (not tried):
  spack install gdal@3.6: +python proj@9: libtiff libdeflate isa-l zstd zlib-ng+compat intel-tbb \
    boost spdlog fmt yaml-cpp nlohmann-json openmpi googletest+gmock \
    cmake@3.25: ninja ccache pkgconf
  for the tests too: py-numpy py-pytest py-pyyaml py-rasterio benchmark
'
