#pragma once
// What all conversations of a front share. Outlives them.
#include <atomic>

#include "mock_server/http/http_front.h"

namespace assistants_mock::mock_server::http {

struct Service {
  const HttpFront::Handler& handler;
  const FrontOptions& options;
  const std::atomic<bool>& stopping;
};

}  // namespace assistants_mock::mock_server::http
