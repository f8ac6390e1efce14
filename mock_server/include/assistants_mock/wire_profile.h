#pragma once
// Which of its faces the API shows.
namespace assistants_mock::mock_server {

// How objects are shown on the wire; nothing further in knows of it.
enum class WireProfile {
  schema,    // what the published schema and the SDKs' types promise
  recorded,  // what the service really sent in 2025: a few keys fewer here, a few more there
};

// What a request gets whose header OpenAI-Beta asks for assistants=v1.
enum class FirstVersion {
  served,   // the objects and operations of early 2024: docs/wire/first-version.md
  refused,  // beta.v1, as the service did from 2024-12-18
};

}  // namespace assistants_mock::mock_server
