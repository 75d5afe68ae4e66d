// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/operation_report.hpp"

#include "src/crs/proj_handles.hpp"
#include "src/report/error.hpp"

#include <proj.h>

#include <algorithm>

namespace cogmill::crs {
namespace {

using report::RuntimeError;

using Context = ProjContext;
using Object = ProjObject;
using List = ProjList;
using Factory = ProjFactory;
using Area = std::optional<std::array<double, 4>>;

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

}  // namespace

OperationReport describe_operation(const std::string& source_wkt, const std::string& target_wkt,
                                   const Area& area) {
  const Context context(proj_context_create());
  if (!context) throw RuntimeError("PROJ cannot start: out of memory?");
  PJ_CONTEXT* c = context.get();
  proj_log_level(c, PJ_LOG_NONE);
  const Object source = horizontal_crs(c, source_wkt, "source");
  const Object target = horizontal_crs(c, target_wkt, "output");
  const Object best =
      first_of(c, operations(c, source.get(), target.get(), area, PROJ_GRID_AVAILABILITY_IGNORED));
  const Object usable =
      first_of(c, operations(c, source.get(), target.get(), area,
                             PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID));
  OperationReport report;
  if (best) report.missing_grids = grids_not_installed(c, best.get());
  if (!usable) no_operation(c, source.get(), target.get(), report.missing_grids);
  report.name = text_of(proj_get_name(usable.get()));
  report.definition = pipeline_of(c, usable.get());
  const double accuracy = proj_coordoperation_get_accuracy(c, usable.get());
  if (accuracy >= 0) report.accuracy = accuracy;
  return report;
}

}  // namespace cogmill::crs
