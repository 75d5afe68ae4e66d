// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/doctor/finding.hpp"
#include "src/gpu/copy_speed.hpp"
#include "src/gpu/device_list.hpp"
#include "src/gpu/device_use.hpp"
#include "src/gpu/pci_slot.hpp"
#include "src/gpu/peer_access.hpp"
#include "src/report/resources.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cogmill::doctor {

/// The driver against the CUDA of this program.
/// @param architectures what it was built for; empty: it is built without CUDA
Finding check_driver(const gpu::DeviceList& list, const report::Machine& machine,
                     const std::string& architectures);

/// One device: whether cogmill runs on it, and what is in its way.
Finding check_device(const gpu::DeviceInfo& device, const gpu::DeviceUse& use,
                     const gpu::PciSlot& slot, const std::string& architectures);

/// How devices are connected.   @return nothing if there are fewer than two
std::optional<Finding> check_links(const gpu::PeerAccess& peers,
                                   const std::vector<gpu::DeviceUse>& uses, std::size_t devices);

/// The device that this rank takes.
/// @param sharers ranks that take it, this one among them   @param near how many of its processors
/// are near the device   @param known whether the system says which are near
Finding check_choice(const gpu::DeviceInfo& device, int sharers, int near, bool known);

/// What was measured against what the link can do.
Finding check_copies(const gpu::CopySpeed& speed, const gpu::PciSlot& slot);

}  // namespace cogmill::doctor
