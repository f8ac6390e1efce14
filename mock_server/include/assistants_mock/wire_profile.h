#pragma once
// Which of its faces the API shows.
namespace assistants_mock::mock_server {

// How objects are shown on the wire; nothing further in knows of it.
enum class WireProfile {
  schema,    // what the published schema and the SDKs' types promise
  recorded,  // what the service really sent in 2025: a few keys fewer here, a few more there
};

}  // namespace assistants_mock::mock_server
