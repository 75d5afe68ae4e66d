// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/byte_reader.hpp"
#include "src/io/cog_levels.hpp"
#include "src/io/tiff_tags.hpp"
#include "src/io/tiff_walk.hpp"

#include <cpl_string.h>
#include <gdal_priv.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace cogmill::tests {

/// @throws std::runtime_error if a call of GDAL failed
inline void require(CPLErr status) {
  if (status != CE_None) throw std::runtime_error(CPLGetLastErrorMsg());
}

/// A UInt16 image in memory whose pixels no codec can make very small. Masked: column 0 is invalid.
inline GDALDatasetUniquePtr make_image(int width, int height, int bands, bool mask) {
  GDALDatasetUniquePtr image(GetGDALDriverManager()->GetDriverByName("MEM")->Create(
      "", width, height, bands, GDT_UInt16, nullptr));
  std::vector<std::uint16_t> row(static_cast<std::size_t>(width));
  std::uint32_t state = 1;
  for (int band = 1; band <= bands; ++band)
    for (int y = 0; y < height; ++y) {
      for (auto& pixel : row) {
        state = state * 1664525U + 1013904223U;
        pixel = static_cast<std::uint16_t>(state >> 20);
      }
      require(image->GetRasterBand(band)->RasterIO(GF_Write, 0, y, width, 1, row.data(), width, 1,
                                                   GDT_UInt16, 0, 0, nullptr));
    }
  if (mask) {
    require(image->CreateMaskBand(GMF_PER_DATASET));
    GDALRasterBand* band = image->GetRasterBand(1)->GetMaskBand();
    std::vector<std::uint8_t> line(static_cast<std::size_t>(width), 255);
    line[0] = 0;
    for (int y = 0; y < height; ++y)
      require(
          band->RasterIO(GF_Write, 0, y, width, 1, line.data(), width, 1, GDT_Byte, 0, 0, nullptr));
  }
  return image;
}

/// Lets a driver of GDAL write the image. @return false if it failed
inline bool write_image(const std::string& path, GDALDataset& image, const char* driver,
                        const std::vector<const char*>& options) {
  CPLStringList list;
  for (const char* option : options) list.AddString(option);
  const GDALDatasetUniquePtr written(GetGDALDriverManager()->GetDriverByName(driver)->CreateCopy(
      path.c_str(), &image, FALSE, list.List(), nullptr, nullptr));
  return written != nullptr;
}

/// The bytes of a little-endian Classic COG, to be damaged in one place.
class CogBytes {
 public:
  explicit CogBytes(const std::string& path)
      : file_(io::ByteReader::open(path)), walk_(*file_), levels_(io::read_cog_levels(walk_)) {
    std::ifstream in(path, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(in), {});
  }
  std::string& bytes() { return bytes_; }
  const io::TiffWalk& walk() const { return walk_; }
  const io::CogLevels& levels() const { return levels_; }

  void put(std::uint64_t at, std::uint64_t value, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i)
      bytes_.at(at + i) = static_cast<char>((value >> (8 * i)) & 0xFF);
  }
  void flip(std::uint64_t at) { bytes_.at(at) = static_cast<char>(bytes_.at(at) ^ 1); }
  void replace(const std::string& from, const std::string& to) {
    bytes_.replace(bytes_.find(from), from.size(), to);
  }
  /// Where directory `i` says which one follows.
  std::uint64_t next_link(std::size_t i) const {
    const io::TiffEntries& directory = walk_.directories()[i];
    return static_cast<std::uint64_t>(directory.offset) + 2 + directory.entries.size() * 12;
  }
  std::uint64_t ifd(std::size_t i) const {
    return static_cast<std::uint64_t>(walk_.directories()[i].offset);
  }
  /// Sets one value of an array of 32-bit numbers.
  void set_number(std::size_t directory, std::uint16_t tag, std::size_t index,
                  std::uint64_t value) {
    const io::TiffEntry* entry = walk_.directories()[directory].find(tag);
    const std::size_t width = entry->type == 3 ? 2 : 4;
    put(entry->value_at + index * width, value, width);
  }
  void save(const std::string& path) const {
    std::ofstream(path, std::ios::binary)
        .write(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
  }

 private:
  std::shared_ptr<io::ByteReader> file_;
  io::TiffWalk walk_;
  io::CogLevels levels_;
  std::string bytes_;
};

}  // namespace cogmill::tests
