// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "partition/rank_ranges.hpp"
#include "src/io/local_target.hpp"
#include "src/io/piece_path.hpp"
#include "src/io/sidecars.hpp"
#include "src/io/vrt_writer.hpp"
#include "src/pipeline/job_output.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cogmill::pipeline {
namespace {

/// Rows of the image for each rank: whole chunk rows, so that pieces begin on tile borders.
std::vector<partition::Window> cut_into_pieces(const plan::Plan& whole, int ranks) {
  const partition::ChunkGrid& chunks = whole.rounds.front().chunks;
  const std::vector<std::int64_t> costs(static_cast<std::size_t>(chunks.down()), whole.image.width);
  const auto bounds = partition::split_by_cost(costs, ranks);
  const std::int64_t chunk_rows = chunks.shape.down * whole.tile;
  std::vector<partition::Window> pieces;
  for (std::size_t r = 0; r + 1 < bounds.size(); ++r)
    pieces.push_back(
        partition::intersect(partition::from_edges(0, bounds[r] * chunk_rows, whole.image.width,
                                                   bounds[r + 1] * chunk_rows),
                             chunks.tiles.image()));
  return pieces;
}

class VrtOutput final : public JobOutput {
 public:
  VrtOutput(const job::Job& job, const io::PartialFolder& partial, const plan::Plan& whole,
            exchange::Communicator& comm)
      : job_(job),
        partial_(partial),
        image_{0, 0, whole.image.width, whole.image.height},
        pieces_(cut_into_pieces(whole, comm.size())),
        rank_(static_cast<std::size_t>(comm.rank())),
        alone_(exchange::make_local_communicator()),
        mine_(growing(rank_), io::piece_path(job.output, rank_)) {}

  partition::Window part() const override { return pieces_[rank_]; }
  exchange::Communicator& makers() override { return *alone_; }
  io::OutputTarget& target() override { return mine_; }
  bool is_whole() const override { return false; }
  void require_new() const override;
  void publish() override;

 private:
  std::string growing(std::size_t rank) const {
    return partial_.piece_file(static_cast<int>(rank));
  }
  io::LocalTarget piece(std::size_t rank) const {
    return {growing(rank), io::piece_path(job_.output, rank)};
  }
  bool is_made(std::size_t rank) const { return rank < pieces_.size() && !pieces_[rank].empty(); }
  void write_vrt() const;
  void remove_old_pieces() const;

  const job::Job& job_;
  const io::PartialFolder& partial_;
  partition::Window image_;
  std::vector<partition::Window> pieces_;  ///< by rank
  std::size_t rank_;
  std::unique_ptr<exchange::Communicator> alone_;
  io::LocalTarget mine_;
};

void VrtOutput::require_new() const {
  for (std::size_t r = 0; r < pieces_.size() && !job_.run.overwrite; ++r)
    if (is_made(r)) io::require_new(piece(r), "piece");
}

void VrtOutput::write_vrt() const {
  io::VrtRequest request;
  request.path = job_.output;
  request.width = image_.width;
  request.height = image_.height;
  for (std::size_t r = 0; r < pieces_.size(); ++r)
    if (is_made(r)) request.pieces.push_back({io::piece_name(job_.output, r), pieces_[r]});
  io::remove_sidecars(job_.output);
  io::write_vrt(request);
}

/// Removes the pieces that an earlier run with more ranks has left.
void VrtOutput::remove_old_pieces() const {
  for (std::size_t r = 0;; ++r)
    if (!is_made(r) && !piece(r).remove_published() && r >= pieces_.size()) return;
}

void VrtOutput::publish() {
  for (std::size_t r = 0; r < pieces_.size(); ++r)
    if (is_made(r)) piece(r).publish();
  try {
    write_vrt();
  } catch (...) {
    for (std::size_t r = 0; r < pieces_.size(); ++r)
      if (is_made(r)) piece(r).remove_published();  // without a VRT they are of no use
    throw;
  }
  if (job_.run.overwrite) remove_old_pieces();
}

}  // namespace

std::unique_ptr<JobOutput> make_vrt_output(const job::Job& job, const io::PartialFolder& partial,
                                           const plan::Plan& whole, exchange::Communicator& comm) {
  return std::make_unique<VrtOutput>(job, partial, whole, comm);
}

}  // namespace cogmill::pipeline
