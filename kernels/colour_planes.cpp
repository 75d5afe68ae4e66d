// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/colour_planes.hpp"

namespace cogmill::kernels {
namespace {

/// Rows of Byte planes.
struct ColourRows {
  ColourRows(const ColourPlanes& planes, std::int64_t row)
      : valid(planes.valid.as<std::uint8_t>().row(row)) {
    for (std::size_t c = 0; c < 3; ++c) rgb[c] = planes.rgb[c].as<std::uint8_t>().row(row);
  }
  std::array<std::uint8_t*, 3> rgb{};
  std::uint8_t* valid;
};

template <class T>
void split_row(const ColourEntries& entries, const T* numbers, const std::uint8_t* valid,
               std::int64_t width, const ColourRows& out) {
  constexpr Colour kNone{};
  for (std::int64_t i = 0; i < width; ++i) {
    const std::int64_t entry = number_of(numbers[i]);
    const bool ok = (valid == nullptr || valid[i] != 0) && entries.is_colour(entry);
    const Colour& colour = ok ? entries[entry] : kNone;
    for (std::size_t c = 0; c < 3; ++c) out.rgb[c][i] = colour[c];
    out.valid[i] = ok ? 255 : 0;
  }
}

template <class T>
void join_row(const ColourTables& tables, NearestColour& nearest, const ColourRows& colours,
              std::int64_t width, T* numbers, std::uint8_t* valid) {
  for (std::int64_t i = 0; i < width; ++i) {
    const std::int64_t picked = valid[i] != 0 ? number_of(numbers[i]) : -1;
    if (colours.valid[i] == 0) {  // what has a colour here has no weight
      if (tables.read.is_colour(picked)) valid[i] = 0;
      continue;
    }
    const Rgb rgb{colours.rgb[0][i], colours.rgb[1][i], colours.rgb[2][i]};
    const std::int64_t found = nearest.find(rgb);
    valid[i] = 255;
    const bool stays = tables.stored.is_colour(picked) &&
                       tables.stored.distance(picked, rgb) == tables.stored.distance(found, rgb);
    if (!stays) numbers[i] = static_cast<T>(found);
  }
}

}  // namespace

void split_colours(const ColourTables& tables, ConstPlane numbers, ConstPlane valid,
                   const ColourPlanes& colours) {
  visit_real_type(numbers.type, [&]<class T>(T) {
    for (std::int64_t row = 0; row < numbers.height; ++row)
      split_row(tables.read, numbers.as<T>().row(row),
                valid.data == nullptr ? nullptr : valid.as<std::uint8_t>().row(row), numbers.width,
                ColourRows(colours, row));
  });
}

void join_colours(const ColourTables& tables, const ColourPlanes& colours, Plane numbers,
                  Plane valid) {
  if (tables.stored.empty()) return;
  NearestColour nearest(tables.stored);
  visit_real_type(numbers.type, [&]<class T>(T) {
    for (std::int64_t row = 0; row < numbers.height; ++row)
      join_row(tables, nearest, ColourRows(colours, row), numbers.width, numbers.as<T>().row(row),
               valid.as<std::uint8_t>().row(row));
  });
}

}  // namespace cogmill::kernels
