// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cogmill::gpu {

/// How many ordered pairs of this process' devices reach one another's memory without the host.
struct PeerAccess {
  int reached = 0, pairs = 0;
};

/// @param devices how many there are; of more than 16 the first 16 are asked. Local; starts none.
PeerAccess count_peer_access(int devices);

}  // namespace cogmill::gpu
