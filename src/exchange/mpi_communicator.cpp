// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/exchange/mpi_communicator.hpp"

#include "launch/mpi_check.hpp"
#include "src/exchange/packing.hpp"
#include "src/report/interrupt.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <span>
#include <thread>
#include <utility>

namespace cogmill::exchange {
namespace {

using launch::mpi_check;

enum class MessageTag : int {
  kData = 1,      ///< pieces of a message of any size
  kProgress = 2,  ///< ProgressCount, any rank to root
  kFailure = 3,   ///< empty, a rank that cannot go on to all others
};
constexpr int tag(MessageTag t) { return static_cast<int>(t); }

/// Waits for all requests, unless a signal asks to end: MPI's own waiting would never notice.
/// @throws report::Interrupted; MPI may go on using the buffers, and the process has to end
void wait_all(std::span<MPI_Request> requests) {
  for (int done = 0;;) {
    mpi_check(MPI_Testall(static_cast<int>(requests.size()), requests.data(), &done,
                          MPI_STATUSES_IGNORE));
    if (done != 0) return;
    report::throw_if_interrupted();
    std::this_thread::yield();
  }
}

void wait(MPI_Request& request) { wait_all({&request, 1}); }

/// Owns an MPI_Comm, unless MPI has ended.
class OwnedComm {
 public:
  static OwnedComm duplicate(MPI_Comm comm) {
    OwnedComm owned;
    mpi_check(MPI_Comm_dup(comm, &owned.comm_));
    mpi_check(MPI_Comm_set_errhandler(owned.comm_, MPI_ERRORS_RETURN));
    return owned;
  }
  /// Owns nothing on ranks without a color.
  static OwnedComm split(MPI_Comm comm, std::optional<int> color, int key) {
    OwnedComm owned;
    mpi_check(MPI_Comm_split(comm, color.value_or(MPI_UNDEFINED), key, &owned.comm_));
    if (color) mpi_check(MPI_Comm_set_errhandler(owned.comm_, MPI_ERRORS_RETURN));
    return owned;
  }
  static OwnedComm split_by_node(MPI_Comm comm, int rank) {
    OwnedComm owned;
    mpi_check(MPI_Comm_split_type(comm, MPI_COMM_TYPE_SHARED, rank, MPI_INFO_NULL, &owned.comm_));
    return owned;
  }
  OwnedComm(OwnedComm&& other) noexcept : comm_(std::exchange(other.comm_, MPI_COMM_NULL)) {}
  OwnedComm& operator=(OwnedComm&&) = delete;
  ~OwnedComm() {
    int ended = 1;
    if (comm_ == MPI_COMM_NULL || std::uncaught_exceptions() > 0) return;
    if (MPI_Finalized(&ended) == MPI_SUCCESS && ended == 0)
      static_cast<void>(MPI_Comm_free(&comm_));
  }
  MPI_Comm get() const { return comm_; }

 private:
  OwnedComm() = default;
  MPI_Comm comm_ = MPI_COMM_NULL;
};

int rank_in(MPI_Comm comm) {
  int rank = 0;
  mpi_check(MPI_Comm_rank(comm, &rank));
  return rank;
}

int size_of(MPI_Comm comm) {
  int size = 0;
  mpi_check(MPI_Comm_size(comm, &size));
  return size;
}

class MpiCommunicator final : public Communicator {
 public:
  MpiCommunicator(OwnedComm comm, std::size_t piece_bytes)
      : comm_(std::move(comm)),
        rank_(rank_in(comm_.get())),
        size_(size_of(comm_.get())),
        piece_bytes_(piece_bytes) {
    const OwnedComm node = OwnedComm::split_by_node(comm_.get(), rank_);
    local_rank_ = rank_in(node.get());
    local_size_ = size_of(node.get());
    posted_.resize(static_cast<std::size_t>(size_));
    received_.resize(posted_.size());
    heard_.resize(posted_.size());
  }

  int rank() const override { return rank_; }
  int size() const override { return size_; }
  int local_rank() const override { return local_rank_; }
  int local_size() const override { return local_size_; }
  void barrier() override;
  Bytes broadcast(Bytes data) override;
  std::vector<Bytes> gather(std::span<const std::byte> data) override;
  std::vector<Bytes> all_gather(std::span<const std::byte> data) override;
  std::vector<Bytes> all_to_all(std::vector<Bytes> send) override;
  void all_reduce_sum(std::span<std::uint32_t> values) override;
  void post_progress(const ProgressCount& count) override;
  ProgressCount collect_progress() override;
  void announce_failure() noexcept override;
  bool failure_announced() override;
  void finish_posts() override;

 private:
  std::unique_ptr<Communicator> make_part(std::optional<int> color, int key) override;
  int piece(std::size_t left) const { return static_cast<int>(std::min(left, piece_bytes_)); }
  void broadcast_pieces(std::span<std::byte> data, int from);
  std::vector<std::uint64_t> all_sizes(std::size_t mine);
  void start_receives(Bytes& into, int from, std::vector<MPI_Request>& requests);
  void start_sends(std::span<const std::byte> data, int to, std::vector<MPI_Request>& requests);
  void receive_progress(int from);
  void receive_failure(int from);

  OwnedComm comm_;
  int rank_;
  int size_;
  std::size_t piece_bytes_;
  int local_rank_ = 0;
  int local_size_ = 1;
  std::vector<ProgressCount> posted_;         ///< on root: latest of each rank
  std::vector<std::uint64_t> received_ = {};  ///< on root: messages taken from each rank
  std::uint64_t sent_ = 0;                    ///< progress messages this rank has sent
  std::array<std::int64_t, 2> outgoing_{};    ///< the message under way
  MPI_Request outgoing_request_ = MPI_REQUEST_NULL;
  std::uint64_t announced_ = 0;            ///< failures of this rank that all others are told of
  std::vector<std::uint64_t> heard_ = {};  ///< failures that each rank has told this one of
  bool failure_heard_ = false;             ///< since the last finish_posts
};

std::unique_ptr<Communicator> MpiCommunicator::make_part(std::optional<int> color, int key) {
  OwnedComm part = OwnedComm::split(comm_.get(), color, key);
  if (!color) return nullptr;
  return std::make_unique<MpiCommunicator>(std::move(part), piece_bytes_);
}

void MpiCommunicator::barrier() {
  MPI_Request request = MPI_REQUEST_NULL;
  mpi_check(MPI_Ibarrier(comm_.get(), &request));
  wait(request);
}

/// Sends in pieces that MPI can count.
void MpiCommunicator::broadcast_pieces(std::span<std::byte> data, int from) {
  for (std::size_t at = 0; at < data.size(); at += piece_bytes_) {
    MPI_Request request = MPI_REQUEST_NULL;
    mpi_check(MPI_Ibcast(data.data() + at, piece(data.size() - at), MPI_BYTE, from, comm_.get(),
                         &request));
    wait(request);
  }
}

Bytes MpiCommunicator::broadcast(Bytes data) {
  std::uint64_t bytes = data.size();
  MPI_Request request = MPI_REQUEST_NULL;
  mpi_check(MPI_Ibcast(&bytes, 1, MPI_UINT64_T, 0, comm_.get(), &request));
  wait(request);
  data.resize(bytes);
  broadcast_pieces(data, 0);
  return data;
}

std::vector<std::uint64_t> MpiCommunicator::all_sizes(std::size_t mine) {
  const std::uint64_t bytes = mine;
  std::vector<std::uint64_t> sizes(static_cast<std::size_t>(size_));
  MPI_Request request = MPI_REQUEST_NULL;
  mpi_check(MPI_Iallgather(&bytes, 1, MPI_UINT64_T, sizes.data(), 1, MPI_UINT64_T, comm_.get(),
                           &request));
  wait(request);
  return sizes;
}

void MpiCommunicator::start_receives(Bytes& into, int from, std::vector<MPI_Request>& requests) {
  for (std::size_t at = 0; at < into.size(); at += piece_bytes_)
    mpi_check(MPI_Irecv(into.data() + at, piece(into.size() - at), MPI_BYTE, from,
                        tag(MessageTag::kData), comm_.get(), &requests.emplace_back()));
}

void MpiCommunicator::start_sends(std::span<const std::byte> data, int to,
                                  std::vector<MPI_Request>& requests) {
  for (std::size_t at = 0; at < data.size(); at += piece_bytes_)
    mpi_check(MPI_Isend(data.data() + at, piece(data.size() - at), MPI_BYTE, to,
                        tag(MessageTag::kData), comm_.get(), &requests.emplace_back()));
}

std::vector<Bytes> MpiCommunicator::gather(std::span<const std::byte> data) {
  const auto sizes = all_sizes(data.size());
  std::vector<Bytes> all(is_root() ? sizes.size() : 0);
  std::vector<MPI_Request> requests;
  for (std::size_t r = 0; r < all.size(); ++r) {
    all[r].resize(sizes[r]);
    start_receives(all[r], static_cast<int>(r), requests);
  }
  start_sends(data, 0, requests);
  wait_all(requests);
  return all;
}

std::vector<Bytes> MpiCommunicator::all_gather(std::span<const std::byte> data) {
  const auto sizes = all_sizes(data.size());
  std::vector<Bytes> all;
  for (std::size_t r = 0; r < sizes.size(); ++r) {
    Bytes one = static_cast<int>(r) == rank_ ? Bytes(data.begin(), data.end()) : Bytes(sizes[r]);
    broadcast_pieces(one, static_cast<int>(r));
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<Bytes> MpiCommunicator::all_to_all(std::vector<Bytes> send) {
  std::vector<std::uint64_t> send_sizes;
  for (const Bytes& b : send) send_sizes.push_back(b.size());
  std::vector<std::uint64_t> sizes(send_sizes.size());
  MPI_Request request = MPI_REQUEST_NULL;
  mpi_check(MPI_Ialltoall(send_sizes.data(), 1, MPI_UINT64_T, sizes.data(), 1, MPI_UINT64_T,
                          comm_.get(), &request));
  wait(request);
  std::vector<Bytes> all(sizes.size());
  std::vector<MPI_Request> requests;
  for (std::size_t r = 0; r < all.size(); ++r) {
    all[r].resize(sizes[r]);
    start_receives(all[r], static_cast<int>(r), requests);
  }
  for (std::size_t r = 0; r < all.size(); ++r) start_sends(send[r], static_cast<int>(r), requests);
  wait_all(requests);
  return all;
}

void MpiCommunicator::all_reduce_sum(std::span<std::uint32_t> values) {
  const std::size_t longest = piece_bytes_ / sizeof values.front();
  for (std::size_t at = 0; at < values.size(); at += longest) {
    const auto some = values.subspan(at, std::min(longest, values.size() - at));
    MPI_Request request = MPI_REQUEST_NULL;
    mpi_check(MPI_Iallreduce(MPI_IN_PLACE, some.data(), static_cast<int>(some.size()), MPI_UINT32_T,
                             MPI_SUM, comm_.get(), &request));
    wait(request);
  }
}

void MpiCommunicator::post_progress(const ProgressCount& count) {
  if (is_root()) return;
  int left = 1;
  mpi_check(MPI_Test(&outgoing_request_, &left, MPI_STATUS_IGNORE));
  if (left == 0) return;  // the last one is still on its way: the next will say more
  outgoing_ = {count.tiles, count.bytes};
  mpi_check(MPI_Isend(outgoing_.data(), 2, MPI_INT64_T, 0, tag(MessageTag::kProgress), comm_.get(),
                      &outgoing_request_));
  ++sent_;
}

void MpiCommunicator::receive_progress(int from) {
  std::array<std::int64_t, 2> values{};
  mpi_check(MPI_Recv(values.data(), 2, MPI_INT64_T, from, tag(MessageTag::kProgress), comm_.get(),
                     MPI_STATUS_IGNORE));
  const auto r = static_cast<std::size_t>(from);
  posted_[r] = {values[0], values[1]};
  ++received_[r];
}

ProgressCount MpiCommunicator::collect_progress() {
  ProgressCount sum;
  if (!is_root()) return sum;
  for (int waiting = 1; waiting != 0;) {
    MPI_Status status{};
    mpi_check(
        MPI_Iprobe(MPI_ANY_SOURCE, tag(MessageTag::kProgress), comm_.get(), &waiting, &status));
    if (waiting != 0) receive_progress(status.MPI_SOURCE);
  }
  for (const ProgressCount& p : posted_) {
    sum.tiles += p.tiles;
    sum.bytes += p.bytes;
  }
  return sum;
}

void MpiCommunicator::announce_failure() noexcept {
  ++announced_;
  for (int to = 0; to < size_; ++to) {
    // In a job that ends anyway a message that is lost means one line too much.
    MPI_Request request = MPI_REQUEST_NULL;
    if (to != rank_ && MPI_Isend(nullptr, 0, MPI_BYTE, to, tag(MessageTag::kFailure), comm_.get(),
                                 &request) == MPI_SUCCESS)
      static_cast<void>(MPI_Request_free(&request));
  }
}

void MpiCommunicator::receive_failure(int from) {
  mpi_check(MPI_Recv(nullptr, 0, MPI_BYTE, from, tag(MessageTag::kFailure), comm_.get(),
                     MPI_STATUS_IGNORE));
  ++heard_[static_cast<std::size_t>(from)];
  failure_heard_ = true;
}

bool MpiCommunicator::failure_announced() {
  int waiting = 0;
  MPI_Status status{};
  if (!failure_heard_)
    mpi_check(
        MPI_Iprobe(MPI_ANY_SOURCE, tag(MessageTag::kFailure), comm_.get(), &waiting, &status));
  if (waiting != 0) receive_failure(status.MPI_SOURCE);
  return failure_heard_;
}

void MpiCommunicator::finish_posts() {
  const auto sent = all_sizes(sent_), announced = all_sizes(announced_);
  for (int from = 0; from < size_; ++from) {
    const auto r = static_cast<std::size_t>(from);
    while (is_root() && from != rank_ && received_[r] < sent[r]) receive_progress(from);
    while (from != rank_ && heard_[r] < announced[r]) receive_failure(from);
  }
  failure_heard_ = false;
  wait(outgoing_request_);
}

}  // namespace

std::unique_ptr<Communicator> make_mpi_communicator(MPI_Comm comm, std::size_t piece_bytes) {
  return std::make_unique<MpiCommunicator>(OwnedComm::duplicate(comm), piece_bytes);
}

}  // namespace cogmill::exchange
