// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/prepare.hpp"

#include "src/crs/cutline.hpp"
#include "src/io/open_source.hpp"
#include "src/pipeline/binding.hpp"
#include "src/pipeline/share_alignment.hpp"
#include "src/pipeline/share_mosaic.hpp"
#include "src/pipeline/share_scenes.hpp"
#include "src/plan/band_nodata.hpp"
#include "src/plan/nodata_rules.hpp"
#include "src/plan/same_grid.hpp"
#include "src/report/error.hpp"
#include "src/report/log.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace cogmill::pipeline {
namespace {

/// Says once per file why it is not read by the tile reader, and how to change that, and if its
/// picture is stored turned.
void note_inputs(const Session& s, Prepared& p) {
  for (const io::SceneInfo& scene : p.scenes)
    for (const std::string& notice : {io::fallback_notice(scene), io::orientation_notice(scene)}) {
      if (notice.empty()) continue;
      if (s.comm.is_root()) report::log_warning(notice);
      p.notes.push_back(notice);
    }
}

/// Says which inputs of an expression are taken to lie where the others do.
void note_unproven_grids(const Session& s, Prepared& p) {
  if (s.job.warp) return;
  for (const std::string& doubt : plan::unproven_grids(s.job, p.scenes)) {
    if (s.comm.is_root()) report::log_warning(doubt);
    p.notes.push_back(doubt);
  }
}

/// Warns if mpirun has bound the ranks of root's node to so few cores that others stay idle.
void note_binding(const Session& s, std::vector<std::string>& notes) {
  if (!s.comm.is_root() || !is_bound_by_mpirun()) return;
  const std::optional<int> wanted =
      s.job.run.threads ? s.job.run.threads : s.job.creation.num_threads;
  const std::string advice = binding_advice(s.machine, s.comm.local_size(), wanted);
  if (advice.empty()) return;
  report::log_warning(advice);
  notes.push_back(advice);
}

/// Every rank reads the cutline for itself. *Collective.*
void cut_out(const Session& s, plan::Interpretation& interpretation) {
  if (!s.job.warp || !s.job.warp->cutline) return;
  exchange::agree_on(s.comm, [&] {
    auto cutline =
        std::make_shared<crs::Cutline>(*s.job.warp->cutline, interpretation.grid->crs_wkt);
    cutline->place_on(*interpretation.grid);
    if (!cutline->touches({0, 0, interpretation.grid->width, interpretation.grid->height}))
      throw report::RuntimeError("cutline " + s.job.warp->cutline->path +
                                 " does not reach the output; check its CRS, --bbox and --like");
    plan::cut_out(std::move(cutline), interpretation);
  });
}

/// *Collective.*
Prepared interpret_inputs(Session& s) {
  if (s.job.mosaic) return share_mosaic(s);
  Prepared p;
  {
    const report::Trace::Span span(s.trace, report::Stage::kOpen);
    p.scenes = share_scenes(s.job, s.comm);
  }
  note_inputs(s, p);
  exchange::agree_on(s.comm, [&] { p.interpretation = plan::interpret(s.job, p.scenes); });
  note_unproven_grids(s, p);
  const auto replaced = plan::describe_replaced(s.job, p.scenes.front(), p.interpretation.image);
  if (replaced && s.comm.is_root()) report::log_warning(*replaced);
  if (s.job.warp) {
    const auto alignment = share_alignment(s.job, p.scenes, s.comm, p.notes);
    exchange::agree_on(s.comm, [&] { plan::align(s.job, alignment, p.interpretation); });
  }
  return p;
}

}  // namespace

Prepared prepare(Session& s) {
  std::vector<std::string> notes;
  note_binding(s, notes);
  Prepared p = interpret_inputs(s);
  p.notes.insert(p.notes.begin(), notes.begin(), notes.end());
  exchange::agree_on(s.comm, [&] {
    const std::string from = s.job.mosaic ? "the mosaic" : p.scenes.front().path;
    static_cast<void>(plan::one_nodata(p.interpretation.image, from));
  });
  cut_out(s, p.interpretation);
  return p;
}

}  // namespace cogmill::pipeline
