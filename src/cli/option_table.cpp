// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/option_table.hpp"

#include "src/cli/option_advice.hpp"
#include "src/report/error.hpp"
#include "src/report/nearest.hpp"

#include <algorithm>
#include <cctype>
#include <set>

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

std::size_t dashes_of(const std::string& token) { return token.starts_with("--") ? 2 : 1; }

std::string name_in(const std::string& token) {
  return token.substr(dashes_of(token), token.find('=') - dashes_of(token));
}

/// A letter has one dash, a name two; GDAL's short forms may have either.
bool may_have(std::size_t dashes, const std::string& name, const job::OptionText& option) {
  if (name.size() == 1 && name == option.alias) return dashes == 1;
  return dashes == 2 || name == option.alias || name == "overwrite";
}

}  // namespace

std::vector<std::string> names_of(const job::OptionText& option) {
  std::vector<std::string> names;
  if (!option.alias.empty())
    names.push_back((option.alias.size() == 1 ? "-" : "--") + option.alias);
  names.push_back("--" + option.name);
  return names;
}

void OptionTable::section(std::string title, std::string explained_in) {
  section_ = std::move(title);
  explained_in_ = std::move(explained_in);
}

void OptionTable::add(Text text, Kind kind, Setter set) {
  options_.push_back({std::move(text), kind, std::move(set), section_, explained_in_});
}

void OptionTable::flag(Text text, bool& target) {
  add(std::move(text), Kind::kFlag, [&target](const job::Argument&) { target = true; });
}

void OptionTable::value(Text text, Setter set) {
  add(std::move(text), Kind::kValue, std::move(set));
}

void OptionTable::value(Text text, std::string& target) {
  value(std::move(text), [&target](const job::Argument& argument) { target = argument.value; });
}

void OptionTable::value(Text text, std::optional<std::string>& target) {
  value(std::move(text), [&target](const job::Argument& argument) { target = argument.value; });
}

void OptionTable::repeated(Text text, Setter set) {
  add(std::move(text), Kind::kRepeated, std::move(set));
}

/// @return the option that the token names, or nullptr
const OptionTable::Option* OptionTable::find(const std::string& token) const {
  const std::string name = name_in(token);
  const auto found = std::ranges::find_if(options_, [&](const Option& option) {
    return !name.empty() && (name == option.name || name == option.alias);
  });
  if (found == options_.end() || !may_have(dashes_of(token), name, *found)) return nullptr;
  return &*found;
}

void OptionTable::fail_unknown(const std::string& token) const {
  const std::string name = name_in(token);
  const std::string begin =
      "unknown option '" + token.substr(0, token.find('=')) + "' of cogmill " + command_;
  const std::string advice = advice_for_option(name);
  if (!advice.empty()) throw UsageError(begin + ": " + advice);
  std::set<std::string> candidates;
  for (const Option& option : options_) {
    candidates.insert("--" + option.name);
    if (option.alias.size() > 1) candidates.insert("--" + option.alias);
  }
  const std::string nearest = report::did_you_mean(
      "--" + name, std::vector<std::string>(candidates.begin(), candidates.end()));
  throw UsageError(begin + (nearest.empty() ? "; see cogmill " + command_ + " --help" : nearest));
}

/// Reads the option at arguments[i], and moves i to its last argument. Which arguments are values
/// cannot be seen from their first letter: "--calc -A[1]", "--dst-nodata -9999".
OptionTable::Given OptionTable::read(const std::vector<std::string>& arguments,
                                     std::size_t& i) const {
  const std::string& token = arguments[i];
  const Option* option = find(token);
  if (option == nullptr) fail_unknown(token);
  Given given{option, {}};
  const std::size_t equals = token.find('=');
  if (option->kind == Kind::kFlag) {
    if (equals != std::string::npos)
      throw UsageError("option --" + option->name + " takes no value, but has one: " + token);
    return given;
  }
  if (equals != std::string::npos) {
    given.value = token.substr(equals + 1);
  } else if (i + 1 < arguments.size()) {
    given.value = arguments[++i];
    if (looks_like_option(given.value) && find(given.value) != nullptr)
      throw UsageError("option --" + option->name + " needs a value, but " + given.value +
                       " follows");
  }
  if (given.value.empty()) throw UsageError("option --" + option->name + " needs a value");
  return given;
}

void OptionTable::apply(const std::vector<Given>& all) const {
  std::set<const Option*> seen;
  for (const auto& [option, value] : all) {
    if (!seen.insert(option).second && option->kind == Kind::kValue)
      throw UsageError("option --" + option->name + " is given twice");
    option->set({"option --" + option->name, value});
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
