// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/exchange/share_root.hpp"
#include "src/io/cog_header.hpp"
#include "src/io/extent_writer.hpp"
#include "src/io/geo_template.hpp"
#include "src/pipeline/file_output.hpp"
#include "src/pipeline/place.hpp"
#include "src/plan/band_nodata.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

namespace cogmill::pipeline {
namespace {

using report::Stage;

io::TemplateRequest template_request(const plan::Plan& plan,
                                     const std::vector<io::SceneInfo>& scenes,
                                     const std::vector<kernels::Statistics>& statistics) {
  io::TemplateRequest request;
  request.path = scenes.front().path;
  request.origin = plan.image.computed ? io::PixelOrigin::kComputed : io::PixelOrigin::kUnchanged;
  request.type = plan.image.type;
  request.associated_alpha = plan.image.premultiplied;
  request.items = plan.image.items;
  request.copy_statistics = plan.copy_statistics;
  if (plan.grid) request.grid = {plan.grid->crs_wkt, plan.grid->geotransform};
  request.col = plan.region.col;
  request.row = plan.region.row;
  request.width = plan.image.width;
  request.height = plan.image.height;
  request.nodata = plan::one_nodata(plan.image, request.path);
  for (int band = 0; band < plan.image.bands; ++band) {
    io::TemplateBand description;
    const auto i = static_cast<std::size_t>(band);
    description.source_band = plan::source_band(plan, band);
    description.alpha = plan.grid && plan.image.alpha == band;
    if (i < plan.image.descriptions.size()) description.description = plan.image.descriptions[i];
    if (plan.compute_statistics) description.statistics = statistics[i];
    request.bands.push_back(description);
  }
  return request;
}

/// Says for which bands GDAL would write "nan".
void note_infinite(const std::vector<kernels::Statistics>& statistics, const std::string& name,
                   std::vector<std::string>& warnings) {
  for (std::size_t band = 0; band < statistics.size(); ++band)
    if (!statistics[band].are_finite())
      warnings.push_back("no statistics of band " + std::to_string(band + 1) + " of " + name +
                         " are written: it has infinite pixels, or values too large to be summed");
}

io::CogStructure make_structure(const plan::Plan& plan, std::vector<io::TiffTag> tags) {
  io::CogStructure structure;
  structure.ghost_area = plan.cog;
  structure.levels = plan.levels;
  structure.tile = plan.tile;
  structure.bands = plan.image.bands;
  structure.separate_planes = plan.separate_planes;
  structure.codec = plan.codec.codec;
  structure.predictor = plan.predictor;
  structure.mask = plan.image.mask;
  structure.overview_tags = io::overview_tags(tags);
  structure.main_tags = std::move(tags);
  return structure;
}

std::int64_t count_sparse(const std::vector<partition::LevelTileBytes>& sizes) {
  std::int64_t sparse = 0;
  for (const auto& level : sizes) sparse += std::ranges::count(level.image, 0U);
  return sparse;
}

class TiffOutput final : public FileOutput {
 public:
  TiffOutput(const plan::Plan& plan, const std::vector<io::SceneInfo>& scenes, report::Trace& trace)
      : plan_(plan), scenes_(scenes), trace_(trace) {}

  partition::FrameRule frame() const override { return frame_rule(plan_); }
  WrittenFile write(const ComputedFile& file, io::OutputTarget& target,
                    exchange::Communicator& comm) override;

 private:
  io::CogStructure describe(const ComputedFile& file, io::OutputTarget& target,
                            std::vector<std::string>& warnings) const;
  std::int64_t fill(const ComputedFile& file, const partition::FileLayout& layout,
                    std::span<const std::byte> header, io::OutputTarget& target,
                    exchange::Communicator& comm) const;

  const plan::Plan& plan_;
  const std::vector<io::SceneInfo>& scenes_;
  report::Trace& trace_;
};

/// The directories but for their offsets; what does not fit in them is kept beside the file.
io::CogStructure TiffOutput::describe(const ComputedFile& file, io::OutputTarget& target,
                                      std::vector<std::string>& warnings) const {
  auto geo = io::make_geo_template(template_request(plan_, scenes_, file.statistics));
  if (!geo.aux_xml.empty()) target.keep_beside(geo.aux_xml);
  warnings = std::move(geo.warnings);
  if (plan_.compute_statistics) note_infinite(file.statistics, target.name(), warnings);
  return make_structure(plan_, std::move(geo.tags));
}

/// Root creates the file at its exact size, all ranks fill their parts, all sync. *Collective.*
/// @return bytes that this rank has written
std::int64_t TiffOutput::fill(const ComputedFile& file, const partition::FileLayout& layout,
                              std::span<const std::byte> header, io::OutputTarget& target,
                              exchange::Communicator& comm) const {
  exchange::agree_on(comm, [&] {
    const report::Trace::Span span(trace_, Stage::kWrite);
    if (comm.is_root()) target.create(layout.file_bytes);
  });
  std::uint64_t written = header.size();
  exchange::agree_on(comm, [&] {
    {
      const report::Trace::Span span(trace_, Stage::kWrite);
      target.open();
      if (comm.is_root()) target.write_at(0, header);
      written += io::write_extents(file.store, layout, target);
    }
    const report::Trace::Span span(trace_, Stage::kSync);
    target.sync();
  });
  return static_cast<std::int64_t>(written);
}

WrittenFile TiffOutput::write(const ComputedFile& file, io::OutputTarget& target,
                              exchange::Communicator& comm) {
  WrittenFile result;
  io::CogStructure structure;
  const auto header_bytes = exchange::share_root(comm, [&] {
    structure = describe(file, target, result.warnings);
    return measure_header(structure);
  });
  const auto sizes = share_tile_sizes(plan_, file.store, comm);
  Placement placement;
  exchange::agree_on(comm, [&] { placement = place(plan_, header_bytes, sizes); });
  std::vector<std::byte> header;
  exchange::agree_on(comm, [&] {
    if (!comm.is_root()) return;
    structure.bigtiff = placement.bigtiff;
    header = io::make_header(structure, sizes, placement.layout);
  });
  result.written_bytes = fill(file, placement.layout, header, target, comm);
  result.file_bytes = static_cast<std::int64_t>(placement.layout.file_bytes);
  result.sparse_tiles = count_sparse(sizes);
  return result;
}

}  // namespace

std::unique_ptr<FileOutput> make_tiff_output(const plan::Plan& plan,
                                             const std::vector<io::SceneInfo>& scenes,
                                             report::Trace& trace) {
  return std::make_unique<TiffOutput>(plan, scenes, trace);
}

}  // namespace cogmill::pipeline
