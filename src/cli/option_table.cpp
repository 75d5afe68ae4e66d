// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/option_table.hpp"

#include "src/cli/option_advice.hpp"
#include "src/report/error.hpp"
#include "src/report/nearest.hpp"

#include <boost/program_options.hpp>

#include <cctype>
#include <cstddef>
#include <set>
#include <utility>

namespace cogmill::cli {
namespace {

namespace po = boost::program_options;
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

/// Brings every option into the form --name=value, in which nothing is ambiguous: which tokens are
/// values cannot be seen from their first letter ("--calc -A[1]", "--dst-nodata -9999").
std::vector<std::string> OptionTable::normalize(const std::vector<std::string>& arguments) const {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& token = arguments[i];
    if (token == "--") {
      tokens.insert(tokens.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i),
                    arguments.end());
      break;
    }
    if (!looks_like_option(token)) {
      tokens.push_back(token);
      continue;
    }
    const std::string* name = find(token);
    if (name == nullptr) fail_unknown(token);
    const std::size_t equals = token.find('=');
    if (options_.at(*name).kind == Kind::kFlag) {
      if (equals != std::string::npos)
        throw UsageError("option --" + *name + " takes no value, but has one: " + token);
      tokens.push_back("--" + *name);
      continue;
    }
    std::string value;
    if (equals != std::string::npos) {
      value = token.substr(equals + 1);
    } else if (i + 1 < arguments.size()) {
      value = arguments[++i];
      if (looks_like_option(value) && find(value) != nullptr)
        throw UsageError("option --" + *name + " needs a value, but " + value + " follows");
    }
    if (value.empty()) throw UsageError("option --" + *name + " needs a value");
    tokens.push_back("--" + *name + '=' + value);
  }
  return tokens;
}

std::vector<std::string> OptionTable::parse(const std::vector<std::string>& arguments) const {
  po::options_description description;
  for (const auto& [name, option] : options_) {
    if (option.kind == Kind::kFlag)
      description.add_options()(name.c_str(), "");
    else
      description.add_options()(name.c_str(), po::value<std::string>(), "");
  }
  namespace style = po::command_line_style;
  std::vector<po::option> parsed;
  try {
    parsed = po::command_line_parser(normalize(arguments))
                 .options(description)
                 .style(style::allow_long | style::long_allow_adjacent)
                 .run()
                 .options;
  } catch (const po::error& e) {
    throw UsageError(std::string(e.what()) + "; see cogmill " + command_ + " --help");
  }

  std::set<std::string> given;
  std::vector<std::string> others;
  for (const po::option& entry : parsed) {
    if (entry.position_key >= 0) {
      others.insert(others.end(), entry.value.begin(), entry.value.end());
      continue;
    }
    const Option& option = options_.at(entry.string_key);
    if (!given.insert(entry.string_key).second && option.kind == Kind::kValue)
      throw UsageError("option --" + entry.string_key + " is given twice");
    option.set({"option --" + entry.string_key, entry.value.empty() ? "" : entry.value.front()});
  }
  return others;
}

}  // namespace cogmill::cli
