#pragma once
// Whether a recorded request is one that is asked about.
#include "mock_server/tenants/request_journal.h"

namespace assistants_mock::mock_server::tenants {

bool fits(const JournalEntry& entry, const RequestQuery& query);

}  // namespace assistants_mock::mock_server::tenants
