// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/refine_positions.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace cogmill::crs {
namespace {

using kernels::PixelPoint;

/// One position on its way.
struct Search {
  std::size_t index = 0;                                  ///< of the point
  PixelPoint at;                                          ///< tried now [source px]
  double best = std::numeric_limits<double>::infinity();  ///< how far off the best one ends
};

/// Where a place and two beside it lie in the output.
struct Slope {
  PixelPoint here, right, below;
};

/// Steps go towards the image's middle: arrays end at its edges.
double step_from(double at, double middle) {
  constexpr double kStep = 0.25;  // [px]
  return at < middle ? kStep : -kStep;
}

std::vector<Slope> slopes(GdalTransformer& transformer, const std::vector<Search>& searches,
                          const PixelPoint& middle) {
  std::vector<PixelPoint> places;
  for (const Search& s : searches) {
    places.push_back(s.at);
    places.push_back({s.at.x + step_from(s.at.x, middle.x), s.at.y});
    places.push_back({s.at.x, s.at.y + step_from(s.at.y, middle.y)});
  }
  transformer.to_output(places);
  std::vector<Slope> all;
  for (std::size_t i = 0; i < places.size(); i += 3)
    all.push_back({places[i], places[i + 1], places[i + 2]});
  return all;
}

/// Newton's step to the place asked for, which lies (dx, dy) off in the output; NaN if there is
/// none.
PixelPoint newton(const Slope& slope, const PixelPoint& at, const PixelPoint& middle, double dx,
                  double dy) {
  const double u = step_from(at.x, middle.x), v = step_from(at.y, middle.y);
  const double a = (slope.right.x - slope.here.x) / u, b = (slope.below.x - slope.here.x) / v;
  const double c = (slope.right.y - slope.here.y) / u, d = (slope.below.y - slope.here.y) / v;
  const double determinant = a * d - b * c;
  return {at.x + (d * dx - b * dy) / determinant, at.y + (a * dy - c * dx) / determinant};
}

}  // namespace

void refine_positions(GdalTransformer& transformer, std::span<const PixelPoint> asked,
                      const PixelPoint& middle, double turn, std::span<PixelPoint> found) {
  constexpr int kMostSteps = 12;
  constexpr double kNear = 1e-7;  // [source px]
  std::vector<Search> searches;
  for (std::size_t i = 0; i < found.size(); ++i)
    if (std::isfinite(found[i].x)) searches.push_back({i, found[i]});
  for (int step = 0; step < kMostSteps && !searches.empty(); ++step) {
    const std::vector<Slope> all = slopes(transformer, searches, middle);
    std::vector<Search> open;
    for (std::size_t k = 0; k < searches.size(); ++k) {
      Search search = searches[k];
      const PixelPoint& place = asked[search.index];
      double dx = place.x - all[k].here.x;
      const double dy = place.y - all[k].here.y;
      if (turn > 0) dx -= turn * std::round(dx / turn);
      const double off = std::hypot(dx, dy);
      if (off < search.best) search.best = off, found[search.index] = search.at;
      const PixelPoint next = newton(all[k], search.at, middle, dx, dy);
      const double way = std::hypot(next.x - search.at.x, next.y - search.at.y);
      search.at = next;
      if (std::isfinite(way) && way > kNear) open.push_back(search);
    }
    searches = std::move(open);
  }
}

}  // namespace cogmill::crs
