// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/job/argument.hpp"
#include "src/job/option_text.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace cogmill::cli {

/// The options of one command, each declared once, beside the member it fills, with all that help,
/// manual and completion say of it. A default that has a word or a number is the member's value
/// when the option is declared, so that no text can promise another.
/// Long options are `--name VALUE` or `--name=VALUE`; they are never completed. Shorter names, and
/// GDAL's -overwrite, are taken with one dash too. A value may begin with a dash.
class OptionTable {
 public:
  using Text = job::OptionText;
  using Setter = std::function<void(const job::Argument& argument)>;
  enum class Kind : std::uint8_t { kFlag, kValue, kRepeated };

  struct Option : Text {
    Kind kind = Kind::kFlag;
    Setter set;
    std::string section;       ///< heading in the manual
    std::string explained_in;  ///< the command whose --help says more; empty: this one
  };

  /// @param command "calc", for messages
  explicit OptionTable(std::string command) : command_(std::move(command)) {}

  /// The options declared from now on belong there.
  /// @param explained_in the command whose --help explains them, so that this one's only names them
  void section(std::string title, std::string explained_in = {});

  void flag(Text text, bool& target);
  void value(Text text, Setter set);
  void value(Text text, std::string& target);
  void value(Text text, std::optional<std::string>& target);
  void repeated(Text text, Setter set);

  /// An option whose value is one of some words; the target holds its default.
  template <class T>
  void choice(Text text, T& target, job::Choices<std::type_identity_t<T>> choices) {
    text.words = job::words_of(choices);
    text.initial = job::word_for(target, choices);
    value(std::move(text), [&target, choices = std::move(choices)](const job::Argument& argument) {
      target = job::choose(argument, choices);
    });
  }

  /// Calls the setters in the order of the command line.
  /// @return the arguments that are no options, in order
  /// @throws report::UsageError for an unknown option (with the nearest), a missing or superfluous
  /// value, an option given twice, and what setters throw
  std::vector<std::string> parse(const std::vector<std::string>& arguments) const;

  const std::string& command() const { return command_; }
  /// In the order in which they were declared.
  const std::vector<Option>& options() const { return options_; }

 private:
  struct Given {
    const Option* option;
    std::string value;  ///< empty for a flag
  };
  void add(Text text, Kind kind, Setter set);
  const Option* find(const std::string& token) const;
  Given read(const std::vector<std::string>& arguments, std::size_t& i) const;
  void apply(const std::vector<Given>& all) const;
  [[noreturn]] void fail_unknown(const std::string& token) const;

  std::string command_, section_, explained_in_;
  std::vector<Option> options_;
};

/// "--tap, --target-aligned-pixels": the names of an option as they are typed, shortest first.
std::vector<std::string> names_of(const job::OptionText& option);

}  // namespace cogmill::cli
