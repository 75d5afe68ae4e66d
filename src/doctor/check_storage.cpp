// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/check_storage.hpp"

#include "src/doctor/answer_within.hpp"
#include "src/report/sizes.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

namespace cogmill::doctor {
namespace {

constexpr auto kTopic = "files";

bool is_network(const std::string& kind) {
  constexpr std::array<std::string_view, 7> kKinds = {"nfs", "cifs",       "smb",      "9p",
                                                      "afs", "fuse.sshfs", "fuse.s3fs"};
  return std::ranges::any_of(kKinds, [&](std::string_view k) { return kind.starts_with(k); });
}

Finding missing(const std::string& path, const std::string& why, bool asked) {
  Finding finding{.topic = kTopic, .text = path, .of_node = true};
  finding.facts["path"] = path;
  finding.add(asked ? Verdict::kProblem : Verdict::kNote, clean(why),
              "name a folder that is there on every node");
  return finding;
}

void judge_kind(Finding& finding, const FileSystem& system) {
  if (is_network(system.kind))
    finding.add(Verdict::kNote, "ranks that write one file over the network wait for one another",
                "write to a parallel or a local file system; --scratch to a local one");
  if (system.kind == "tmpfs" || system.kind == "ramfs")
    finding.add(Verdict::kNote, "files there are in memory",
                "leave room for them: --memory does not count them");
  if (system.stripes && system.stripes->count == 1)
    finding.add(Verdict::kNote, "a file lies on one server",
                "spread large outputs: lfs setstripe -c -1 FOLDER");
}

/// @param asked the path was given, and not ours to guess
Finding look(const std::string& path, bool asked) {
  constexpr std::chrono::seconds kPatience{5};
  const std::string name = clean(path);
  try {
    const auto system = answer_within(kPatience, [path] { return look_at_file_system(path); });
    if (system) return check_file_system(name, *system);
    return missing(name, "its file system does not answer", asked);
  } catch (const std::exception& e) {
    return missing(name, e.what(), asked);
  }
}

}  // namespace

Finding check_file_system(const std::string& path, const FileSystem& system) {
  constexpr std::int64_t kLittle = 1'000'000'000;
  Finding finding{.topic = kTopic, .text = path + ": " + clean(system.kind), .of_node = true};
  finding.text += ", {free} free of " + report::format_size(system.total_bytes);
  finding.numbers["free"] = Number::bytes(static_cast<double>(system.free_bytes));
  finding.facts = {{"path", path},
                   {"kind", clean(system.kind)},
                   {"total_bytes", system.total_bytes},
                   {"writable", system.writable},
                   {"fallocate", system.fallocate}};
  if (system.stripes) {
    const int count = system.stripes->count;
    finding.facts["stripes"] = count;
    finding.text += ", stripes: " + (count < 0 ? "all" : std::to_string(count)) + " of " +
                    report::format_size(system.stripes->bytes);
  }
  if (!system.writable)
    finding.add(Verdict::kNote, "not writable here: " + clean(system.why_not),
                "inputs only: outputs and --scratch have to be elsewhere");
  else
    finding.text += system.fallocate ? ", fallocate works" : ", no fallocate";
  if (system.writable && system.free_bytes < kLittle)
    finding.add(Verdict::kNote, "little room", "make some, or write elsewhere");
  judge_kind(finding, system);
  return finding;
}

std::vector<Finding> check_storage(const std::vector<std::string>& paths,
                                   const Environment& environment) {
  std::vector<Finding> findings;
  for (const std::string& path : paths) findings.push_back(look(path, true));
  if (!paths.empty()) return findings;
  std::error_code gone;  // the folder has been removed: look(".") says so
  const std::string here = std::filesystem::current_path(gone).string();
  findings.push_back(look(here.empty() ? "." : here, false));
  const std::string temporary = environment("TMPDIR");
  if (!temporary.empty()) findings.push_back(look(temporary, false));
  return findings;
}

}  // namespace cogmill::doctor
