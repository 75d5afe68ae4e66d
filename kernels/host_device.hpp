// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Marks a function whose text host and device share: the only macro of the arithmetic.
#ifdef __CUDACC__
#define COGMILL_HD __host__ __device__
#else
#define COGMILL_HD
#endif
