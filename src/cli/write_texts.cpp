// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Writes what is installed beside the program: write_texts VERSION FOLDER makes FOLDER/man1/*.1,
// FOLDER/bash/cogmill and FOLDER/zsh/_cogmill.
#include "src/cli/commands.hpp"
#include "src/cli/completion.hpp"
#include "src/cli/manual.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

namespace {

void write(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path);
  file << text << std::flush;
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

void write_all(const std::string& version, const std::filesystem::path& folder) {
  using namespace cogmill::cli;
  const auto write_page = [&](const Manual& manual) {
    write(folder / "man1" / (manual.name + ".1"), as_man_page(manual, version));
  };
  write_page(manual_of_program());
  for (const auto& command : make_commands()) {
    TextWishes wishes;
    write_page(manual_of(command->text(), options_of(*command, wishes)));
  }
  write(folder / "bash" / "cogmill", bash_completion());
  write(folder / "zsh" / "_cogmill", zsh_completion());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 3) throw std::runtime_error("usage: write_texts VERSION FOLDER");
    write_all(argv[1], argv[2]);
    return 0;
  } catch (const std::exception& e) {
    std::cerr << "write_texts: " << e.what() << '\n';
    return 1;
  }
}
