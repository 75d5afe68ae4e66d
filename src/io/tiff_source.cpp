// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tiff_source.hpp"

#include "kernels/tile_pack.hpp"
#include "src/io/fill_pixel.hpp"
#include "src/io/validity.hpp"
#include "src/report/error.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace cogmill::io {
namespace {

using kernels::Plane;
using partition::Window;
using report::RuntimeError;

[[noreturn]] void changed(const SceneInfo& scene) {
  throw RuntimeError(scene.path + " changed while the job was starting");
}

TiffLayers open_layers(const SceneInfo& scene) {
  if (scene.overview < 0) return open_tiff_layers(scene.path);
  auto layers = open_tiff_overview(scene.path, scene.overview);
  if (!layers) changed(scene);
  return std::move(*layers);
}

void check_unchanged(const SceneInfo& scene, const TiffLayers& layers) {
  const TiffDirectory& d = layers.image.directory;
  const bool same = d.width == scene.width && d.height == scene.height &&
                    static_cast<std::size_t>(d.samples) == scene.bands.size() &&
                    layers.mask.has_value() == (scene.mask == MaskKind::kDataset);
  if (!same) changed(scene);
  const std::string reason = why_not_fast(layers);
  if (!reason.empty()) throw RuntimeError(scene.path + " cannot be read as tiles: " + reason);
}

/// The planes of a window that hold validity.
std::vector<Plane> masks_of(const TiffWindow& fetched, std::span<const Plane> planes) {
  std::vector<Plane> masks;
  for (const std::size_t output : fetched.all_valid) masks.push_back(planes[output]);
  for (const BlockGroup& group : fetched.groups())
    if (group.validity) masks.push_back(planes[group.outputs.front()]);
  return masks;
}

}  // namespace

TiffSource::TiffSource(const SceneInfo& scene, const OpenOptions& options)
    : scene_(scene),
      on_error_(options.on_error),
      layers_(open_layers(scene)),
      cache_(options.cache_bytes) {
  check_unchanged(scene_, layers_);
}

std::unique_ptr<Fetched> TiffSource::fetch(const Window& window, std::span<const int> bands) {
  std::vector<std::size_t> all_valid;
  auto fetched = std::make_unique<TiffWindow>(window, group_bands(bands, all_valid));
  fetched->all_valid = std::move(all_valid);
  fetched->read(cache_);
  if (on_error_ == OnError::kStop)
    for (const FetchedBlock& block : fetched->blocks())
      if (!block.error.empty()) throw RuntimeError(message(block, block.error));
  return fetched;
}

DecodeReport TiffSource::decode(const Fetched& fetched, std::span<const Plane> planes) {
  const auto& window = dynamic_cast<const TiffWindow&>(fetched);
  for (const std::size_t output : window.all_valid) kernels::fill(planes[output], &kValid);
  const std::span<const FetchedBlock> blocks = window.blocks();
  std::vector<Outcome> outcomes(blocks.size());
  tbb::parallel_for(std::size_t{0}, blocks.size(),
                    [&](std::size_t i) { outcomes[i] = decode_block(window, blocks[i], planes); });
  DecodeReport report;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    report.bytes += outcomes[i].bytes;
    report.blocks += outcomes[i].bytes > 0 ? 1 : 0;
    if (outcomes[i].error.empty()) continue;
    report.corrupt.push_back(describe(blocks[i]) + ": " + outcomes[i].error);
    if (blocks[i].group->validity) continue;
    const TiffDirectory& d = blocks[i].group->layer->directory;
    hide_block(d.block_window(blocks[i].col, blocks[i].row), window.window(),
               masks_of(window, planes));
  }
  return report;
}

BlockGroup TiffSource::group_of(int band, std::size_t output) const {
  BlockGroup group;
  group.outputs = {output};
  group.is_mask = band == kMaskBand && scene_.mask == MaskKind::kDataset;
  group.validity = band == kMaskBand;
  group.layer = group.is_mask ? &*layers_.mask : &layers_.image;
  const int sample = group.is_mask ? 0 : (band == kMaskBand ? scene_.alpha_band : band) - 1;
  const TiffDirectory& d = group.layer->directory;
  if (sample < 0 || sample >= d.samples)
    throw RuntimeError(scene_.path + " has no band " + std::to_string(band) + ", only " +
                       std::to_string(d.samples));
  group.plane = d.separate ? sample : 0;
  group.samples = {d.separate ? 0 : sample};
  group.label = group.is_mask ? "mask" : "band " + std::to_string(sample + 1);
  return group;
}

std::vector<BlockGroup> TiffSource::group_bands(std::span<const int> bands,
                                                std::vector<std::size_t>& all_valid) const {
  std::vector<BlockGroup> groups;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    if (bands[i] == kMaskBand && scene_.mask == MaskKind::kNone) {
      all_valid.push_back(i);
      continue;
    }
    BlockGroup group = group_of(bands[i], i);
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const BlockGroup& g) {
      return g.layer == group.layer && g.plane == group.plane && !g.validity && !group.validity;
    });
    if (same == groups.end()) {
      groups.push_back(std::move(group));
      continue;
    }
    if (same->label != group.label)  // one damaged block loses all its bands
      same->label = "bands 1-" + std::to_string(group.layer->directory.samples);
    same->samples.push_back(group.samples.front());
    same->outputs.push_back(i);
  }
  return groups;
}

TiffSource::Outcome TiffSource::decode_block(const TiffWindow& fetched, const FetchedBlock& block,
                                             std::span<const Plane> planes) {
  const TiffDirectory& d = block.group->layer->directory;
  const Window& window = fetched.window();
  Outcome outcome;
  if (block.sparse) {
    fill_hole(block, Hole::kSparse, window, planes);
    return outcome;
  }
  Worker& worker = workers_.local();
  try {
    if (!block.error.empty()) throw kernels::CodecError(block.error);
    auto kept = block.cached ? block.cached : cache_.find(block.key());
    std::span<const std::byte> samples;
    if (kept) {
      samples = kept->bytes();
    } else {
      BlockDecoder& decoder = decoder_for(worker, *block.group);
      const Window pixels = d.block_window(block.col, block.row);
      const Window inside = partition::intersect(pixels, {0, 0, d.width, d.height});
      if (!window.contains(inside) && cache_.accepts(d.block_bytes(block.row))) {
        kept = decode_for_cache(block, decoder);
        samples = kept->bytes();
      } else {
        samples = decoder.decode(block.stored, pixels.height);
      }
      outcome.bytes = d.block_bytes(block.row);
    }
    unpack(block, samples, window, planes, worker);
  } catch (const kernels::CodecError& e) {
    if (on_error_ == OnError::kStop) throw RuntimeError(message(block, e.what()));
    outcome.error = e.what();
    fill_hole(block, Hole::kDamaged, window, planes);
  }
  return outcome;
}

std::shared_ptr<const DecodedBlock> TiffSource::decode_for_cache(const FetchedBlock& block,
                                                                 BlockDecoder& decoder) {
  const TiffDirectory& d = block.group->layer->directory;
  auto decoded = std::make_shared<DecodedBlock>(static_cast<std::size_t>(d.block_bytes(block.row)));
  decoder.decode_into(block.stored, d.block_window(block.col, block.row).height,
                      decoded->writable());
  cache_.insert(block.key(), decoded);
  return decoded;
}

BlockDecoder& TiffSource::decoder_for(Worker& worker, const BlockGroup& group) const {
  std::optional<BlockDecoder>& decoder = group.is_mask ? worker.mask : worker.image;
  if (!decoder) decoder.emplace(coding_of(group.layer->directory));
  return *decoder;
}

void TiffSource::unpack(const FetchedBlock& block, std::span<const std::byte> samples,
                        const Window& window, std::span<const Plane> planes, Worker& worker) const {
  const TiffDirectory& d = block.group->layer->directory;
  const Window pixels = d.block_window(block.col, block.row);
  const Window part = partition::intersect(pixels, window);
  if (block.group->validity) {
    const Plane out = crop(planes[block.group->outputs.front()], window, part);
    unpack_validity(block, samples, partition::relative_to(part, pixels.col, pixels.row), out,
                    worker);
    return;
  }
  std::vector<Plane> parts;
  parts.reserve(block.group->outputs.size());
  for (const std::size_t output : block.group->outputs)
    parts.push_back(crop(planes[output], window, part));
  kernels::unpack_tile(samples, d.block_width, d.block_samples(), part.col - pixels.col,
                       part.row - pixels.row, block.group->samples, parts);
}

void TiffSource::unpack_validity(const FetchedBlock& block, std::span<const std::byte> samples,
                                 const Window& part, Plane out, Worker& worker) const {
  const TiffDirectory& d = block.group->layer->directory;
  if (d.bits == 1) {
    kernels::unpack_mask_bits(samples, d.block_width, part.col, part.row, out);
    return;
  }
  const kernels::DataType type = pixel_type_of(d).value();
  worker.alpha.resize(static_cast<std::size_t>(part.pixels() * kernels::size_bytes(type)));
  const Plane raw{worker.alpha.data(), type, part.width, part.height, part.width};
  kernels::unpack_tile(samples, d.block_width, d.block_samples(), part.col, part.row,
                       block.group->samples, std::span(&raw, 1));
  to_validity(raw, out);
}

void TiffSource::fill_hole(const FetchedBlock& block, Hole hole, const Window& window,
                           std::span<const Plane> planes) const {
  const TiffDirectory& d = block.group->layer->directory;
  const Window part = partition::intersect(d.block_window(block.col, block.row), window);
  for (std::size_t i = 0; i < block.group->outputs.size(); ++i) {
    const Plane out = crop(planes[block.group->outputs[i]], window, part);
    if (block.group->validity) {
      kernels::fill(out, &kInvalid);
      continue;
    }
    const int band = d.separate ? block.group->plane : block.group->samples[i];
    kernels::fill(out, fill_pixel(out.type, scene_, band + 1, hole).data());
  }
}

std::string TiffSource::message(const FetchedBlock& block, const std::string& why) const {
  return "cannot decode " + describe(block) + " of " + scene_.path + ": " + why +
         "; try --on-error nodata";
}

}  // namespace cogmill::io
