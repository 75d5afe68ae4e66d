// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace cogmill::gpu {

/// One end of a PCIe connection: how fast and how wide. 0: the system does not say.
struct PciLink {
  double transfers = 0;  ///< [GT/s] of a lane: 32 for PCIe 5.0
  int lanes = 0;

  bool known() const { return transfers > 0 && lanes > 0; }
  /// What can pass in one direction, the line code taken off [GB/s].
  double gigabytes_per_second() const;
  std::string text() const;  ///< "PCIe 5.0 x16", "PCIe x16"; empty if nothing is known
};

/// Where a device sits.
struct PciSlot {
  PciLink now, best;             ///< an idle GPU lowers `now` to save power
  std::optional<int> numa_node;  ///< of the host; nothing: there is but one, or nobody says
  std::string near_processors;   ///< "0-15,32-47", or empty
};

/// "32.0 GT/s PCIe" as 32; 0 for anything else ("Unknown", as virtual machines have it).
double parse_link_speed(const std::string& text);

/// The first line of a file of /sys/bus/pci/devices/SLOT, or empty if it is none of one value.
/// @param pci "0000:65:00.0", any case   @param root "/", or a copy for tests
std::string read_pci_file(const std::string& pci, const std::string& name,
                          const std::string& root = "/");

/// Reads /sys/bus/pci/devices/SLOT.   @param pci "0000:65:00.0", any case
/// @param root "/", or a copy for tests
PciSlot read_pci_slot(const std::string& pci, const std::string& root = "/");

}  // namespace cogmill::gpu
