// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tiff_window.hpp"

#include "src/io/block_decoder.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cogmill::io {

TiffWindow::TiffWindow(const partition::Window& window, std::vector<BlockGroup> groups)
    : window_(window), groups_(std::move(groups)) {}

void TiffWindow::read(BlockCache& cache) {
  if (window_.empty()) return;
  list_blocks(cache);
  std::vector<Wanted> wanted = locate_blocks();
  std::sort(wanted.begin(), wanted.end(), [](const Wanted& a, const Wanted& b) {
    return std::tuple(a.file, a.range.offset) < std::tuple(b.file, b.range.offset);
  });
  for (std::size_t first = 0; first < wanted.size();) {  // one file after the other
    std::size_t last = first + 1;
    while (last < wanted.size() && wanted[last].file == wanted[first].file) ++last;
    read_merged(std::span(wanted).subspan(first, last - first));
    first = last;
  }
}

void TiffWindow::list_blocks(BlockCache& cache) {
  for (const BlockGroup& group : groups_) {
    const TiffDirectory& d = group.layer->directory;
    for (std::int64_t row = window_.row / d.block_height; row * d.block_height < window_.row_end();
         ++row)
      for (std::int64_t col = window_.col / d.block_width; col * d.block_width < window_.col_end();
           ++col) {
        FetchedBlock block{&group, col, row};
        block.sparse = d.is_sparse(d.block_index(group.plane, col, row));
        if (!block.sparse) block.cached = cache.find(block.key());
        blocks_.push_back(std::move(block));
      }
  }
}

std::vector<TiffWindow::Wanted> TiffWindow::locate_blocks() {
  std::vector<Wanted> wanted;
  for (FetchedBlock& block : blocks_) {
    if (block.sparse || block.cached) continue;
    const TiffLayer& layer = *block.group->layer;
    const auto index = static_cast<std::size_t>(block.key().index);
    const std::uint64_t offset = layer.directory.offsets[index];
    const std::uint64_t bytes = layer.directory.byte_counts[index];
    const auto size = static_cast<std::uint64_t>(layer.file->size());
    if (bytes > size || offset > size - bytes) {
      block.error = "its bytes " + std::to_string(offset) + " + " + std::to_string(bytes) +
                    " lie outside the file (" + std::to_string(size) + " bytes)";
      continue;
    }
    const std::int64_t most = max_stored_bytes(layer.directory.block_bytes(block.row));
    wanted.push_back(
        {&block,
         layer.file.get(),
         {static_cast<std::int64_t>(offset), std::min(static_cast<std::int64_t>(bytes), most)}});
  }
  return wanted;
}

void TiffWindow::read_merged(std::span<const Wanted> wanted) {
  std::vector<ByteRange> ranges;
  ranges.reserve(wanted.size());
  for (const Wanted& w : wanted) ranges.push_back(w.range);
  for (const MergedRead& read : merge_ranges(ranges)) {
    const std::span<const Wanted> part = wanted.subspan(read.first, read.last - read.first);
    try {
      const std::span<std::byte> buffer = new_buffer(read.range.size);
      part.front().file->read_at(read.range.offset, buffer);
      bytes_read_ += read.range.size;
      for (const Wanted& w : part)
        w.block->stored =
            buffer.subspan(static_cast<std::size_t>(w.range.offset - read.range.offset),
                           static_cast<std::size_t>(w.range.size));
    } catch (const report::RuntimeError&) {  // find out which blocks are lost
      for (const Wanted& w : part) read_alone(w);
    }
  }
}

void TiffWindow::read_alone(const Wanted& wanted) {
  try {
    const std::span<std::byte> buffer = new_buffer(wanted.range.size);
    wanted.file->read_at(wanted.range.offset, buffer);
    bytes_read_ += wanted.range.size;
    wanted.block->stored = buffer;
  } catch (const report::RuntimeError& e) {
    wanted.block->error = e.what();
  }
}

std::span<std::byte> TiffWindow::new_buffer(std::int64_t bytes) {
  const auto size = static_cast<std::size_t>(bytes);
  buffers_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
  return {buffers_.back().get(), size};
}

std::string describe(const FetchedBlock& block) {
  const TiffDirectory& d = block.group->layer->directory;
  const partition::Window pixels = d.block_window(block.col, block.row);
  const std::string where =
      d.tiled ? "tile col " + std::to_string(block.col) + " row " + std::to_string(block.row)
              : "strip " + std::to_string(block.row);
  return block.group->label + ", " + where + " (" + std::to_string(pixels.width) + "x" +
         std::to_string(pixels.height) + ")";
}

}  // namespace cogmill::io
