// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// Paragraphs of the manual that several commands share.
namespace cogmill::cli {

constexpr std::string_view kMemoryOfJobs =
    R"(
--memory bounds the peak resident size of a rank, whatever the size of the raster. It is spent in
this order: process, threads and tables; chunks in flight; decoded blocks of inputs that a
neighbouring chunk will want; compressed tiles. Tiles that do not fit are appended to one file per
rank in OUTPUT.partial/, or in the folder of --scratch. The default is three quarters of the node's
memory, shared by its ranks; a limit that one chunk does not fit into is refused with the least
that will do. --dry-run says beforehand what a job takes. Memory changes speed, never the bytes of
the output.

On a GPU a rank takes up to --gpu-memory, or its share of what is free less a reserve. An image
never has to fit, only one chunk; where memory is short, fewer chunks or smaller batches go at
once.)";

constexpr std::string_view kExitOfJobs =
    R"(
0 OUTPUT is complete and has its final name.

1 The job failed. What was under the name of OUTPUT before is still there.

2 The command line is wrong; nothing was read or written.)";

}  // namespace cogmill::cli
