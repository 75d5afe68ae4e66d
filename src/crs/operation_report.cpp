// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/operation_report.hpp"

#include "src/crs/proj_handles.hpp"
#include "src/report/error.hpp"

#include <proj.h>

#include <cmath>

namespace cogmill::crs {
namespace {

using report::RuntimeError;

using Context = ProjContext;
using Object = ProjObject;
using List = ProjList;
using Factory = ProjFactory;
using Box = std::array<double, 4>;
using Area = std::optional<Box>;

std::string reason_of(PJ_CONTEXT* context) {
  const int number = proj_context_errno(context);
  const char* text = number == 0 ? nullptr : proj_context_errno_string(context, number);
  return text == nullptr ? "no reason given" : text;
}

std::string text_of(const char* text) { return text == nullptr ? std::string() : text; }

/// A CRS without its vertical part: heights are not shifted.
Object horizontal_crs(PJ_CONTEXT* context, const std::string& wkt, const char* which) {
  Object crs(proj_create(context, wkt.c_str()));
  if (!crs)
    throw RuntimeError(std::string("PROJ does not understand the CRS of the ") + which + ": " +
                       reason_of(context));
  if (proj_get_type(crs.get()) != PJ_TYPE_COMPOUND_CRS) return crs;
  Object part(proj_crs_get_sub_crs(context, crs.get(), 0));
  return part ? std::move(part) : std::move(crs);
}

/// Operations from best to worst, as PROJ ranks them for the area.
List operations(PJ_CONTEXT* context, const PJ* source, const PJ* target, const Area& area,
                PROJ_GRID_AVAILABILITY_USE grids) {
  const Factory factory(proj_create_operation_factory_context(context, nullptr));
  if (!factory) throw RuntimeError("PROJ cannot search operations: " + reason_of(context));
  if (area)
    proj_operation_factory_context_set_area_of_interest(context, factory.get(), (*area)[0],
                                                        (*area)[1], (*area)[2], (*area)[3]);
  proj_operation_factory_context_set_spatial_criterion(context, factory.get(),
                                                       PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
  proj_operation_factory_context_set_grid_availability_use(context, factory.get(), grids);
  return List(proj_create_operations(context, source, target, factory.get()));
}

Object first_of(PJ_CONTEXT* context, const List& list) {
  if (!list || proj_list_get_count(list.get()) == 0) return nullptr;
  return Object(proj_list_get(context, list.get(), 0));
}

std::vector<std::string> grids_not_installed(PJ_CONTEXT* context, const PJ* operation) {
  std::vector<std::string> missing;
  const int count = proj_coordoperation_get_grid_used_count(context, operation);
  for (int i = 0; i < count; ++i) {
    const char* name = nullptr;
    int available = 1;
    if (proj_coordoperation_get_grid_used(context, operation, i, &name, nullptr, nullptr, nullptr,
                                          nullptr, nullptr, &available) != 0 &&
        available == 0)
      missing.push_back(text_of(name));
  }
  return missing;
}

/// As PROJ itself does: with the network on, grids that it knows are there.
PROJ_GRID_AVAILABILITY_USE usable_grids(PJ_CONTEXT* context) {
  return proj_context_is_network_enabled(context) != 0
             ? PROJ_GRID_AVAILABILITY_KNOWN_AVAILABLE
             : PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID;
}

/// The operation itself, or what it is made of.
std::vector<Object> steps_of(PJ_CONTEXT* context, const PJ* operation) {
  std::vector<Object> steps;
  const int count = proj_get_type(operation) == PJ_TYPE_CONCATENATED_OPERATION
                        ? proj_concatoperation_get_step_count(context, operation)
                        : 0;
  for (int i = 0; i < count; ++i)
    steps.emplace_back(proj_concatoperation_get_step(context, operation, i));
  if (count == 0) steps.emplace_back(proj_clone(context, operation));
  return steps;
}

/// Longitudes may run over 180 degrees, west above east then; an area of all of them is one whose
/// longitudes are not known.
bool holds(const Box& use, const Box& area) {
  constexpr double kRounded = 0.01;  // areas are given with two digits
  if (area[1] < use[1] - kRounded || area[3] > use[3] + kRounded) return false;
  if (area[2] - area[0] >= 360) return true;
  const double span = use[2] - use[0] + (use[2] < use[0] ? 360 : 0);
  const double shift = area[0] - (use[0] - kRounded);
  const double west = shift - 360 * std::floor(shift / 360);
  const double width = area[2] - area[0] + (area[2] < area[0] ? 360 : 0);
  return span >= 360 || west + width <= span + 2 * kRounded;
}

/// The area of the first datum shift that is not meant for all of `area`.
Area area_left(PJ_CONTEXT* context, const PJ* operation, const Area& area) {
  if (!area) return std::nullopt;
  for (const Object& step : steps_of(context, operation)) {
    Box use = {};
    if (step && proj_get_type(step.get()) == PJ_TYPE_TRANSFORMATION &&
        proj_get_area_of_use(context, step.get(), &use[0], &use[1], &use[2], &use[3], nullptr) !=
            0 &&
        use[0] > -1000 && !holds(use, *area))
      return use;
  }
  return std::nullopt;
}

/// The pipeline with x east and y north on both sides, as images are laid out.
std::string pipeline_of(PJ_CONTEXT* context, const PJ* operation) {
  const Object turned(proj_normalize_for_visualization(context, operation));
  return text_of(
      proj_as_proj_string(context, turned ? turned.get() : operation, PJ_PROJ_5, nullptr));
}

[[noreturn]] void no_operation(PJ_CONTEXT* context, const PJ* source, const PJ* target,
                               const std::vector<std::string>& missing) {
  std::string text = "PROJ knows no coordinate operation from \"" + text_of(proj_get_name(source)) +
                     "\" to \"" + text_of(proj_get_name(target)) + "\" (" + reason_of(context) +
                     ")";
  for (const std::string& grid : missing) text += ", grid " + grid + " is not installed";
  throw RuntimeError(text + "; check --src-crs and --dst-crs");
}

/// PROJ, and the two systems.
struct Ends {
  Context context;
  Object source, target;
};

Ends open_ends(const std::string& source_wkt, const std::string& target_wkt) {
  Ends ends;
  ends.context.reset(proj_context_create());
  if (!ends.context) throw RuntimeError("PROJ cannot start: out of memory?");
  proj_log_level(ends.context.get(), PJ_LOG_NONE);
  ends.source = horizontal_crs(ends.context.get(), source_wkt, "source");
  ends.target = horizontal_crs(ends.context.get(), target_wkt, "output");
  return ends;
}

}  // namespace

ChosenOperation choose_operation(const std::string& source_wkt, const std::string& target_wkt,
                                 const Area& area) {
  const Ends ends = open_ends(source_wkt, target_wkt);
  PJ_CONTEXT* c = ends.context.get();
  const List usable = operations(c, ends.source.get(), ends.target.get(), area, usable_grids(c));
  const Object best = first_of(c, usable);
  if (!best) no_operation(c, ends.source.get(), ends.target.get(), {});
  return {text_of(proj_as_proj_string(c, best.get(), PJ_PROJ_5, nullptr)),
          proj_list_get_count(usable.get()) == 1};
}

OperationReport describe_operation(const std::string& source_wkt, const std::string& target_wkt,
                                   const Area& area) {
  const Ends ends = open_ends(source_wkt, target_wkt);
  PJ_CONTEXT* c = ends.context.get();
  const PJ *source = ends.source.get(), *target = ends.target.get();
  const Object best =
      first_of(c, operations(c, source, target, area, PROJ_GRID_AVAILABILITY_IGNORED));
  const Object usable = first_of(c, operations(c, source, target, area, usable_grids(c)));
  OperationReport report;
  if (best) report.missing_grids = grids_not_installed(c, best.get());
  if (!usable) no_operation(c, source, target, report.missing_grids);
  report.name = text_of(proj_get_name(usable.get()));
  report.definition = pipeline_of(c, usable.get());
  report.area_of_use = area_left(c, usable.get(), area);
  const double accuracy = proj_coordoperation_get_accuracy(c, usable.get());
  if (accuracy >= 0) report.accuracy = accuracy;
  return report;
}

}  // namespace cogmill::crs
