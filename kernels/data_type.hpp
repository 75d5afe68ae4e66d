// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace cogmill::kernels {

/// Pixel types: those of GDAL 3.6, and signed bytes.
enum class DataType : std::uint8_t {
  kUInt8,
  kInt8,
  kUInt16,
  kInt16,
  kUInt32,
  kInt32,
  kUInt64,
  kInt64,
  kFloat32,
  kFloat64,
  kCInt16,
  kCInt32,
  kCFloat32,
  kCFloat64,
};

inline constexpr int kDataTypeCount = 14;

struct DataTypeTraits {
  std::string_view name;  ///< GDAL's name
  std::int64_t bytes;     ///< size of one pixel of one band
  bool floating;          ///< IEEE float, or a complex of them
  bool is_signed;
  bool complex;
};

inline constexpr std::array<DataTypeTraits, kDataTypeCount> kDataTypeTraits = {{
    {"Byte", 1, false, false, false},
    {"Int8", 1, false, true, false},
    {"UInt16", 2, false, false, false},
    {"Int16", 2, false, true, false},
    {"UInt32", 4, false, false, false},
    {"Int32", 4, false, true, false},
    {"UInt64", 8, false, false, false},
    {"Int64", 8, false, true, false},
    {"Float32", 4, true, true, false},
    {"Float64", 8, true, true, false},
    {"CInt16", 4, false, true, true},
    {"CInt32", 8, false, true, true},
    {"CFloat32", 8, true, true, true},
    {"CFloat64", 16, true, true, true},
}};

constexpr const DataTypeTraits& traits(DataType type) {
  return kDataTypeTraits[static_cast<std::size_t>(type)];
}
constexpr std::int64_t size_bytes(DataType type) { return traits(type).bytes; }
constexpr std::string_view name_of(DataType type) { return traits(type).name; }
constexpr bool is_complex(DataType type) { return traits(type).complex; }
constexpr bool is_floating(DataType type) { return traits(type).floating; }
constexpr bool is_integer(DataType type) { return !traits(type).floating && !traits(type).complex; }

/// @return the type of the two parts of a complex type; of a real one itself
constexpr DataType component_of(DataType type) {
  switch (type) {
    case DataType::kCInt16:
      return DataType::kInt16;
    case DataType::kCInt32:
      return DataType::kInt32;
    case DataType::kCFloat32:
      return DataType::kFloat32;
    case DataType::kCFloat64:
      return DataType::kFloat64;
    default:
      return type;
  }
}

/// @return the type GDAL calls `name` ("Byte" and "UInt8" are one), or nothing.
constexpr std::optional<DataType> data_type_from_name(std::string_view name) {
  if (name == "UInt8") return DataType::kUInt8;
  for (std::size_t i = 0; i < kDataTypeTraits.size(); ++i)
    if (kDataTypeTraits[i].name == name) return static_cast<DataType>(i);
  return std::nullopt;
}

/// Calls `f(T{})` with the C++ type of a real (not complex) pixel type, on the host. @throws
/// std::invalid_argument for a complex type.
template <class F>
decltype(auto) visit_real_type(DataType type, F&& f) {
  switch (type) {
    case DataType::kUInt8:
      return std::forward<F>(f)(std::uint8_t{});
    case DataType::kInt8:
      return std::forward<F>(f)(std::int8_t{});
    case DataType::kUInt16:
      return std::forward<F>(f)(std::uint16_t{});
    case DataType::kInt16:
      return std::forward<F>(f)(std::int16_t{});
    case DataType::kUInt32:
      return std::forward<F>(f)(std::uint32_t{});
    case DataType::kInt32:
      return std::forward<F>(f)(std::int32_t{});
    case DataType::kUInt64:
      return std::forward<F>(f)(std::uint64_t{});
    case DataType::kInt64:
      return std::forward<F>(f)(std::int64_t{});
    case DataType::kFloat32:
      return std::forward<F>(f)(float{});
    case DataType::kFloat64:
      return std::forward<F>(f)(double{});
    default:
      throw std::invalid_argument("a complex pixel type has no real arithmetic");
  }
}

/// Calls `f(T{})` with an unsigned integer as wide as the pixel type, to move pixels without
/// looking at them. 16-byte pixels are moved as `Pixel16`.
struct Pixel16 {
  std::uint64_t lo, hi;
  friend bool operator==(const Pixel16&, const Pixel16&) = default;
};
template <class F>
decltype(auto) visit_pixel_size(std::int64_t bytes, F&& f) {
  switch (bytes) {
    case 1:
      return std::forward<F>(f)(std::uint8_t{});
    case 2:
      return std::forward<F>(f)(std::uint16_t{});
    case 4:
      return std::forward<F>(f)(std::uint32_t{});
    case 8:
      return std::forward<F>(f)(std::uint64_t{});
    case 16:
      return std::forward<F>(f)(Pixel16{});
    default:
      throw std::invalid_argument("a pixel has 1, 2, 4, 8 or 16 bytes");
  }
}

}  // namespace cogmill::kernels
