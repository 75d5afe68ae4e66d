// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/place.hpp"

#include "src/report/error.hpp"
#include "src/report/sizes.hpp"

#include <cstddef>
#include <cstdint>

namespace cogmill::pipeline {
namespace {

constexpr std::uint64_t kClassicLimit = 0xFFFFFFFF;  // offsets have 32 bits
constexpr std::int64_t kSaferLimit = 2'000'000'000;  // GDAL's BIGTIFF=IF_SAFER, uncompressed bytes

std::vector<partition::LevelTileBytes> empty_tables(const plan::Plan& plan) {
  std::vector<partition::LevelTileBytes> tables;
  for (const auto& level : plan.levels) {
    const auto tiles = static_cast<std::size_t>(partition::TileGrid{level, plan.tile}.count());
    const std::size_t planes =
        plan.separate_planes ? static_cast<std::size_t>(plan.image.bands) : 1;
    auto& table = tables.emplace_back();
    table.image.resize(tiles * planes);
    table.mask.resize(plan.image.mask ? tiles : 0);
  }
  return tables;
}

bool wants_bigtiff(const plan::Plan& plan) {
  if (plan.bigtiff == job::BigTiff::kYes) return true;
  return plan.bigtiff == job::BigTiff::kIfSafer &&
         plan.image.width * plan.image.height * plan.pixel_bytes() > kSaferLimit;
}

}  // namespace

std::vector<partition::LevelTileBytes> share_tile_sizes(const plan::Plan& plan,
                                                        const io::TileStore& store,
                                                        exchange::Communicator& comm) {
  auto tables = empty_tables(plan);
  for (const io::KeptTile& tile : store.tiles()) {
    auto& table = tables[static_cast<std::size_t>(tile.id.level)];
    (tile.id.mask ? table.mask : table.image)[static_cast<std::size_t>(tile.id.index)] = tile.bytes;
  }
  // Every tile has one maker; on all other ranks its entry is 0.
  for (auto& table : tables) {
    comm.all_reduce_sum(table.image);
    comm.all_reduce_sum(table.mask);
  }
  return tables;
}

HeaderBytes measure_header(io::CogStructure structure) {
  HeaderBytes bytes;
  structure.bigtiff = false;
  bytes.classic = io::header_bytes(structure);
  structure.bigtiff = true;
  bytes.big = io::header_bytes(structure);
  return bytes;
}

partition::FrameRule frame_rule(const plan::Plan& plan) {
  io::CogStructure structure;
  structure.ghost_area = plan.cog;
  structure.separate_planes = plan.separate_planes;
  structure.mask = plan.image.mask;
  return structure.frame_rule();
}

Placement place(const plan::Plan& plan, const HeaderBytes& header,
                const std::vector<partition::LevelTileBytes>& sizes) {
  const partition::FrameRule rule = frame_rule(plan);
  const auto place_at = [&](bool bigtiff, std::uint64_t data_begin) {
    return Placement{bigtiff, partition::place_tiles(sizes, rule, data_begin)};
  };
  if (wants_bigtiff(plan)) return place_at(true, header.big);
  Placement classic = place_at(false, header.classic);
  if (classic.layout.file_bytes <= kClassicLimit) return classic;
  if (plan.bigtiff != job::BigTiff::kNo) return place_at(true, header.big);
  throw report::RuntimeError(
      "the output takes " +
      report::format_size(static_cast<std::int64_t>(classic.layout.file_bytes)) +
      ", more than a Classic TIFF can hold (4.29 GB); use BIGTIFF=IF_NEEDED");
}

}  // namespace cogmill::pipeline
