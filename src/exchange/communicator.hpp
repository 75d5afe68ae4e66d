// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/report/error.hpp"
#include "src/report/interrupt.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cogmill::exchange {

using Bytes = std::vector<std::byte>;

/// What a rank has done so far.
struct ProgressCount {
  std::int64_t tiles = 0;
  std::int64_t bytes = 0;  ///< of pixels, uncompressed
};

/// The ranks of a job, or of a part of it. Messages have any size; counts beyond MPI's int are
/// split inside. Not thread-safe: one call at a time, from any thread. A collective that waits for
/// other ranks throws report::Interrupted when a signal asks to end: nothing but to end is possible
/// then. What was posted on it has to be received before it ends (finish_posts), unless the job
/// ends.
class Communicator {
 public:
  virtual ~Communicator() = default;

  virtual int rank() const = 0;
  virtual int size() const = 0;
  bool is_root() const { return rank() == 0; }
  virtual int local_rank() const = 0;  ///< number of this rank among these ranks on its node
  virtual int local_size() const = 0;  ///< how many of these ranks are on this node

  /// Divides these ranks: those with the same color become a communicator of their own, numbered by
  /// key, and by their rank here where keys are equal. Messages, progress and failures of a part
  /// stay in it. A part may outlive this communicator. *Collective*, for a rank without a color
  /// too; and the end of a part is *collective over the part*.
  /// @param color at least 0; nothing: this rank is in no part
  /// @return this rank's part; nullptr without a color
  /// @throws AgreedError on all ranks if one of them has a negative color
  std::unique_ptr<Communicator> split(std::optional<int> color, int key);

  /// Waits for all. *Collective.*
  virtual void barrier() = 0;
  /// Root's bytes on every rank. *Collective.*
  virtual Bytes broadcast(Bytes data) = 0;
  /// @return on root what each rank sent, in rank order; empty elsewhere. *Collective.*
  virtual std::vector<Bytes> gather(std::span<const std::byte> data) = 0;
  /// @return what each rank sent, in rank order. *Collective.*
  virtual std::vector<Bytes> all_gather(std::span<const std::byte> data) = 0;
  /// @param send one message for each rank   @return one from each rank. *Collective.*
  virtual std::vector<Bytes> all_to_all(std::vector<Bytes> send) = 0;

  /// Adds the arrays of all ranks element by element; every rank gets the sum. *Collective.*
  /// @pre the same length everywhere
  virtual void all_reduce_sum(std::span<std::uint32_t> values) = 0;

  /// Tells root how far this rank is, if the last such message has left. Local, never blocks.
  virtual void post_progress(const ProgressCount& count) = 0;
  /// @return on root the sum of what the other ranks last posted. Local, never blocks.
  virtual ProgressCount collect_progress() = 0;

  /// Tells the other ranks that this one cannot go on. Local, never blocks, never throws.
  virtual void announce_failure() noexcept = 0;
  /// @return true if another rank has announced a failure since the last finish_posts(). Local,
  /// never blocks: what has just been announced may be heard after a few calls.
  virtual bool failure_announced() = 0;

  /// Receives whatever was posted and announced and not yet heard; failures are forgotten then.
  /// *Collective.*
  virtual void finish_posts() = 0;

 private:
  /// What split() does once all ranks are known to have arrived with a color that can be.
  virtual std::unique_ptr<Communicator> make_part(std::optional<int> color, int key) = 0;
};

/// One rank without MPI.
std::unique_ptr<Communicator> make_local_communicator();

/// Listens for a failure that may just have been announced: it is heard only after MPI was called a
/// few times. Local.   @param patience before the answer is no, where there are other ranks
bool hears_failure(Communicator& comm, std::chrono::milliseconds patience);

/// Raised on all ranks alike when one of them could not go on.
class AgreedError : public std::exception {
 public:
  explicit AgreedError(std::string message) : message_(std::move(message)) {}
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  std::string message_;
};

/// Raised on one rank when another has failed, so that there is no use in going on.
class OtherRankFailed : public std::exception {
 public:
  const char* what() const noexcept override { return "another rank has failed"; }
};

/// Why a rank cannot go on.
struct Failure {
  enum class Kind : char {
    kUsage = '?',        ///< the command line is to blame
    kRuntime = '!',      ///< anything else
    kConsequence = '~',  ///< OtherRankFailed
  };
  std::string message;
  Kind kind = Kind::kRuntime;
  std::string detail = {};  ///< of a usage error
};

/// Makes all ranks stop if one failed: the failure of the lowest failing rank is thrown everywhere,
/// and a consequence only if there is nothing else.
/// *Collective.* @param failure this rank's, or nothing if it can go on
/// @throws AgreedError, or report::UsageError for usage, or OtherRankFailed
void agree(Communicator& comm, const std::optional<Failure>& failure);

/// Runs `step` on this rank. Local. An interruption is thrown on: the other ranks are told to end
/// by who told this one.   @return why it failed, or nothing
template <class F>
std::optional<Failure> attempt(F&& step) {
  try {
    step();
  } catch (const report::UsageError& e) {
    return Failure{e.what(), Failure::Kind::kUsage, e.detail()};
  } catch (const report::Interrupted&) {
    throw;
  } catch (const OtherRankFailed& e) {
    return Failure{e.what(), Failure::Kind::kConsequence};
  } catch (const std::exception& e) {
    return Failure{e.what()};
  }
  return std::nullopt;
}

/// Runs `step` on this rank and agrees on its success. *Collective*, but `step` is local.
template <class F>
void agree_on(Communicator& comm, F&& step) {
  agree(comm, attempt(std::forward<F>(step)));
}

}  // namespace cogmill::exchange
