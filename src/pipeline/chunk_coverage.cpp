// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/chunk_coverage.hpp"

#include "src/crs/pixel_transformer.hpp"
#include "src/warp/footprint_index.hpp"

#include <algorithm>
#include <cstddef>

namespace cogmill::pipeline {
namespace {

using kernels::PixelPoint;
using partition::Window;

constexpr int kSide = 5;  // positions along each side of a chunk
constexpr std::size_t kPositions = std::size_t{kSide} * kSide;

void add_positions(const Window& w, std::vector<PixelPoint>& points) {
  for (int row = 0; row < kSide; ++row)
    for (int col = 0; col < kSide; ++col)
      points.push_back(
          {static_cast<double>(w.col) + static_cast<double>(w.width) * (col + 0.5) / kSide,
           static_cast<double>(w.row) + static_cast<double>(w.height) * (row + 0.5) / kSide});
}

bool is_inside(const PixelPoint& p, const io::SceneInfo& scene, bool periodic) {
  return p.y >= 0 && p.y <= static_cast<double>(scene.height) &&
         (periodic || (p.x >= 0 && p.x <= static_cast<double>(scene.width)));
}

/// Marks the positions that lie in the input.
void mark(const warp::WarpSetup& setup, std::vector<PixelPoint> points, std::vector<bool>& found) {
  const auto transformer =
      crs::make_pixel_transformer(setup.source, setup.scene.width, setup.scene.height, setup.grid);
  transformer->transform(points);
  for (std::size_t i = 0; i < points.size(); ++i)
    if (is_inside(points[i], setup.scene, transformer->period() > 0)) found[i] = true;
}

/// The part of a chunk on the whole output.
Window output_window(const plan::Plan& plan, std::int64_t chunk) {
  const partition::ChunkGrid& chunks = plan.rounds.front().chunks;
  Window w = chunks.tiles.window(chunks.owned_tiles(chunk, chunks.tiles, 0));
  w.col += plan.region.col;
  w.row += plan.region.row;
  return w;
}

/// What the sources cover of each chunk; those that lie on one another count once where one pixel
/// is taken, and each where all are needed.
std::vector<double> mosaic_coverage(const plan::Plan& plan, const warp::MosaicSetup& mosaic) {
  const std::vector<Window> footprints = warp::footprints_of(mosaic);
  const warp::FootprintIndex index(footprints);
  const bool takes_one = kernels::takes_one(mosaic.method);
  const std::int64_t chunks = plan.rounds.front().chunks.count();
  std::vector<double> coverage(static_cast<std::size_t>(chunks), 0);
  for (std::int64_t chunk = 0; chunk < chunks; ++chunk) {
    const Window w = output_window(plan, chunk);
    double& covered = coverage[static_cast<std::size_t>(chunk)];
    for (const std::size_t i : index.touching(w))
      covered += static_cast<double>(partition::intersect(w, footprints[i]).pixels()) /
                 static_cast<double>(w.pixels());
    if (takes_one) covered = std::min(covered, 1.0);
  }
  return coverage;
}

}  // namespace

std::vector<double> chunk_coverage(const plan::Plan& plan) {
  const auto& inputs = plan.operation.inputs;
  if (inputs.front().mosaic) return mosaic_coverage(plan, *inputs.front().mosaic);
  if (std::ranges::any_of(inputs, [](const plan::InputUse& use) { return !use.warp; })) return {};
  const partition::ChunkGrid& chunks = plan.rounds.front().chunks;
  std::vector<PixelPoint> points;
  for (std::int64_t chunk = 0; chunk < chunks.count(); ++chunk)
    add_positions(output_window(plan, chunk), points);
  std::vector<bool> found(points.size(), false);
  for (const plan::InputUse& use : inputs) mark(*use.warp, points, found);
  std::vector<double> coverage(static_cast<std::size_t>(chunks.count()), 0);
  for (std::size_t i = 0; i < found.size(); ++i)
    if (found[i]) coverage[i / kPositions] += 1.0 / kPositions;
  return coverage;
}

}  // namespace cogmill::pipeline
