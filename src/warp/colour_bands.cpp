// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/colour_bands.hpp"

#include "src/io/color_table.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cogmill::warp {
namespace {

using kernels::ColourEntries;
using kernels::ColourPlanes;
using kernels::DataType;
using kernels::Plane;
using kernels::WarpBand;
using kernels::WarpResampling;

const std::optional<ColourSource>* find(const WarpSetup& setup, int band) {
  const auto place = static_cast<std::size_t>(band) - 1;
  return place < setup.colours.size() && setup.colours[place] ? &setup.colours[place] : nullptr;
}

std::optional<kernels::Nodata> nodata_at(const std::vector<std::optional<kernels::Nodata>>& nodata,
                                         std::size_t place) {
  return place < nodata.size() ? nodata[place] : std::nullopt;
}

/// Nodata values are no colours, and no result of a mixture.
kernels::ColourTables read_tables(const WarpSetup& setup, std::size_t place) {
  const ColourSource& source = *setup.colours[place];
  const auto table = io::read_color_table(source.path, source.band);
  const auto stored_nodata =
      source.stored_nodata ? source.stored_nodata : nodata_at(setup.dst_nodata, place);
  const std::array<std::int64_t, 2> left_out{
      kernels::number_without_data(nodata_at(setup.src_nodata, place)),
      kernels::number_without_data(stored_nodata)};
  return kernels::visit_real_type(setup.scene.bands[place].type, [&]<class T>(T) {
    const auto entries = kernels::entries_of_type<T>(table);
    return kernels::ColourTables{ColourEntries(entries, std::span(left_out).first(1)),
                                 ColourEntries(entries, left_out)};
  });
}

/// The planes of colour band k among those of all.
ColourPlanes planes_of(std::span<const Plane> all, std::size_t k) {
  return {{all[4 * k], all[4 * k + 1], all[4 * k + 2]}, all[4 * k + 3]};
}

/// The method that finds a number under each pixel that `kernel` makes.
kernels::WarpKernel picking(kernels::WarpKernel kernel) {
  kernel.resampling =
      kernels::takes_boxes(kernel.resampling) ? WarpResampling::kMode : WarpResampling::kNearest;
  return kernel;
}

void add_channels(const WarpBand& band, const ColourPlanes& from, const ColourPlanes& to,
                  std::vector<WarpBand>& bands) {
  for (std::size_t c = 0; c < 3; ++c) {
    WarpBand channel = band;  // its density
    channel.source = from.rgb[c];
    channel.source_valid = from.valid;
    channel.target = to.rgb[c];
    channel.target_valid = c == 0 ? to.valid : Plane{};  // it is one for all three
    bands.push_back(channel);
  }
}

}  // namespace

ColourBands::ColourBands(const WarpSetup& setup) {
  for (std::size_t place = 0; place < setup.colours.size(); ++place) {
    auto& tables = tables_.emplace_back();
    if (setup.colours[place]) tables = read_tables(setup, place);
  }
}

const kernels::ColourTables* ColourBands::tables_of(int band) const {
  const auto place = static_cast<std::size_t>(band) - 1;
  return place < tables_.size() && tables_[place] ? &*tables_[place] : nullptr;
}

std::int64_t ColourBands::source_pixel_bytes(std::span<const int> image) const {
  return kColourPixelBytes *
         std::ranges::count_if(image, [&](int band) { return tables_of(band) != nullptr; });
}

void ColourBands::warp(PlaneEngine& engine, const kernels::WarpKernel& kernel,
                       const PieceGeometry& piece, std::span<const int> image,
                       std::span<const WarpBand> bands) const {
  const auto run = [&](const kernels::WarpKernel& with, std::span<const WarpBand> which) {
    engine.warp(with, piece.source, piece.output.col, piece.output.row, which);
  };
  const auto channels = static_cast<std::size_t>(source_pixel_bytes(image));
  if (channels == 0) return run(kernel, bands);
  const std::vector<DataType> types(channels, DataType::kUInt8);
  const auto from = engine.room(Room::kSourceColours, piece.block, types);
  const auto to = engine.room(Room::kTargetColours, piece.output, types);
  std::vector<WarpBand> mixed, picked;
  std::vector<const kernels::ColourTables*> tables;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const kernels::ColourTables* const of = tables_of(image[i]);
    if (of == nullptr) {
      mixed.push_back(bands[i]);
      continue;
    }
    const ColourPlanes colours = planes_of(from, picked.size());
    engine.split_colours(*of, bands[i].source, bands[i].source_valid, colours);
    add_channels(bands[i], colours, planes_of(to, picked.size()), mixed);
    picked.push_back(bands[i]);
    tables.push_back(of);
  }
  run(kernel, mixed);
  run(picking(kernel), picked);
  for (std::size_t k = 0; k < picked.size(); ++k)
    engine.join_colours(*tables[k], planes_of(to, k), picked[k].target, picked[k].target_valid);
}

bool mixes_colours(const WarpSetup& setup, std::span<const int> image) {
  return std::ranges::any_of(image, [&](int band) { return find(setup, band) != nullptr; });
}

std::int64_t colour_bands(const WarpSetup& setup) {
  return std::ranges::count_if(setup.colours,
                               [](const auto& source) { return source.has_value(); });
}

}  // namespace cogmill::warp
