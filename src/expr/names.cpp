// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/names.hpp"

#include "src/expr/functions.hpp"
#include "src/expr/syntax_error.hpp"
#include "src/expr/text.hpp"
#include "src/report/counted.hpp"
#include "src/report/nearest.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace cogmill::expr {
namespace {

std::string counted_bands(const InputBands& input) {
  return report::counted(input.band_descriptions.size(), "band");
}

int count_of(const InputBands& input) { return static_cast<int>(input.band_descriptions.size()); }

/// @return 3 for "b3", or nothing. Too large numbers become 0, which no band has.
std::optional<int> band_number(std::string_view name) {
  if (name.size() < 2 || name[0] != 'b' || name[1] == '0') return std::nullopt;
  int number = 0;
  const auto parsed = std::from_chars(name.data() + 1, name.data() + name.size(), number);
  if (parsed.ptr != name.data() + name.size()) return std::nullopt;
  return parsed.ec == std::errc{} ? number : 0;
}

}  // namespace

const InputBands* Names::find_input(std::string_view name, int& index) const {
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (inputs_[i].name != name) continue;
    index = static_cast<int>(i);
    return &inputs_[i];
  }
  return nullptr;
}

std::string Names::write(const BandRef& band) const {
  return inputs_[static_cast<std::size_t>(band.input)].name + "[" + std::to_string(band.band) + "]";
}

BandRef Names::indexed_band(const Node& node) const {
  int index = 0;
  const InputBands* input = find_input(node.text, index);
  if (input == nullptr) {
    std::vector<std::string> names;
    for (const InputBands& known : inputs_) names.push_back(known.name);
    throw SyntaxError(node.offset, "there is no input " + quote(node.text) +
                                       report::did_you_mean(node.text, names));
  }
  if (node.value != std::floor(node.value) || node.value < 1)
    throw SyntaxError(node.offset, "band numbers are 1, 2, 3, ...");
  if (node.value > count_of(*input))
    throw SyntaxError(node.offset, "input " + input->name + " has " + counted_bands(*input) +
                                       ", there is no band " +
                                       (node.value < 1e9 ? std::to_string(std::llround(node.value))
                                                         : std::string("that high")));
  return {index, static_cast<int>(node.value)};
}

std::vector<BandRef> Names::find_described(std::string_view name, bool any_case) const {
  const std::string wanted = any_case ? to_lower(name) : std::string(name);
  std::vector<BandRef> found;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    const auto& descriptions = inputs_[i].band_descriptions;
    for (std::size_t b = 0; b < descriptions.size(); ++b)
      if ((any_case ? to_lower(descriptions[b]) : descriptions[b]) == wanted)
        found.push_back({static_cast<int>(i), static_cast<int>(b) + 1});
  }
  return found;
}

/// All bands the name can mean, of the most specific kind that knows it.
std::vector<BandRef> Names::find_all(std::string_view name) const {
  std::vector<BandRef> found;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    const auto role = inputs_[i].roles.find(std::string(name));
    if (role != inputs_[i].roles.end()) found.push_back({static_cast<int>(i), role->second});
  }
  if (!found.empty()) return found;
  found = find_described(name, false);
  // "b3" is band 3, but a band called "b3" may stand elsewhere: then both are candidates.
  const auto number = band_number(name);
  if (inputs_.size() == 1 && number && *number >= 1 && *number <= count_of(inputs_[0]) &&
      std::find(found.begin(), found.end(), BandRef{0, *number}) == found.end())
    found.push_back({0, *number});
  return found.empty() ? find_described(name, true) : found;
}

BandRef Names::named_band(const Node& node) const {
  int index = 0;
  if (const InputBands* input = find_input(node.text, index)) {
    if (count_of(*input) == 1) return {index, 1};
    throw SyntaxError(node.offset, "input " + input->name + " has " + counted_bands(*input) +
                                       ": write " + input->name + "[1] for the first");
  }
  const std::vector<BandRef> found = find_all(node.text);
  if (found.empty()) fail_as_band(node);
  if (found.size() > 1)
    throw SyntaxError(node.offset, quote(node.text) + " can mean more than one band: write " +
                                       write(found[0]) + " or " + write(found[1]));
  const InputBands& input = inputs_[static_cast<std::size_t>(found[0].input)];
  if (found[0].band < 1 || found[0].band > count_of(input))
    throw SyntaxError(node.offset, quote(node.text) + " was given as band " +
                                       std::to_string(found[0].band) + ", but input " + input.name +
                                       " has " + counted_bands(input));
  return found[0];
}

std::vector<std::string> Names::known_names() const {
  std::vector<std::string> names = {"pi", "nodata"};
  for (const InputBands& input : inputs_) {
    names.push_back(input.name);
    for (const auto& [role, band] : input.roles) names.push_back(role);
    for (const std::string& description : input.band_descriptions)
      if (!description.empty()) names.push_back(description);
  }
  if (inputs_.size() == 1)
    for (int b = 1; b <= std::min(count_of(inputs_[0]), 99); ++b)
      names.push_back(std::string("b").append(std::to_string(b)));
  for (const Function& function : functions()) names.emplace_back(function.name);
  return names;
}

void Names::fail_as_band(const Node& node) const {
  const std::string name(node.text);
  if (const Function* function = find_function(name))
    throw SyntaxError(node.offset,
                      quote(name) + " is a function: write " + std::string(function->usage));
  if (band_number(name) && inputs_.size() == 1)
    throw SyntaxError(node.offset, "input " + inputs_[0].name + " has " +
                                       counted_bands(inputs_[0]) + ", there is no " + quote(name));
  if (band_number(name) && inputs_.size() > 1)
    throw SyntaxError(node.offset, quote(name) + " needs a single input: write " + inputs_[0].name +
                                       "[" + name.substr(1) + "]");
  throw SyntaxError(node.offset,
                    "unknown name " + quote(name) + report::did_you_mean(name, known_names()));
}

void Names::fail_as_function(const Node& node) const {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kOthers = {
      {{"log", "ln(x), or log10(x)"},
       {"pow", "x ^ y"},
       {"if", "where(condition, a, b)"},
       {"mod", "x % y"},
       {"fabs", "abs(x)"},
       {"average", "(a + b) / 2"}}};
  for (const auto& [other, ours] : kOthers)
    if (node.text == other)
      throw SyntaxError(
          node.offset, "there is no function " + quote(node.text) + ": write " + std::string(ours));
  int index = 0;
  if (find_input(node.text, index) != nullptr)
    throw SyntaxError(node.offset, quote(node.text) + " is an input: write " +
                                       std::string(node.text) + "[1] for its first band");
  std::vector<std::string> names;
  for (const Function& function : functions()) names.emplace_back(function.name);
  throw SyntaxError(node.offset, "there is no function " + quote(node.text) +
                                     report::did_you_mean(node.text, names));
}

}  // namespace cogmill::expr
