// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <proj.h>

#include <memory>

namespace cogmill::crs {

struct ProjDestroy {
  void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
  void operator()(PJ* object) const { proj_destroy(object); }
  void operator()(PJ_OBJ_LIST* list) const { proj_list_destroy(list); }
  void operator()(PJ_OPERATION_FACTORY_CONTEXT* factory) const {
    proj_operation_factory_context_destroy(factory);
  }
};
using ProjContext = std::unique_ptr<PJ_CONTEXT, ProjDestroy>;
using ProjObject = std::unique_ptr<PJ, ProjDestroy>;
using ProjList = std::unique_ptr<PJ_OBJ_LIST, ProjDestroy>;
using ProjFactory = std::unique_ptr<PJ_OPERATION_FACTORY_CONTEXT, ProjDestroy>;

}  // namespace cogmill::crs
