// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/option_table.hpp"

#include "src/cli/option_advice.hpp"
#include "src/report/error.hpp"
#include "src/report/nearest.hpp"

#include <cctype>
#include <cstddef>
#include <set>
#include <utility>

namespace cogmill::cli {
namespace {

using report::UsageError;

bool is_number(const std::string& token) {
  if (token.size() < 2) return false;
  const std::string rest = token.substr(1);
  const bool digit = std::isdigit(static_cast<unsigned char>(rest[0])) != 0 || rest[0] == '.';
  return digit || rest == "inf" || rest == "nan";
}

bool looks_like_option(const std::string& token) {
  return token.size() > 1 && token[0] == '-' && !is_number(token);
}

std::string name_in(const std::string& token) {
  const std::size_t dashes = token.starts_with("--") ? 2 : 1;
  return token.substr(dashes, token.find('=') - dashes);
}

}  // namespace

void OptionTable::flag(const std::string& name, bool& target) {
  options_[name] = {Kind::kFlag, [&target](const job::Argument&) { target = true; }};
}

void OptionTable::value(const std::string& name, Setter set) {
  options_[name] = {Kind::kValue, std::move(set)};
}

void OptionTable::value(const std::string& name, std::string& target) {
  value(name, [&target](const job::Argument& argument) { target = argument.value; });
}

void OptionTable::repeated(const std::string& name, Setter set) {
  options_[name] = {Kind::kRepeated, std::move(set)};
}

void OptionTable::alias(const std::string& other, const std::string& name) {
  aliases_[other] = name;
}

std::vector<std::string> OptionTable::names() const {
  std::vector<std::string> names;
  for (const auto& [name, option] : options_) names.push_back(name);
  for (const auto& [other, name] : aliases_) names.push_back(other);
  return names;
}

/// @return the full name of the option that the token is exactly, or nullptr
const std::string* OptionTable::find(const std::string& token) const {
  static const std::set<std::string> kOneDash = {"i",  "h",  "of", "co", "ot",  "overwrite", "r",
                                                 "et", "to", "wo", "ct", "ovr", "tap"};
  const std::string name = name_in(token);
  if (kOneDash.contains(name) ? name.size() == 1 && token.starts_with("--")
                              : !token.starts_with("--"))
    return nullptr;
  const auto other = aliases_.find(name);
  const auto option = options_.find(other == aliases_.end() ? name : other->second);
  return option == options_.end() ? nullptr : &option->first;
}

void OptionTable::fail_unknown(const std::string& token) const {
  std::string name = name_in(token);
  const std::string begin =
      "unknown option '" + token.substr(0, token.find('=')) + "' of cogmill " + command_;
  const std::string advice = advice_for_option(name);
  if (!advice.empty()) throw UsageError(begin + ": " + advice);
  std::vector<std::string> candidates;
  for (const std::string& known : names())
    if (known.size() > 1) candidates.push_back("--" + known);
  const std::string nearest = report::did_you_mean("--" + name, candidates);
  throw UsageError(begin + (nearest.empty() ? "; see cogmill " + command_ + " --help" : nearest));
}

/// Reads the option at arguments[i], and moves i to its last argument.
OptionTable::Given OptionTable::read(const std::vector<std::string>& arguments,
                                     std::size_t& i) const {
  const std::string& token = arguments[i];
  const std::string* name = find(token);
  if (name == nullptr) fail_unknown(token);
  Given given{*name, {}};
  const std::size_t equals = token.find('=');
  if (options_.at(*name).kind == Kind::kFlag) {
    if (equals != std::string::npos)
      throw UsageError("option --" + *name + " takes no value, but has one: " + token);
    return given;
  }
  if (equals != std::string::npos) {
    given.value = token.substr(equals + 1);
  } else if (i + 1 < arguments.size()) {
    given.value = arguments[++i];
    if (looks_like_option(given.value) && find(given.value) != nullptr)
      throw UsageError("option --" + *name + " needs a value, but " + given.value + " follows");
  }
  if (given.value.empty()) throw UsageError("option --" + *name + " needs a value");
  return given;
}

void OptionTable::apply(const std::vector<Given>& all) const {
  std::set<std::string> seen;
  for (const Given& given : all) {
    const Option& option = options_.at(given.name);
    if (!seen.insert(given.name).second && option.kind == Kind::kValue)
      throw UsageError("option --" + given.name + " is given twice");
    option.set({"option --" + given.name, given.value});
  }
}

std::vector<std::string> OptionTable::parse(const std::vector<std::string>& arguments) const {
  std::vector<Given> given;
  std::vector<std::string> others;
  bool options_end = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!options_end && arguments[i] == "--")
      options_end = true;
    else if (!options_end && looks_like_option(arguments[i]))
      given.push_back(read(arguments, i));
    else
      others.push_back(arguments[i]);
  }
  apply(given);
  return others;
}

}  // namespace cogmill::cli
