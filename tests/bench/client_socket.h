#pragma once
// The connection of a client of the benchmarks.
#include "mock_server/http/file_descriptor.h"

namespace assistants_mock::bench {

// To a server on 127.0.0.1, blocking, small requests sent at once. Throws std::runtime_error.
mock_server::http::FileDescriptor connect_to(int port);

}  // namespace assistants_mock::bench
