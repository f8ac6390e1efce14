#include "mock_server/api/body_path.h"

namespace assistants_mock::mock_server::api {

std::string text_of(const BodyPath& path) {
  if (!path.parent) return {};
  std::string text = text_of(*path.parent);
  if (path.item != BodyPath::no_item) return text + "[" + std::to_string(path.item) + "]";
  if (path.parent->parent) text += '.';
  return text.append(path.key);
}

}  // namespace assistants_mock::mock_server::api
