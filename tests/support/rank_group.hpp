// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace cogmill::tests {

/// A rank waits for one that will never come. It follows from what another rank has done.
class WaitsInVain : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class RankGroup;

/// One collective call of a group: what each of its ranks brings. Complete when all have arrived,
/// and only read from then on.
struct Meeting {
  std::string name;        ///< of the collective
  std::vector<int> ranks;  ///< numbers in the run, by rank in the group
  std::vector<std::optional<std::vector<exchange::Bytes>>> brought;  ///< by rank in the group
  std::size_t arrived = 0;
  std::map<int, std::shared_ptr<RankGroup>> parts = {};  ///< of a split, by color

  bool is_complete() const { return arrived == brought.size(); }
};

/// The threads that are the ranks of one run: which of them have ended, and who waits where.
class RankRun {
 public:
  explicit RankRun(int ranks) : running_(ranks) {}

  std::mutex& mutex() { return mutex_; }
  /// A rank has returned or thrown: who waits for it waits in vain. Takes the mutex.
  void end_rank(int rank);
  /// Waits for the other ranks of a meeting. @param lock of the mutex
  /// @throws WaitsInVain if one of them has ended, or if all ranks that have not wait for one
  /// another; report::Interrupted
  void wait(std::unique_lock<std::mutex>& lock, const Meeting& meeting);
  /// Lets those go on who wait for this meeting. @pre it is complete, and the mutex is held
  void release(const Meeting& meeting);

 private:
  bool all_wait() const;

  std::mutex mutex_;  // of this run and all of its groups
  std::condition_variable changed_;
  int running_;
  std::set<int> ended_ = {};
  std::vector<const Meeting*> waiting_ = {};  // one entry for each rank that waits
};

/// Ranks of a run that talk to one another.
class RankGroup {
 public:
  /// @param ranks their numbers in the run, in the order of their numbers here
  RankGroup(std::shared_ptr<RankRun> run, std::vector<int> ranks);

  int size() const { return static_cast<int>(ranks_.size()); }

  /// Brings `mine` to the collective `name` and waits for what the others bring.
  /// @throws std::logic_error if another rank has called another collective meanwhile, or if this
  /// rank has given up an earlier one; and as RankRun::wait
  std::shared_ptr<Meeting> meet(int rank, const std::string& name,
                                std::vector<exchange::Bytes> mine);
  /// The group of those that met with the same color: one object for all of them.
  /// @param members ranks of this group
  std::shared_ptr<RankGroup> part(Meeting& meeting, int color, const std::vector<int>& members);

  void post(int rank, const exchange::ProgressCount& count);
  exchange::ProgressCount posted();

  /// How often each rank has announced a failure.
  std::vector<std::uint32_t> announced();
  void announce(int rank);

 private:
  std::shared_ptr<RankRun> run_;
  std::vector<int> ranks_;
  std::vector<exchange::ProgressCount> posted_;
  std::vector<std::uint32_t> announced_;
  std::shared_ptr<Meeting> open_;  // the collective in which not all have arrived yet
};

}  // namespace cogmill::tests
