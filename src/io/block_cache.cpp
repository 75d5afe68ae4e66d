// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/block_cache.hpp"

#include <utility>

namespace cogmill::io {
namespace {

std::int64_t size_of(const DecodedBlock& block) {
  return static_cast<std::int64_t>(block.bytes().size());
}

}  // namespace

std::shared_ptr<const DecodedBlock> BlockCache::find(const BlockKey& key) {
  if (limit_ == 0) return nullptr;
  const std::lock_guard lock(mutex_);
  const auto found = index_.find(key);
  if (found == index_.end()) return nullptr;
  recent_.splice(recent_.begin(), recent_, found->second);
  return found->second->block;
}

void BlockCache::insert(const BlockKey& key, std::shared_ptr<const DecodedBlock> block) {
  const std::int64_t size = size_of(*block);
  if (!accepts(size)) return;
  const std::lock_guard lock(mutex_);
  if (index_.contains(key)) return;  // two windows decoded it at the same time
  while (bytes_ + size > limit_) {
    bytes_ -= size_of(*recent_.back().block);
    index_.erase(recent_.back().key);
    recent_.pop_back();
  }
  recent_.push_front({key, std::move(block)});
  index_.emplace(key, recent_.begin());
  bytes_ += size;
}

}  // namespace cogmill::io
