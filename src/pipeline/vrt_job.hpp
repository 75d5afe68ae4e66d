// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/pipeline/session.hpp"

namespace cogmill::pipeline {

/// Makes one COG per rank, each a band of whole chunk rows, and a VRT that shows them as one image.
/// The pieces stand beside the VRT: out.vrt, out_00000.tif, out_00001.tif, ... *Collective.*
void run_vrt_job(Session& session, const plan::Interpretation& interpretation);

}  // namespace cogmill::pipeline
