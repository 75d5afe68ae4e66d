// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cogmill::doctor {

/// Which of the ranks this is, and where.
struct Place {
  std::string host;
  int rank = 0, ranks = 1;
  int local_rank = 0, local_ranks = 1;  ///< on its node
};

}  // namespace cogmill::doctor
