// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/proj_facts.hpp"

#include <proj.h>

#include <filesystem>
#include <memory>
#include <set>
#include <sstream>
#include <system_error>
#include <vector>

namespace cogmill::crs {
namespace {

namespace fs = std::filesystem;

struct Destroy {
  void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
  void operator()(PJ* object) const { proj_destroy(object); }
};
using Context = std::unique_ptr<PJ_CONTEXT, Destroy>;

std::string text_of(const char* text) { return text == nullptr ? std::string() : text; }

/// The folders that PROJ searches, and the one it keeps downloads in; each once.
std::vector<std::string> search_folders(PJ_CONTEXT* context) {
  constexpr std::size_t kMost = 64;
  std::vector<std::string> folders;
  std::set<std::string> seen;
  std::istringstream paths(text_of(proj_info().searchpath) + ':' +
                           text_of(proj_context_get_user_writable_directory(context, 0)));
  for (std::string folder; std::getline(paths, folder, ':') && folders.size() < kMost;)
    if (!folder.empty() && seen.insert(folder).second) folders.push_back(folder);
  return folders;
}

int count_grids(const std::string& folder) {
  constexpr int kMostEntries = 10000;
  std::error_code error;
  int grids = 0, entries = 0;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator() && entries < kMostEntries; ++entries) {
    if (entry->path().extension() == ".tif") ++grids;
    entry.increment(error);
  }
  return grids;
}

void find_grids(PJ_CONTEXT* context, ProjFacts& facts) {
  for (const std::string& folder : search_folders(context)) {
    const int grids = count_grids(folder);
    if (grids == 0) continue;
    facts.grids += grids;
    facts.grid_folders += (facts.grid_folders.empty() ? "" : ", ") + folder;
  }
}

/// A geographic and a projected system: a proj.db of another version can often make but the first.
std::string try_database(PJ_CONTEXT* context) {
  for (const char* code : {"EPSG:4326", "EPSG:32631"}) {
    const std::unique_ptr<PJ, Destroy> crs(proj_create(context, code));
    if (crs) continue;
    const int number = proj_context_errno(context);
    const std::string why = text_of(proj_context_errno_string(context, number));
    return std::string("it cannot make ") + code + (why.empty() ? "" : " (" + why + ")");
  }
  return {};
}

}  // namespace

ProjFacts read_proj_facts() {
  const Context context(proj_context_create());
  proj_log_level(context.get(), PJ_LOG_NONE);
  ProjFacts facts;
  const PJ_INFO info = proj_info();
  facts.version = text_of(info.version);
  facts.network = proj_context_is_network_enabled(context.get()) != 0;
  proj_context_set_enable_network(context.get(), 0);
  facts.database = text_of(proj_context_get_database_path(context.get()));
  facts.failure = try_database(context.get());
  find_grids(context.get(), facts);
  return facts;
}

}  // namespace cogmill::crs
