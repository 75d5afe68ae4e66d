// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/vertical_change.hpp"

#include "src/crs/proj_handles.hpp"

#include <proj.h>

namespace cogmill::crs {
namespace {

bool has_third_axis(PJ_CONTEXT* context, const PJ* crs) {
  const ProjObject axes(proj_crs_get_coordinate_system(context, crs));
  return axes && proj_cs_get_axis_count(context, axes.get()) == 3;
}

/// What heights are above.
struct Heights {
  ProjObject
      reference;  ///< a vertical CRS, or the datum of ellipsoidal heights; nullptr: no heights
  std::string name;
};

Heights heights_of(PJ_CONTEXT* context, const std::string& wkt) {
  ProjObject crs(proj_create(context, wkt.c_str()));
  if (crs && proj_get_type(crs.get()) == PJ_TYPE_BOUND_CRS)
    crs.reset(proj_get_source_crs(context, crs.get()));
  if (!crs) return {};
  const auto named = [](ProjObject object, const std::string& before) {
    const char* name = object ? proj_get_name(object.get()) : nullptr;
    std::string text = before + (name == nullptr ? "unnamed heights" : name);
    return Heights{std::move(object), std::move(text)};
  };
  if (proj_get_type(crs.get()) == PJ_TYPE_COMPOUND_CRS)
    return named(ProjObject(proj_crs_get_sub_crs(context, crs.get(), 1)), "");
  if (!has_third_axis(context, crs.get())) return {};
  return named(ProjObject(proj_crs_get_datum_forced(context, crs.get())),
               "heights above the ellipsoid of ");
}

}  // namespace

std::optional<VerticalChange> vertical_change(const std::string& source_wkt,
                                              const std::string& target_wkt) {
  if (source_wkt == target_wkt || source_wkt.empty() || target_wkt.empty()) return std::nullopt;
  const ProjContext context(proj_context_create());
  if (!context) return std::nullopt;
  PJ_CONTEXT* c = context.get();
  proj_log_level(c, PJ_LOG_NONE);
  const Heights from = heights_of(c, source_wkt), to = heights_of(c, target_wkt);
  if (!from.reference || !to.reference) return std::nullopt;
  const bool same = proj_is_equivalent_to_with_ctx(c, from.reference.get(), to.reference.get(),
                                                   PJ_COMP_EQUIVALENT) != 0;
  return same ? std::nullopt : std::optional<VerticalChange>({from.name, to.name});
}

}  // namespace cogmill::crs
