// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Part of every program of a sanitized build, and of no other.

/// Stands in for the C library's: what was loaded stays. LeakSanitizer tells libraries apart by
/// name, and Open MPI unloads its components before the leaks are counted.
extern "C" int dlclose(void* /*module*/) { return 0; }
