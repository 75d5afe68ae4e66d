// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/pack_text.hpp"
#include "tests/support/tile_cases.hpp"

#include <gtest/gtest.h>

#include <cstring>

/// The device's way to pack tiles, on the host: the same bytes as the host's own.
namespace cogmill::kernels::cuda {
namespace {

using testing_support::TileCase;

/// Memory aligned as the device's.
struct Aligned {
  explicit Aligned(std::size_t bytes) : words(bytes / 16 + 1) {}
  struct alignas(16) Word {
    std::byte bytes[16];
  };
  std::vector<Word> words;
  std::byte* data() { return words[0].bytes; }
};

std::vector<std::byte> pack_on_host(const TileCase& tiles) {
  std::vector<PackPlane> table;
  for (const ConstPlane& plane : tiles.planes()) table.push_back({plane.data, plane.stride});
  const unsigned components = is_complex(tiles.type) ? 2 : 1;
  Aligned out(static_cast<std::size_t>(tiles.tile_bytes() * tiles.run.count));
  const PackJob job = {table.data(),
                       tiles.planes()[0].width,
                       tiles.planes()[0].height,
                       tiles.run,
                       components,
                       static_cast<unsigned>(table.size()) * components,
                       out.data()};
  visit_pack(tiles.predictor, size_bytes(tiles.type) / components, job.samples,
             [&]<class T, unsigned Samples, Predictor P>() {
               for (std::int64_t tile = 0; tile < job.run.count; ++tile)
                 for (std::int64_t row = 0; row < job.run.tile_height; ++row)
                   for (std::int64_t g = 0; g < groups_of_row<T, Samples, P>(job); ++g)
                     pack_group<T, Samples, P>(job, tile, row, g);
             });
  return {out.data(), out.data() + tiles.tile_bytes() * tiles.run.count};
}

TEST(PackText, tiles_as_on_the_cpu) {
  std::mt19937 random(51);
  for (int round = 0; round < 600; ++round) {
    const TileCase tiles = testing_support::random_tiles(random, round);
    ASSERT_EQ(pack_on_host(tiles), tiles.packed())
        << "round " << round << ": " << name_of(tiles.type) << ", predictor "
        << int(tiles.predictor) << ", bands " << tiles.samples();
  }
}

TEST(PackText, masks_as_on_the_cpu) {
  std::mt19937 random(52);
  for (const std::int64_t width : {1, 7, 8, 40, 41}) {
    const TileRun run = {16, 5, (width + 15) / 16, 0, (width + 15) / 16 * 3};
    const auto mask = testing_support::random_mask(random, width, 13, width + 2);
    for (std::int64_t tile = 0; tile < run.count; ++tile) {
      const TileWindow w = window_of(run, tile, width, 13);
      std::vector<std::byte> expected(10), got(10);
      pack_mask_bits(mask.plane().crop(w.col, w.row, w.width, w.height), 16, 5, expected);
      for (std::int64_t i = 0; i < 10; ++i)
        got[static_cast<std::size_t>(i)] = static_cast<std::byte>(
            mask_bits(mask.plane().as<std::uint8_t>().data, width + 2, w, i / 2, i % 2));
      EXPECT_EQ(got, expected) << width << " tile " << tile;
    }
  }
}

bool constant_on_host(const TileCase& tiles, std::int64_t tile, std::size_t plane,
                      const std::byte* pixel) {
  const ConstPlane p = tiles.planes()[plane];
  const TileWindow window = window_of(tiles.run, tile, p.width, p.height);
  PixelPattern pattern;
  std::memcpy(pattern.words, pixel, static_cast<std::size_t>(size_bytes(p.type)));
  bool any = false;
  visit_parts(size_bytes(p.type), [&]<class T, unsigned Parts>() {
    for (std::int64_t row = 0; row < window.height; ++row)
      for (std::int64_t at = 0; at < window.width * Parts; at += kCompared<T>)
        any = any || differs<T, Parts>({p.data, p.stride}, pattern, window, row, at);
  });
  return !any;
}

TEST(PackText, constant_tiles_as_on_the_cpu) {
  std::mt19937 random(53);
  int constant = 0;
  for (int round = 0; round < 300; ++round) {
    TileCase tiles = testing_support::random_tiles(random, round);
    const auto bytes = static_cast<std::size_t>(size_bytes(tiles.type));
    for (auto& plane : tiles.memory) {  // one pixel everywhere, but perhaps in one place
      auto& all = plane.bytes();
      for (std::size_t i = bytes; i < all.size(); ++i) all[i] = all[i - bytes];
      if (random() % 2 == 0) all[random() % all.size()] ^= std::byte{1};
    }
    for (std::int64_t t = 0; t < tiles.run.count; ++t) {
      const auto cropped = tiles.tile(tiles.run.first + t);
      for (std::size_t p = 0; p < cropped.size(); ++p) {
        const auto* pixel = tiles.memory[p].bytes().data() + bytes;
        const bool expected = is_constant(cropped[p], pixel);
        constant += expected;
        ASSERT_EQ(constant_on_host(tiles, tiles.run.first + t, p, pixel), expected) << round;
      }
    }
  }
  EXPECT_GT(constant, 100);
}

}  // namespace
}  // namespace cogmill::kernels::cuda
