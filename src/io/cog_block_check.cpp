// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/cog_block_check.hpp"

#include <array>
#include <cstring>
#include <map>
#include <span>

namespace cogmill::io {
namespace {

constexpr std::int64_t kMostOfAKind = 10;

class BlockCheck {
 public:
  BlockCheck(ByteReader& file, const BlockPromises& promises, const CogLevel& level,
             const CogLevel* mask, std::string name)
      : file_(file), promises_(promises), level_(level), mask_(mask), name_(std::move(name)) {}

  std::vector<std::string> run() {
    if (mask_ != nullptr &&
        (mask_->block_width != level_.block_width || mask_->block_height != level_.block_height)) {
      texts_.push_back(name_ + ": mask block size is different from its imagery band");
      mask_ = nullptr;
    }
    const std::int64_t each = level_.blocks_per_plane();
    for (std::int64_t i = 0; i < each * level_.planes; ++i) {
      const std::int64_t plane = promises_.block_major ? i % level_.planes : i / each;
      const std::int64_t block = promises_.block_major ? i / level_.planes : i % each;
      check(plane, block);
    }
    for (const auto& [kind, count] : counts_)
      if (count > kMostOfAKind)
        texts_.push_back(name_ + ": " + kind + ": " + std::to_string(count - kMostOfAKind) +
                         " more blocks");
    return std::move(texts_);
  }

 private:
  void complain(std::int64_t block, const std::string& kind, const std::string& more = {}) {
    if (++counts_[kind] > kMostOfAKind) return;
    texts_.push_back(name_ + ": for block (" + std::to_string(block % level_.blocks_across()) +
                     ", " + std::to_string(block / level_.blocks_across()) + "), " + kind + more);
  }

  void check(std::int64_t plane, std::int64_t block) {
    const std::int64_t index = plane * level_.blocks_per_plane() + block;
    if (!level_.is_sparse(index)) check_data(index, block);
    // A mask stands behind the blocks of its only plane.
    if (mask_ != nullptr && plane == 0 && !mask_->is_sparse(block)) check_mask(index, block);
  }

  void check_order(std::uint64_t offset, std::int64_t block) {
    if (promises_.row_major && offset < last_)
      complain(block, "offset is smaller than that of the previous block");
    last_ = offset;
  }

  void check_data(std::int64_t index, std::int64_t block) {
    const std::uint64_t offset = level_.offsets[static_cast<std::size_t>(index)];
    const std::uint64_t bytes = level_.byte_counts[static_cast<std::size_t>(index)];
    check_order(offset, block);
    const auto size = static_cast<std::uint64_t>(file_.size());
    if (offset > size || bytes > size - offset)
      return complain(block, "it reaches beyond the end of the file");
    if (promises_.leader) check_leader(offset, bytes, block);
    if (promises_.trailer && bytes >= 4) check_trailer(offset + bytes, block);
  }

  void check_leader(std::uint64_t offset, std::uint64_t bytes, std::int64_t block) {
    std::array<unsigned char, 4> leader = {};
    if (offset < leader.size()) return complain(block, "there is no room for its leader bytes");
    file_.read_at(static_cast<std::int64_t>(offset - leader.size()),
                  std::as_writable_bytes(std::span(leader)));
    // Little-endian in files of either byte order.
    const std::uint64_t said = leader[0] | std::uint64_t{leader[1]} << 8 |
                               std::uint64_t{leader[2]} << 16 | std::uint64_t{leader[3]} << 24;
    if (said != bytes)
      complain(block, "size in leader bytes is wrong",
               ": " + std::to_string(said) + " instead of " + std::to_string(bytes));
  }

  void check_trailer(std::uint64_t end, std::int64_t block) {
    std::array<std::byte, 8> both = {};
    const bool fits = end + 4 <= static_cast<std::uint64_t>(file_.size());
    if (fits) file_.read_at(static_cast<std::int64_t>(end - 4), both);
    if (!fits || std::memcmp(both.data(), both.data() + 4, 4) != 0)
      complain(block, "trailer bytes are invalid");
  }

  void check_mask(std::int64_t index, std::int64_t block) {
    const std::uint64_t at = mask_->offsets[static_cast<std::size_t>(block)];
    if (level_.is_sparse(index)) return check_order(at, block);
    const std::uint64_t expected = level_.offsets[static_cast<std::size_t>(index)] +
                                   level_.byte_counts[static_cast<std::size_t>(index)] +
                                   (promises_.leader ? 4U : 0U) + (promises_.trailer ? 4U : 0U);
    if (at != expected)
      complain(
          block, "offset of its mask is wrong",
          ": " + std::to_string(at) + ", whereas " + std::to_string(expected) + " was expected");
  }

  ByteReader& file_;
  const BlockPromises& promises_;
  const CogLevel& level_;
  const CogLevel* mask_;
  std::string name_;
  std::uint64_t last_ = 0;
  std::map<std::string, std::int64_t> counts_;
  std::vector<std::string> texts_;
};

}  // namespace

BlockPromises::BlockPromises(const GhostArea& ghost)
    : row_major(ghost.says("BLOCK_ORDER=ROW_MAJOR")),
      leader(ghost.says("BLOCK_LEADER=SIZE_AS_UINT4")),
      trailer(ghost.says("BLOCK_TRAILER=LAST_4_BYTES_REPEATED")),
      mask_interleaved(ghost.says("MASK_INTERLEAVED_WITH_IMAGERY=YES")),
      block_major(ghost.says("INTERLEAVE=TILE")) {}

std::vector<std::string> check_blocks(ByteReader& file, const BlockPromises& promises,
                                      const CogLevel& level, const CogLevel* mask,
                                      const std::string& name) {
  return BlockCheck(file, promises, level, promises.mask_interleaved ? mask : nullptr, name).run();
}

}  // namespace cogmill::io
