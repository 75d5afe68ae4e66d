// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/rank_group.hpp"

#include "src/report/interrupt.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace cogmill::tests {
namespace {

/// The first of those ranks that have ended before they arrived, as a number in the run.
std::optional<int> find_missing(const Meeting& meeting, const std::set<int>& ended) {
  for (std::size_t i = 0; i < meeting.ranks.size(); ++i)
    if (!meeting.brought[i] && ended.contains(meeting.ranks[i])) return meeting.ranks[i];
  return std::nullopt;
}

}  // namespace

void RankRun::end_rank(int rank) {
  const std::lock_guard lock(mutex_);
  ended_.insert(rank);
  --running_;
  changed_.notify_all();
}

bool RankRun::all_wait() const {
  return static_cast<int>(waiting_.size()) == running_ &&
         std::ranges::none_of(waiting_, [this](const Meeting* meeting) {
           return find_missing(*meeting, ended_).has_value();  // it will be told, and may go on
         });
}

void RankRun::wait(std::unique_lock<std::mutex>& lock, const Meeting& meeting) {
  // A signal wakes nobody: that is what one has to look for now and then.
  constexpr std::chrono::milliseconds kBetweenLooks{5};
  waiting_.push_back(&meeting);
  std::optional<std::string> vain;
  bool interrupted = false;
  while (!meeting.is_complete()) {
    if (const auto missing = find_missing(meeting, ended_))
      vain = "rank " + std::to_string(*missing) + " has ended without " + meeting.name;
    else if (all_wait())
      vain = "all ranks wait for one another, this one in " + meeting.name;
    interrupted = report::is_interrupted();
    if (vain || interrupted) break;
    changed_.wait_for(lock, kBetweenLooks);
  }
  if (meeting.is_complete()) return;  // release() has taken the entry
  waiting_.erase(std::ranges::find(waiting_, &meeting));
  if (interrupted) throw report::interruption();
  throw WaitsInVain(*vain);
}

void RankRun::release(const Meeting& meeting) {
  std::erase(waiting_, &meeting);
  changed_.notify_all();
}

RankGroup::RankGroup(std::shared_ptr<RankRun> run, std::vector<int> ranks)
    : run_(std::move(run)),
      ranks_(std::move(ranks)),
      posted_(ranks_.size()),
      announced_(ranks_.size()) {}

std::shared_ptr<Meeting> RankGroup::meet(int rank, const std::string& name,
                                         std::vector<exchange::Bytes> mine) {
  std::unique_lock lock(run_->mutex());
  if (!open_) open_.reset(new Meeting{name, ranks_, decltype(Meeting::brought)(ranks_.size())});
  const std::shared_ptr<Meeting> meeting = open_;
  if (meeting->name != name)
    throw std::logic_error("one rank calls " + name + " and another " + meeting->name);
  auto& place = meeting->brought[static_cast<std::size_t>(rank)];
  if (place) throw std::logic_error(name + " after a collective that this rank gave up");
  place = std::move(mine);
  ++meeting->arrived;
  if (meeting->is_complete()) {
    open_.reset();
    run_->release(*meeting);
  } else {
    run_->wait(lock, *meeting);
  }
  return meeting;
}

std::shared_ptr<RankGroup> RankGroup::part(Meeting& meeting, int color,
                                           const std::vector<int>& members) {
  const std::lock_guard lock(run_->mutex());
  std::shared_ptr<RankGroup>& group = meeting.parts[color];
  if (!group) {
    std::vector<int> ranks;
    for (const int member : members) ranks.push_back(ranks_[static_cast<std::size_t>(member)]);
    group = std::make_shared<RankGroup>(run_, std::move(ranks));
  }
  return group;
}

void RankGroup::post(int rank, const exchange::ProgressCount& count) {
  const std::lock_guard lock(run_->mutex());
  posted_[static_cast<std::size_t>(rank)] = count;
}

exchange::ProgressCount RankGroup::posted() {
  const std::lock_guard lock(run_->mutex());
  exchange::ProgressCount sum;
  for (const exchange::ProgressCount& count : posted_) {
    sum.tiles += count.tiles;
    sum.bytes += count.bytes;
  }
  return sum;
}

void RankGroup::announce(int rank) {
  const std::lock_guard lock(run_->mutex());
  ++announced_[static_cast<std::size_t>(rank)];
}

std::vector<std::uint32_t> RankGroup::announced() {
  const std::lock_guard lock(run_->mutex());
  return announced_;
}

}  // namespace cogmill::tests
