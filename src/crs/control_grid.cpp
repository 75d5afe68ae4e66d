// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/control_grid.hpp"

#include "src/crs/node_table.hpp"
#include "src/crs/transform_all.hpp"
#include "src/crs/turn.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace cogmill::crs {
namespace {

using kernels::CoordinateMap;
using kernels::MapCell;
using kernels::PixelPoint;

/// Side of the smallest patch [px]: a smaller one would need as many tests as it has pixels.
constexpr std::int64_t kSmallestPatch = 4;
/// In a cell whose nodes all fail, positions inside are tried at this distance [px].
constexpr std::int64_t kEmptyProbe = 8;

/// Points of an exact cell from which on some are tried first: of whole cells.
constexpr std::size_t kProbedPoints = CoordinateMap::kCell * CoordinateMap::kCell;

/// A cell of the level in work: its index in CoordinateMap::cells and its first output pixel.
struct Pending {
  std::size_t cell;
  std::int64_t col, row;
  double error = 0;  ///< of its patch, as far as it has been tested [source px]
};
/// The error of what is no patch.
constexpr double kNoPatch = std::numeric_limits<double>::infinity();

bool found(const PixelPoint& p) { return !std::isnan(p.x); }

/// A cell's positions at its corners, the middles of its edges and its centre: 3 x 3, row-major.
using Nine = std::array<PixelPoint, 9>;
/// Those of them where a patch is compared with the transformer.
constexpr std::array<std::size_t, 5> kTested = {1, 3, 4, 5, 7};
/// Where else, as parts of the side: without symmetry, so that neither an odd function about the
/// centre (latitudes of a cell on Mercator's equator) nor whole turns between the nodes pass.
constexpr std::array<PixelPoint, 2> kTestedBetween = {{{0.21, 0.29}, {0.73, 0.23}}};
/// Batches of exact cells that all threads work on before they are kept.
constexpr std::size_t kBatchesAtOnce = 256;

class GridBuilder {
 public:
  GridBuilder(const PixelTransformer& transformer, CoordinateMap& map, double error_threshold)
      : transformer_(transformer),
        nodes_(transformer),
        turn_(period_of(transformer, map.anchor == CoordinateMap::Anchor::kCorners)),
        map_(map),
        threshold_(error_threshold) {}

  void build() {
    std::vector<Pending> level = base_cells();
    if (threshold_ > 0)
      for (std::int64_t side = CoordinateMap::kCell; side >= kSmallestPatch; side /= 2)
        level = work_on(level, side);
    else
      lay_exact(std::move(level), CoordinateMap::kCell);
    for (const auto& [side, cells] : exact_) fill_exact(cells, side);
  }

  ControlGridReport report() const {
    return {nodes_.transformed() + exactly_transformed_, largest_error_};
  }

 private:
  std::vector<Pending> base_cells() {
    std::vector<Pending> cells;
    map_.cells.resize(static_cast<std::size_t>(map_.across * map_.down));
    for (std::int64_t i = 0; i < map_.across * map_.down; ++i)
      cells.push_back({static_cast<std::size_t>(i),
                       (map_.cell_col + i % map_.across) * CoordinateMap::kCell,
                       (map_.cell_row + i / map_.across) * CoordinateMap::kCell, 0});
    return cells;
  }

  /// Decides on all cells of one level. @return the cells of the next one
  std::vector<Pending> work_on(const std::vector<Pending>& level, std::int64_t side) {
    want_nodes(level, side);
    std::vector<Pending> failed, empty, likely;
    for (Pending p : level) {
      const Nine nine = nine_of(p, side);
      const auto count = std::count_if(nine.begin(), nine.end(), found);
      p.error = count == 9 ? lay_patch(p, nine) : kNoPatch;
      (count == 0 ? empty : p.error <= threshold_ ? likely : failed).push_back(p);
    }
    take_patches(likely, side, failed);
    drop_nowhere(empty, side);
    failed.insert(failed.end(), empty.begin(), empty.end());
    if (side > kSmallestPatch) return split(failed, side);
    lay_exact(std::move(failed), side);
    return {};
  }

  /// Cells as they are, but for those that may go round a pole: within one, neighbours cannot all
  /// be brought together. They are split down to the pixel.
  void lay_exact(std::vector<Pending> level, std::int64_t side) {
    const bool together = map_.anchor == CoordinateMap::Anchor::kCorners && turn_.period() > 0;
    for (; together && side > 1 && !level.empty(); side /= 2) {
      want_nodes(level, side);
      const auto middle = std::stable_partition(level.begin(), level.end(), [&](const Pending& p) {
        return !is_round(nine_of(p, side));
      });
      const std::vector<Pending> round(middle, level.end());
      level.erase(middle, level.end());
      exact_.emplace_back(side, std::move(level));
      level = split(round, side);
    }
    exact_.emplace_back(side, std::move(level));
  }

  /// Whether a pole may lie between the nodes of a cell's rim: they are far from each other, or
  /// there is a turn between the first and itself.
  bool is_round(const Nine& nine) const {
    constexpr std::array<std::size_t, 9> kRim = {0, 1, 2, 5, 8, 7, 6, 3, 0};
    double way = 0;
    for (std::size_t i = 1; i < kRim.size(); ++i) {
      const double from = nine[kRim[i - 1]].x;
      const double step = turn_.near(nine[kRim[i]].x, from) - from;
      if (std::abs(step) >= turn_.period() / 4) return true;
      way += step;
    }
    if (!std::isnan(way)) return std::abs(way) > turn_.period() / 2;
    return std::any_of(nine.begin(), nine.end(), found);
  }

  void want_nodes(const std::vector<Pending>& level, std::int64_t side) {
    for (const Pending& p : level)
      for (std::int64_t k = 0; k < 9; ++k)
        nodes_.want(p.col + k % 3 * side / 2, p.row + k / 3 * side / 2);
    nodes_.resolve();
  }

  Nine nine_of(const Pending& p, std::int64_t side) const {
    Nine nine;
    for (std::int64_t k = 0; k < 9; ++k)
      nine[static_cast<std::size_t>(k)] =
          nodes_.at(p.col + k % 3 * side / 2, p.row + k / 3 * side / 2);
    return nine;
  }

  /// Gives the cell the corners of a patch.   @return its largest error at the nine positions
  double lay_patch(const Pending& p, const Nine& nine) {
    std::array<PixelPoint, 4>& corners = map_.cells[p.cell].corners;
    corners = {nine[0], nine[2], nine[6], nine[8]};
    corners[0].x = turn_.inside(corners[0].x);
    for (std::size_t i = 1; i < 4; ++i) corners[i].x = turn_.near(corners[i].x, corners[0].x);
    if (turn_.is_wide(corners)) return kNoPatch;
    double worst = 0;
    for (const std::size_t k : kTested)
      worst = std::max(
          worst,
          patch_error(corners, {static_cast<double>(k % 3) / 2, static_cast<double>(k / 3) / 2},
                      nine[k]));
    return worst;
  }

  /// Makes those cells patches that are good enough between the nodes too; the others fail.
  void take_patches(std::vector<Pending>& cells, std::int64_t side, std::vector<Pending>& failed) {
    const auto length = static_cast<double>(side);
    std::vector<PixelPoint> points;
    for (const Pending& p : cells)
      for (const PixelPoint& at : kTestedBetween)
        points.push_back({static_cast<double>(p.col) + at.x * length,
                          static_cast<double>(p.row) + at.y * length});
    transform_all_on_map(transformer_, points);  // the nodes around them are
    exactly_transformed_ += static_cast<std::int64_t>(points.size());
    auto exact = points.begin();
    for (Pending& p : cells) {
      MapCell& cell = map_.cells[p.cell];
      for (const PixelPoint& at : kTestedBetween)
        p.error = std::max(p.error, patch_error(cell.corners, at, *exact++));
      if (p.error > threshold_) {
        failed.push_back(p);
        continue;
      }
      cell.kind = MapCell::Kind::kPatch;
      largest_error_ = std::max(largest_error_, p.error);
    }
  }

  /// @param at within the patch, 0 .. 1
  double patch_error(const std::array<PixelPoint, 4>& c, const PixelPoint& at,
                     const PixelPoint& exact) const {
    const double u = at.x, v = at.y;
    const double x =
        (c[0].x * (1 - u) + c[1].x * u) * (1 - v) + (c[2].x * (1 - u) + c[3].x * u) * v;
    const double y =
        (c[0].y * (1 - u) + c[1].y * u) * (1 - v) + (c[2].y * (1 - u) + c[3].y * u) * v;
    const double error = std::abs(turn_.near(exact.x, x) - x) + std::abs(exact.y - y);
    return std::isnan(error) ? kNoPatch : error;
  }

  std::vector<Pending> split(const std::vector<Pending>& level, std::int64_t side) {
    std::vector<Pending> next;
    next.reserve(level.size() * 4);
    for (const Pending& p : level) {
      const std::size_t first = map_.cells.size();
      map_.cells.resize(first + 4);
      map_.cells[p.cell].kind = MapCell::Kind::kSplit;
      map_.cells[p.cell].first = static_cast<std::int64_t>(first);
      for (std::int64_t i = 0; i < 4; ++i)
        next.push_back({first + static_cast<std::size_t>(i), p.col + i % 2 * side / 2,
                        p.row + i / 2 * side / 2, 0});
    }
    return next;
  }

  /// Takes out of `cells`, whose nodes all fail, those that nothing reaches into: no pixel along
  /// their rim has a source, and none of some inside. Whatever comes in from outside crosses the
  /// rim.
  void drop_nowhere(std::vector<Pending>& cells, std::int64_t side) {
    std::vector<PixelPoint> points;
    for (const Pending& p : cells) add_probes(p, side, points);
    if (points.empty()) return;
    transform_exactly(points);
    const std::size_t each = points.size() / cells.size();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto mine = std::span(points).subspan(i * each, each);
      if (std::any_of(mine.begin(), mine.end(), found)) cells[kept++] = cells[i];
    }
    cells.resize(kept);  // a cell is kNowhere from the start
  }

  void add_probes(const Pending& p, std::int64_t side, std::vector<PixelPoint>& points) const {
    const std::int64_t n = points_across(side);
    for (std::int64_t r = 0; r < n; ++r)
      for (std::int64_t c = 0; c < n; ++c) {
        const bool rim = r == 0 || c == 0 || r == n - 1 || c == n - 1;
        if (rim || (r % kEmptyProbe == 0 && c % kEmptyProbe == 0))
          points.push_back(point_of(p, c, r));
      }
  }

  std::int64_t points_across(std::int64_t side) const {
    return map_.anchor == CoordinateMap::Anchor::kCentres ? side : side + 1;
  }

  PixelPoint point_of(const Pending& p, std::int64_t c, std::int64_t r) const {
    const double offset = map_.anchor == CoordinateMap::Anchor::kCentres ? 0.5 : 0.0;
    return {static_cast<double>(p.col + c) + offset, static_cast<double>(p.row + r) + offset};
  }

  /// All threads find the positions of many cells, which are then kept in their order.
  void fill_exact(const std::vector<Pending>& cells, std::int64_t side) {
    const std::int64_t n = points_across(side);
    const auto each = static_cast<std::size_t>(n * n);
    const std::size_t batch = std::max<std::size_t>(1, kPointsPerTask / each);
    map_.points.reserve(map_.points.size() + cells.size() * each);
    std::vector<PixelPoint> points;
    for (std::size_t first = 0; first < cells.size(); first += batch * kBatchesAtOnce) {
      const auto some =
          std::span(cells).subspan(first, std::min(batch * kBatchesAtOnce, cells.size() - first));
      points.resize(some.size() * each);
      tbb::parallel_for(std::size_t{0}, (some.size() + batch - 1) / batch, [&](std::size_t task) {
        const std::size_t begin = task * batch, count = std::min(batch, some.size() - begin);
        find_exact(some.subspan(begin, count),
                   std::span(points).subspan(begin * each, count * each), n);
      });
      exactly_transformed_ += static_cast<std::int64_t>(points.size());
      for (std::size_t i = 0; i < some.size(); ++i)
        keep_exact(some[i], std::span(points).subspan(i * each, each));
    }
  }

  void find_exact(std::span<const Pending> cells, std::span<PixelPoint> points,
                  std::int64_t n) const {
    const auto each = static_cast<std::size_t>(n * n);
    for (std::size_t i = 0; i < points.size(); ++i) {
      const auto k = static_cast<std::int64_t>(i % each);
      points[i] = point_of(cells[i / each], k % n, k / n);
    }
    if (each < kProbedPoints)
      transformer_.transform(points);
    else
      for (std::size_t i = 0; i < cells.size(); ++i)
        find_all_of(cells[i], points.subspan(i * each, each));
    const bool corners = map_.anchor == CoordinateMap::Anchor::kCorners;
    for (std::size_t i = 0; i < cells.size(); ++i)
      bring_together(transformer_, {point_of(cells[i], 0, 0), static_cast<std::size_t>(n), corners},
                     points.subspan(i * each, each));
  }

  /// In a large cell most time would go into asking whether places are on the output's map: if all
  /// along its rim and of some inside are, the others are too.
  void find_all_of(const Pending& cell, std::span<PixelPoint> points) const {
    std::vector<PixelPoint> probes;
    add_probes(cell, CoordinateMap::kCell, probes);
    transformer_.transform(probes);
    if (std::all_of(probes.begin(), probes.end(), found))
      transformer_.transform_on_map(points);
    else
      transformer_.transform(points);
  }

  void keep_exact(const Pending& p, std::span<const PixelPoint> points) {
    if (std::none_of(points.begin(), points.end(), found)) return;  // it stays kNowhere
    map_.cells[p.cell].kind = MapCell::Kind::kExact;
    map_.cells[p.cell].first = static_cast<std::int64_t>(map_.points.size());
    map_.points.insert(map_.points.end(), points.begin(), points.end());
  }

  void transform_exactly(std::span<PixelPoint> points) {
    transform_all(transformer_, points);
    exactly_transformed_ += static_cast<std::int64_t>(points.size());
  }

  const PixelTransformer& transformer_;
  NodeTable nodes_;
  Turn turn_;
  CoordinateMap& map_;
  double threshold_;
  std::vector<std::pair<std::int64_t, std::vector<Pending>>> exact_;  ///< by side of the cells
  std::int64_t exactly_transformed_ = 0;
  double largest_error_ = 0;
};

}  // namespace

CoordinateMap build_control_grid(const PixelTransformer& transformer,
                                 const partition::Window& window, CoordinateMap::Anchor anchor,
                                 double error_threshold, ControlGridReport& report) {
  CoordinateMap map;
  map.anchor = anchor;
  if (!window.empty()) {
    map.cell_col = window.col / CoordinateMap::kCell;
    map.cell_row = window.row / CoordinateMap::kCell;
    map.across = (window.col_end() - 1) / CoordinateMap::kCell - map.cell_col + 1;
    map.down = (window.row_end() - 1) / CoordinateMap::kCell - map.cell_row + 1;
  }
  GridBuilder builder(transformer, map, error_threshold);
  builder.build();
  report = builder.report();
  return map;
}

}  // namespace cogmill::crs
