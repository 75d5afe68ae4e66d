// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/commands.hpp"
#include "src/cli/completion.hpp"
#include "src/cli/help_page.hpp"
#include "src/cli/manual.hpp"
#include "src/job/creation_options.hpp"
#include "tests/unit/parse_helpers.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <utility>

namespace cogmill::cli {
namespace {

/// Calls a function with each command's text and options.
void for_each_command(
    const std::function<void(const CommandText& text, const OptionTable& options)>& visit) {
  for (const std::unique_ptr<Command>& command : make_commands()) {
    TextWishes wishes;
    visit(command->text(), options_of(*command, wishes));
  }
}

/// Whether a text has a word that is followed by something that cannot belong to it.
bool has_word(const std::string& text, const std::string& word) {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const char next = at + word.size() < text.size() ? text[at + word.size()] : ' ';
    if (std::string_view(" \n,=:").find(next) != std::string_view::npos) return true;
  }
  return false;
}

/// The text on one line, as one who reads it takes it in.
std::string joined(const std::string& text) {
  std::istringstream in(text);
  std::string line;
  for (std::string word; in >> word;) {
    const bool cut_behind_bar = !line.empty() && line.back() == '|';
    line += (line.empty() || cut_behind_bar ? "" : " ") + word;
  }
  return line;
}

TEST(Help, NamesEveryOptionWithItsDefaultAndUnit) {
  for_each_command([](const CommandText& text, const OptionTable& options) {
    const std::string help = joined(help_of(text, options));
    for (const OptionTable::Option& option : options.options()) {
      const bool elsewhere = !option.explained_in.empty();
      EXPECT_TRUE(has_word(help, names_of(option).front())) << text.name << ' ' << option.name;
      if (elsewhere) continue;
      for (const std::string& name : names_of(option)) EXPECT_TRUE(has_word(help, name)) << name;
      const std::string initial = option.initial.empty() ? "" : "[=" + option.initial;
      EXPECT_NE(help.find(initial), std::string::npos) << option.name;
      EXPECT_NE(help.find(option.unit), std::string::npos) << option.name;
    }
  });
}

TEST(Help, WhatAnotherCommandExplainsIsThere) {
  for_each_command([](const CommandText& text, const OptionTable& options) {
    for (const OptionTable::Option& option : options.options()) {
      if (option.explained_in.empty()) continue;
      TextWishes wishes;
      const auto other = make_command(option.explained_in);
      const OptionTable others = options_of(*other, wishes);
      const bool found = std::ranges::any_of(others.options(), [&](const auto& candidate) {
        return candidate.name == option.name && candidate.initial == option.initial &&
               candidate.text == option.text && candidate.explained_in.empty();
      });
      EXPECT_TRUE(found) << text.name << " --" << option.name << " in " << option.explained_in;
    }
  });
}

TEST(Help, CalcAndConvertListCreationOptions) {
  for (const char* command : {"calc", "convert"}) {
    const auto request = parse_command_line({command, "--help"});
    for (const std::string& option : job::creation_option_names())
      EXPECT_TRUE(has_word(std::get<HelpRequest>(request).text, option)) << option;
  }
}

TEST(Manual, ExplainsEveryOption) {
  for_each_command([](const CommandText& text, const OptionTable& options) {
    const std::string page = as_text(manual_of(text, options));
    const std::string line = joined(page);
    for (const OptionTable::Option& option : options.options()) {
      EXPECT_GT(option.text.size(), 10U) << "nothing is said of " << option.name;
      EXPECT_NE(line.find(usage_of(option) + ' ' + option.text), std::string::npos) << option.name;
      const std::string initial = option.initial.empty() ? "" : "Default: " + option.initial + '.';
      EXPECT_NE(line.find(initial), std::string::npos) << option.name;
    }
    for (const char* title : {"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "MEMORY USAGE",
                              "EXIT STATUS", "EXAMPLES", "SEE ALSO"})
      EXPECT_NE(("\n" + page).find("\n" + std::string(title) + "\n"), std::string::npos) << title;
  });
}

TEST(Manual, OfTheProgramNamesEveryCommand) {
  const auto page = std::get<HelpRequest>(parse_command_line({"--manual"})).text;
  for (const std::unique_ptr<Command>& command : make_commands())
    EXPECT_NE(page.find("cogmill-" + std::string(command->text().name) + "(1)"), std::string::npos);
}

TEST(Manual, TroffTakesNothingForARequest) {
  const Manual manual{.name = "x",
                      .sections = {{"NAME", {{Manual::Kind::kText, "x - y"}}},
                                   {"REST",
                                    {{Manual::Kind::kText, ".TH 'a' \\n --co=-1 ^~`"},
                                     {Manual::Kind::kItem, "text", "-r WORD"}}}}};
  const std::string page = as_man_page(manual, "1.2.3");
  EXPECT_NE(page.find("\nx \\- y\n"), std::string::npos) << page;
  EXPECT_NE(page.find("\n\\&.TH \\(aqa\\(aq \\en \\fB\\-\\-co\\fR=\\-1 \\(ha\\(ti\\(ga\n"),
            std::string::npos)
      << page;
  EXPECT_NE(page.find(".TP\n\\&\\fB\\-r\\fR WORD\n\\&text\n"), std::string::npos) << page;
}

/// The part of a script that is about one command.
std::string branch_of(const std::string& script, const std::string& command) {
  const auto begin = script.find("    " + command + ")\n");
  return script.substr(begin, script.find("\n      ;;\n", begin) - begin);
}

TEST(Completion, KnowsEveryOption) {
  for_each_command([](const CommandText& text, const OptionTable& options) {
    const std::string bash = branch_of(bash_completion(), std::string(text.name));
    const std::string zsh = branch_of(zsh_completion(), std::string(text.name));
    const std::string listed = bash.substr(0, bash.find("case $2"));
    for (const OptionTable::Option& option : options.options()) {
      for (const std::string& name : names_of(option)) {
        EXPECT_TRUE(has_word(listed, name) || has_word(listed, name + '\'')) << name;
        const bool takes_value = option.kind != OptionTable::Kind::kFlag;
        const std::string spec = name + (takes_value && name.starts_with("--") ? "=[" : "[");
        EXPECT_NE(zsh.find(spec), std::string::npos) << spec;
      }
      const std::string words = job::join(completions_of(option), " ");
      EXPECT_NE(bash.find(words.empty() ? "" : ") words='" + words + '\''), std::string::npos);
      EXPECT_NE(zsh.find(words), std::string::npos) << option.name;
    }
  });
}

TEST(Completion, OfNamesWithValues) {
  const job::OptionText option{
      .name = "co", .keywords = {{.name = "A", .words = {"X", "Y"}}, {.name = "B", .value = "N"}}};
  EXPECT_EQ(completions_of(option), (Arguments{"A=X", "A=Y", "B="}));
  EXPECT_EQ(completions_of({.name = "r", .words = {"near"}}), Arguments{"near"});
  EXPECT_TRUE(completions_of({.name = "record", .value = "FILE"}).empty());
}

/// A command line that needs no more options.
Arguments line_of(const std::string& command) {
  if (command == "calc") return words("calc -i a.tif --calc b1 o.tif");
  if (command == "convert" || command == "reproject" || command == "mosaic")
    return {command, "a.tif", "o.tif"};
  return {command, "a.tif"};
}

std::string facts(const job::CreationOptions& creation) {
  std::ostringstream out;
  out << int(creation.codec.codec) << ' ' << creation.codec.level << ' ' << int(creation.predictor)
      << ' ' << creation.block_size << ' ' << int(creation.overviews) << ' '
      << int(creation.bigtiff) << ' ' << creation.sparse_ok << ' ' << int(creation.statistics)
      << ' ' << int(creation.interleave) << ' ' << creation.num_threads.value_or(-1);
  return out.str();
}

/// Whatever of a request an option with a printed default can change.
std::string facts(const Request& request) {
  std::ostringstream out;
  if (const auto* job = std::get_if<job::Job>(&request)) {
    out << int(job->run.backend) << ' ' << int(job->run.on_error) << ' ' << int(job->run.progress)
        << ' ' << job->run.log_level << " creation " << facts(job->creation);
    const job::WarpOptions warp = job->warp.value_or(job::WarpOptions());
    out << " warp " << int(warp.resampling) << ' ' << warp.error_threshold << ' '
        << int(warp.overview.rule) << ' ' << warp.overview.number << ' '
        << warp.grid.resolution.has_value();
    if (job->mosaic) out << " mosaic " << int(job->mosaic->method) << int(job->mosaic->resolution);
  }
  const auto add_level = [&out](const auto& one) {
    if constexpr (std::is_base_of_v<FilesRequest, std::decay_t<decltype(one)>>)
      out << one.log_level;
  };
  std::visit(add_level, request);
  return out.str();
}

std::string facts_with(const std::string& command, const Arguments& more) {
  Arguments line = line_of(command);
  line.insert(line.end(), more.begin(), more.end());
  return facts(parse_command_line(line));
}

TEST(Defaults, ArePrintedAsTheyAre) {
  int seen = 0;
  for_each_command([&seen](const CommandText& text, const OptionTable& options) {
    const std::string command(text.name);
    const std::string without = facts_with(command, {});
    for (const OptionTable::Option& option : options.options()) {
      for (const job::OptionText& keyword : option.keywords) {
        if (keyword.initial.empty()) continue;
        const std::string value = keyword.name + '=' + keyword.initial;
        EXPECT_EQ(facts_with(command, {"--" + option.name, value}), without) << value;
        ++seen;
      }
      if (option.initial.empty()) continue;
      EXPECT_EQ(facts_with(command, {"--" + option.name, option.initial}), without) << option.name;
      ++seen;
    }
  });
  EXPECT_GT(seen, 60);
}

TEST(Defaults, AnyOtherWordIsAnotherJob) {
  for_each_command([](const CommandText& text, const OptionTable& options) {
    const std::string command(text.name);
    for (const OptionTable::Option& option : options.options())
      for (const std::string& word : option.words) {
        if (option.initial.empty() || word == option.initial) continue;
        EXPECT_NE(facts_with(command, {"--" + option.name, word}), facts_with(command, {})) << word;
      }
  });
}

TEST(Defaults, EveryWordIsTaken) {
  for_each_command([](const CommandText& text, const OptionTable& options) {
    const auto takes = [&](const std::string& name, const std::string& value) {
      Arguments line = line_of(std::string(text.name));
      line.insert(line.end(), {"--" + name, value});
      const std::string error = error_of(line);
      EXPECT_TRUE(error.find("takes") == std::string::npos) << error;
      EXPECT_TRUE(error.find("unknown") == std::string::npos) << error;
    };
    for (const OptionTable::Option& option : options.options()) {
      for (const std::string& word : option.words) takes(option.name, word);
      for (const job::OptionText& keyword : option.keywords)
        for (const std::string& word : keyword.words) takes(option.name, keyword.name + '=' + word);
    }
  });
}

}  // namespace
}  // namespace cogmill::cli
