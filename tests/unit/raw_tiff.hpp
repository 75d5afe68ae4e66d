// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/temp_dir.hpp"

#include <tiffio.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace cogmill::tests {

/// A TIFF of a single square tile, to exchange pixels and compressed bytes with libtiff.
struct RawTiff {
  std::uint16_t compression = COMPRESSION_NONE;
  std::uint16_t predictor = 1;
  std::uint16_t bits = 8;
  std::uint16_t samples = 1;
  std::uint16_t format = SAMPLEFORMAT_UINT;
  std::uint32_t size = 64;  ///< [px], a multiple of 16

  std::size_t bytes() const { return std::size_t{size} * size * samples * bits / 8; }

  /// libtiff compresses the pixels. @return the bytes of the tile in the file
  std::vector<std::byte> compress(std::vector<std::byte> pixels) const {
    const TempDir folder;
    const auto path = folder.file("tile.tif");
    {
      const auto tiff = create(path);
      require(TIFFWriteEncodedTile(tiff.get(), 0, pixels.data(), size_of(pixels)), "write");
    }
    const auto tiff = open(path, "r");
    std::vector<std::byte> packed(TIFFGetStrileByteCount(tiff.get(), 0));
    require(TIFFReadRawTile(tiff.get(), 0, packed.data(), size_of(packed)), "read");
    return packed;
  }

  /// libtiff decompresses a tile. @return its pixels
  std::vector<std::byte> decompress(std::vector<std::byte> packed) const {
    const TempDir folder;
    const auto path = folder.file("tile.tif");
    {
      const auto tiff = create(path);
      require(TIFFWriteRawTile(tiff.get(), 0, packed.data(), size_of(packed)), "write");
    }
    const auto tiff = open(path, "r");
    std::vector<std::byte> pixels(bytes());
    require(TIFFReadEncodedTile(tiff.get(), 0, pixels.data(), size_of(pixels)), "read");
    return pixels;
  }

 private:
  struct Close {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
  };
  using Handle = std::unique_ptr<TIFF, Close>;

  static tmsize_t size_of(const std::vector<std::byte>& v) {
    return static_cast<tmsize_t>(v.size());
  }
  static void require(tmsize_t result, const char* verb) {
    if (result < 0) throw std::runtime_error(std::string("libtiff cannot ") + verb + " the tile");
  }
  static Handle open(const std::string& path, const char* mode) {
    Handle tiff(TIFFOpen(path.c_str(), mode));
    if (!tiff) throw std::runtime_error("libtiff cannot open " + path);
    return tiff;
  }
  Handle create(const std::string& path) const {
    Handle tiff = open(path, "w");
    TIFFSetField(tiff.get(), TIFFTAG_IMAGEWIDTH, size);
    TIFFSetField(tiff.get(), TIFFTAG_IMAGELENGTH, size);
    TIFFSetField(tiff.get(), TIFFTAG_TILEWIDTH, size);
    TIFFSetField(tiff.get(), TIFFTAG_TILELENGTH, size);
    TIFFSetField(tiff.get(), TIFFTAG_BITSPERSAMPLE, bits);
    TIFFSetField(tiff.get(), TIFFTAG_SAMPLESPERPIXEL, samples);
    TIFFSetField(tiff.get(), TIFFTAG_SAMPLEFORMAT, format);
    TIFFSetField(tiff.get(), TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff.get(), TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    if (TIFFSetField(tiff.get(), TIFFTAG_COMPRESSION, compression) != 1)
      throw std::runtime_error("libtiff lacks a codec");
    const std::vector<std::uint16_t> extra(samples - 1u, EXTRASAMPLE_UNSPECIFIED);
    if (samples > 1) TIFFSetField(tiff.get(), TIFFTAG_EXTRASAMPLES, samples - 1, extra.data());
    if (predictor != 1) TIFFSetField(tiff.get(), TIFFTAG_PREDICTOR, predictor);
    return tiff;
  }
};

}  // namespace cogmill::tests
