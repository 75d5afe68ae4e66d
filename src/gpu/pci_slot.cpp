// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/pci_slot.hpp"

#include "src/report/small_file.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <string_view>

namespace cogmill::gpu {
namespace {

std::optional<int> parse_integer(const std::string& text) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

int parse_lanes(const std::string& text) {
  constexpr int kMostLanes = 32;  // unknown ones are reported as 0 or 255
  const int lanes = parse_integer(text).value_or(0);
  return lanes > 0 && lanes <= kMostLanes ? lanes : 0;
}

/// "1.0" to "7.0" of a lane's rate; empty for one that PCIe does not have.
std::string generation(double transfers) {
  constexpr std::array kRates = {2.5, 5.0, 8.0, 16.0, 32.0, 64.0, 128.0};
  for (std::size_t i = 0; i < kRates.size(); ++i)
    if (std::abs(kRates[i] - transfers) < 0.1) return std::to_string(i + 1) + ".0";
  return {};
}

}  // namespace

double PciLink::gigabytes_per_second() const {
  const double code = transfers < 7 ? 0.8 : 128.0 / 130.0;  // 8 bits in 10, since 3.0 128 in 130
  return transfers * code * lanes / 8;
}

std::string PciLink::text() const {
  const std::string version = generation(transfers);
  if (version.empty() && lanes == 0) return {};
  return "PCIe" + (version.empty() ? version : " " + version) +
         (lanes == 0 ? "" : " x" + std::to_string(lanes));
}

double parse_link_speed(const std::string& text) {
  constexpr double kFastest = 1000;
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool unit = std::string_view(read.ptr, text.data() + text.size()).starts_with(" GT/s");
  return read.ec == std::errc{} && unit && value > 0 && value < kFastest ? value : 0;
}

std::string read_pci_file(const std::string& pci, const std::string& name,
                          const std::string& root) {
  constexpr std::size_t kLongest = 4096;
  std::string slot = pci;
  std::ranges::transform(slot, slot.begin(), [](unsigned char c) { return std::tolower(c); });
  const std::string text =
      report::read_small_file(root + "/sys/bus/pci/devices/" + slot + "/" + name, kLongest);
  return text.substr(0, text.find('\n'));
}

PciSlot read_pci_slot(const std::string& pci, const std::string& root) {
  const auto first_line = [&](const char* name) { return read_pci_file(pci, name, root); };
  PciSlot slot;
  slot.now = {parse_link_speed(first_line("current_link_speed")),
              parse_lanes(first_line("current_link_width"))};
  slot.best = {parse_link_speed(first_line("max_link_speed")),
               parse_lanes(first_line("max_link_width"))};
  const auto node = parse_integer(first_line("numa_node"));
  if (node && *node >= 0) slot.numa_node = node;  // -1: none
  const std::string processors = first_line("local_cpulist");
  if (processors.find_first_not_of("0123456789,-") == std::string::npos)
    slot.near_processors = processors;
  return slot;
}

}  // namespace cogmill::gpu
