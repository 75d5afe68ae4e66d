// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"
#include "kernels/host_device.hpp"

#include <cstdint>

namespace cogmill::kernels {

/// visit_real_type inside a kernel, which cannot throw: complex types do nothing.
template <class F>
COGMILL_HD inline void visit_type_of_pixel(DataType type, F&& f) {
  switch (type) {
    case DataType::kUInt8:
      return f(std::uint8_t{});
    case DataType::kInt8:
      return f(std::int8_t{});
    case DataType::kUInt16:
      return f(std::uint16_t{});
    case DataType::kInt16:
      return f(std::int16_t{});
    case DataType::kUInt32:
      return f(std::uint32_t{});
    case DataType::kInt32:
      return f(std::int32_t{});
    case DataType::kUInt64:
      return f(std::uint64_t{});
    case DataType::kInt64:
      return f(std::int64_t{});
    case DataType::kFloat32:
      return f(float{});
    case DataType::kFloat64:
      return f(double{});
    default:
      return;
  }
}

}  // namespace cogmill::kernels
