// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The two files of DESIGN section 3.
#include "models/store/cachestore.h"
#include "models/store/slipwaystore.h"
