// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tiff_source.hpp"
#include "src/report/error.hpp"

#include <algorithm>

namespace cogmill::io {
namespace {

using partition::Window;

bool is_plain(const BlockGroup& group) {
  return !group.validity && !group.is_mask && pixel_type_of(group.layer->directory).has_value();
}

RawGroup raw_group(const BlockGroup& group) {
  const TiffDirectory& d = group.layer->directory;
  const BlockCoding coding = coding_of(d);
  return {coding.shape.type, d.block_width, d.block_height, coding.shape.samples,
          coding.predictor,  coding.swap,   group.samples,  group.outputs};
}

/// The block's pixels that lie in the image.
Window pixels_of(const FetchedBlock& block) {
  const TiffDirectory& d = block.group->layer->directory;
  return partition::intersect(d.block_window(block.col, block.row), {0, 0, d.width, d.height});
}

}  // namespace

std::optional<RawWindow> TiffSource::raw_window(const Fetched& fetched) const {
  const auto& window = dynamic_cast<const TiffWindow&>(fetched);
  if (on_error_ != OnError::kStop || !window.all_valid.empty() ||
      !std::ranges::all_of(window.groups(), is_plain))
    return std::nullopt;
  RawWindow raw;
  for (const BlockGroup& group : window.groups()) raw.groups.push_back(raw_group(group));
  for (const FetchedBlock& block : window.blocks()) {
    const TiffDirectory& d = block.group->layer->directory;
    const Window all = d.block_window(block.col, block.row), inside = pixels_of(block);
    if (block.sparse || block.cached || !block.error.empty() || !window.window().contains(inside))
      return std::nullopt;
    raw.blocks.push_back({static_cast<std::size_t>(block.group - window.groups().data()),
                          d.block_bytes(block.row),
                          partition::relative_to(inside, all.col, all.row),
                          inside.col - window.window().col, inside.row - window.window().row});
  }
  return raw;
}

void TiffSource::decompress(const Fetched& fetched, std::size_t i, std::span<std::byte> out) {
  const auto& window = dynamic_cast<const TiffWindow&>(fetched);
  const FetchedBlock& block = window.blocks()[i];
  try {
    decoder_for(workers_.local(), *block.group).decompress(block.stored, out);
  } catch (const kernels::CodecError& e) {
    throw report::RuntimeError(message(block, e.what()));
  }
}

}  // namespace cogmill::io
