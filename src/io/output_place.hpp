// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cogmill::io {

/// @throws report::RuntimeError if no file can be written under this name because it is no place on
/// a file system: files are written with POSIX calls, and get their names by renaming
void require_file_system(const std::string& path);

/// @throws report::RuntimeError if the folder of a file to be written is not there, or the file's
/// name is too long for it
void require_folder(const std::string& path);

/// @throws report::RuntimeError if an output that is to be written would replace this input, or a
/// side-car of it would   @param output, input paths
void require_not_replaced(const std::string& input, const std::string& output);

/// @throws report::RuntimeError if the output is the name of a folder
void require_no_folder(const std::string& output);

}  // namespace cogmill::io
