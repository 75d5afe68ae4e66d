// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/indices.hpp"

#include "src/expr/lexer.hpp"
#include "src/expr/text.hpp"
#include "src/report/error.hpp"
#include "src/report/nearest.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace cogmill::expr {
namespace {

std::string number_text(double value) {
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {buffer, end};
}

/// @return the band as part of an expression, in physical units
std::string band_text(const std::string& input, int band, const BandLabel& label) {
  const std::string pixel = input + "[" + std::to_string(band) + "]";
  if (!std::isfinite(label.scale) || !std::isfinite(label.offset)) return pixel;  // damaged file
  if (label.scale == 1 && label.offset == 0) return pixel;
  std::string text = "(" + pixel;
  if (label.scale != 1) text += " * " + number_text(label.scale);
  if (label.offset != 0)
    text += (label.offset < 0 ? " - " : " + ") + number_text(std::abs(label.offset));
  return text + ")";
}

std::string describe_bands(std::span<const BandLabel> bands) {
  constexpr std::size_t kShown = 16;
  std::string text;
  for (std::size_t i = 0; i < std::min(bands.size(), kShown); ++i) {
    const BandLabel& band = bands[i];
    const std::string& label =
        band.description.empty() ? band.color_interpretation : band.description;
    text +=
        (i == 0 ? "" : ", ") + std::to_string(i + 1) + (label.empty() ? "" : " " + quote(label));
  }
  return text + (bands.size() > kShown ? ", ..." : "");
}

/// @return the bands of all roles of the index
std::map<std::string, int> choose_bands(const SpectralIndex& index, const std::string& input,
                                        std::span<const BandLabel> bands,
                                        const std::map<std::string, int>& given) {
  const std::map<std::string, int> found = find_roles(bands);
  std::map<std::string, int> chosen;
  std::string missing, options;
  for (const std::string& role : roles_of(index)) {
    if (const auto option = given.find(role); option != given.end()) {
      if (option->second < 1 || option->second > static_cast<int>(bands.size()))
        throw report::UsageError("--" + role + " " + std::to_string(option->second) + ": input " +
                                 input + " has bands 1 to " + std::to_string(bands.size()));
      chosen[role] = option->second;
    } else if (const auto known = found.find(role); known != found.end()) {
      chosen[role] = known->second;
    } else {
      missing += (missing.empty() ? "" : ", ") + role;
      options += " --" + role + " N";
    }
  }
  if (!missing.empty())
    throw report::UsageError("--index " + std::string(index.name) +
                             " cannot tell which band of input " + input + " is " + missing +
                             ": give" + options + " (bands: " + describe_bands(bands) + ")");
  return chosen;
}

}  // namespace

const SpectralIndex& spectral_index(std::string_view name) {
  const auto all = spectral_indices();
  const std::string wanted = to_lower(name);
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const SpectralIndex& i) { return i.name == wanted; });
  if (found != all.end()) return *found;
  std::vector<std::string> names;
  for (const SpectralIndex& index : all) names.emplace_back(index.name);
  throw report::UsageError("unknown index " + quote(name) + report::did_you_mean(name, names) +
                           " (--list-indices shows all " + std::to_string(all.size()) + ")");
}

std::vector<std::string> roles_of(const SpectralIndex& index) {
  std::vector<std::string> found;
  for (const Token& token : tokenize(index.formula)) {
    const std::string name(token.text);
    if (is_role(name) && std::find(found.begin(), found.end(), name) == found.end())
      found.push_back(name);
  }
  return found;
}

std::string index_expression(const SpectralIndex& index, const std::string& input,
                             std::span<const BandLabel> bands,
                             const std::map<std::string, int>& given) {
  const std::map<std::string, int> chosen = choose_bands(index, input, bands, given);
  std::string text;
  std::size_t copied = 0;
  for (const Token& token : tokenize(index.formula)) {
    const auto role = chosen.find(std::string(token.text));
    if (role == chosen.end()) continue;
    text += index.formula.substr(copied, token.offset - copied);
    text += band_text(input, role->second, bands[static_cast<std::size_t>(role->second) - 1]);
    copied = token.offset + token.text.size();
  }
  return text.append(index.formula.substr(copied));
}

std::string list_indices() {
  const auto describe = [](const SpectralIndex& index) {
    return std::string(index.description).append(index.reflectance ? " [reflectance]" : "");
  };
  std::size_t name_width = 0, description_width = 0;
  for (const SpectralIndex& index : spectral_indices()) {
    name_width = std::max(name_width, index.name.size());
    description_width = std::max(description_width, describe(index).size());
  }
  const auto pad = [](std::string text, std::size_t width) {
    text.resize(width, ' ');
    return text + "  ";
  };
  std::string text;
  for (const SpectralIndex& index : spectral_indices())
    text.append(pad(std::string(index.name), name_width))
        .append(pad(describe(index), description_width))
        .append(index.formula)
        .append("\n");
  return text + "[reflectance]: depends on the unit, wants reflectance from 0 to 1\n";
}

}  // namespace cogmill::expr
