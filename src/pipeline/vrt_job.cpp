// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/vrt_job.hpp"

#include "partition/rank_ranges.hpp"
#include "src/exchange/packing.hpp"
#include "src/io/vrt_writer.hpp"
#include "src/pipeline/dry_run.hpp"
#include "src/pipeline/make_session_file.hpp"
#include "src/pipeline/publish.hpp"
#include "src/pipeline/start_backend.hpp"
#include "src/report/interrupt.hpp"
#include "src/report/name_beside.hpp"

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <vector>

namespace cogmill::pipeline {
namespace {

namespace fs = std::filesystem;

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

std::string piece_name(const std::string& vrt, std::size_t rank) {
  char number[16];
  std::snprintf(number, sizeof number, "_%05zu.tif", rank);
  const fs::path stem = fs::path(vrt).replace_extension();
  return fs::path(report::name_beside(stem.string(), number)).filename().string();
}

std::string beside(const std::string& vrt, const std::string& name) {
  return (fs::path(vrt).parent_path() / name).string();
}

void require_new_pieces(const job::Job& job, const std::vector<partition::Window>& pieces) {
  for (std::size_t r = 0; r < pieces.size(); ++r) {
    if (!pieces[r].empty() && !job.run.overwrite)
      require_new_file("piece", beside(job.output, piece_name(job.output, r)));
  }
}

/// Takes back names that were given to pieces. Their VRT could not be written: they are of no use.
void remove_pieces(const job::Job& job, const std::vector<io::VrtPiece>& pieces) {
  for (const io::VrtPiece& piece : pieces) remove_with_sidecars(beside(job.output, piece.file));
}

/// Removes the pieces that an earlier run with more ranks has left: numbers behind the last new
/// one.
void remove_old_pieces(const job::Job& job, const std::vector<partition::Window>& pieces) {
  for (std::size_t r = 0; r < pieces.size(); ++r)
    if (pieces[r].empty()) remove_with_sidecars(beside(job.output, piece_name(job.output, r)));
  for (std::size_t r = pieces.size();; ++r)
    if (!remove_with_sidecars(beside(job.output, piece_name(job.output, r)))) return;
}

/// Gives the pieces their names, then writes the VRT over them. On root.
void publish(Session& s, const PartialFolder& partial,
             const std::vector<partition::Window>& pieces) {
  io::VrtRequest request;
  request.path = s.job.output;
  request.width = s.image_width;
  request.height = s.image_height;
  for (std::size_t r = 0; r < pieces.size(); ++r) {
    if (pieces[r].empty()) continue;
    const std::string name = piece_name(s.job.output, r);
    publish_file(partial.piece_file(static_cast<int>(r)), beside(s.job.output, name));
    request.pieces.push_back({name, pieces[r]});
  }
  try {
    remove_sidecars(s.job.output);
    io::write_vrt(request);
  } catch (...) {
    remove_pieces(s.job, request.pieces);
    throw;
  }
}

/// Size of all pieces, on every rank. *Collective.*
std::int64_t sum_over_ranks(exchange::Communicator& comm, std::int64_t mine) {
  std::int64_t sum = 0;
  for (const auto& message : comm.all_gather(exchange::pack(std::span(&std::as_const(mine), 1))))
    sum += exchange::unpack<std::int64_t>(message).front();
  return sum;
}

}  // namespace

void run_vrt_job(Session& s, const plan::Interpretation& interpretation) {
  const auto alone = exchange::make_local_communicator();
  const partition::Window image{0, 0, interpretation.image.width, interpretation.image.height};
  const auto pieces =
      cut_into_pieces(plan::make_plan(s.job, interpretation, s.scenes, image), s.comm.size());
  const partition::Window mine = pieces[static_cast<std::size_t>(s.comm.rank())];
  if (!s.job.run.dry_run) start_session_backend(s);
  exchange::agree_on(s.comm, [&] {
    plan_file(s, interpretation, mine.empty() ? image : mine, *alone);
    if (s.comm.is_root()) require_new_pieces(s.job, pieces);
  });
  if (s.job.run.dry_run) {
    if (s.comm.is_root()) std::cout << describe_plan(s);
    return;
  }
  report::InterruptWatch watch;
  PartialFolder partial(s.job.output, s.job.run.scratch.value_or(""));
  create_folders(s, partial);
  const std::int64_t tiles = sum_over_ranks(s.comm, mine.empty() ? 0 : s.plan.tile_count());
  if (mine.empty()) {
    skip_session_file(s, tiles);
  } else {
    make_session_file(s, partial, partial.piece_file(s.comm.rank()), tiles, *alone);
  }
  s.result.file_bytes = sum_over_ranks(s.comm, s.result.file_bytes);
  exchange::agree_on(s.comm, [&] {
    if (!s.comm.is_root()) return;
    watch.hold();
    publish(s, partial, pieces);
    if (s.job.run.overwrite) remove_old_pieces(s.job, pieces);
    partial.remove();
  });
}

}  // namespace cogmill::pipeline
