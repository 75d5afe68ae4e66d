// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <type_traits>
#include <vector>

namespace cogmill::kernels {

/// Red, green, blue, alpha.
using Colour = std::array<std::uint8_t, 4>;
/// Red, green and blue, 0 to 255 each.
using Rgb = std::array<int, 3>;

/// The number that a pixel is; -1 if it is none that a colour table may have.
template <class T>
std::int64_t number_of(T pixel) {
  constexpr double kMost = 65535;
  const auto value = static_cast<double>(pixel);
  const bool whole = value >= 0 && value <= kMost && value == std::floor(value);
  return whole ? static_cast<std::int64_t>(value) : -1;
}

/// @return the number that stands for no data; -1 if none does
inline std::int64_t number_without_data(const std::optional<Nodata>& nodata) {
  return nodata ? number_of(nodata->as_double()) : -1;
}

/// The entries of a colour table: which are colours, and which is nearest to one. Entries of alpha
/// 0 are none.
class ColourEntries {
 public:
  /// @param left_out numbers that are no colours either; -1 is no number
  ColourEntries(std::span<const Colour> table, std::span<const std::int64_t> left_out);

  bool empty() const { return search_end_ == 0; }  ///< of colours
  bool is_colour(std::int64_t entry) const {
    return entry >= 0 && entry < static_cast<std::int64_t>(is_colour_.size()) &&
           is_colour_[static_cast<std::size_t>(entry)];
  }
  const Colour& operator[](std::int64_t entry) const {
    return table_[static_cast<std::size_t>(entry)];
  }
  /// @return square of the distance between an entry and a colour
  int distance(std::int64_t entry, const Rgb& rgb) const {
    int sum = 0;
    for (std::size_t c = 0; c < 3; ++c)
      sum += (rgb[c] - (*this)[entry][c]) * (rgb[c] - (*this)[entry][c]);
    return sum;
  }
  /// @return the nearest colour, the first of several   @pre not empty
  std::int64_t nearest(const Rgb& rgb) const;

 private:
  std::vector<Colour> table_;
  std::vector<bool> is_colour_;
  std::size_t search_end_ = 0;  ///< entries from here on are nearest to nothing
};

/// The entries whose numbers a pixel of type T can be.
template <class T>
std::span<const Colour> entries_of_type(std::span<const Colour> table) {
  if constexpr (std::is_integral_v<T> && sizeof(T) <= 2) {
    constexpr auto most = static_cast<std::size_t>(std::numeric_limits<T>::max()) + 1;
    if (table.size() > most) return table.first(most);
  }
  return table;
}

/// Finds nearest colours, and remembers what it found: neighbours are alike. Of one thread.
class NearestColour {
 public:
  /// @pre the entries outlive this, and are not empty when find() is called
  explicit NearestColour(const ColourEntries& entries) : entries_(entries), known_(kKnown) {}

  std::int64_t find(const Rgb& rgb) {
    const int key = (rgb[0] << 16) | (rgb[1] << 8) | rgb[2];
    Known& known = known_[static_cast<std::size_t>((rgb[0] * 31 + rgb[1]) * 31 + rgb[2]) % kKnown];
    if (known.key != key) known = {key, entries_.nearest(rgb)};
    return known.entry;
  }

 private:
  static constexpr std::size_t kKnown = 4093;
  struct Known {
    int key = -1;
    std::int64_t entry = 0;
  };
  const ColourEntries& entries_;
  std::vector<Known> known_;
};

}  // namespace cogmill::kernels
