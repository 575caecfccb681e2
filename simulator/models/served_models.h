// What a provider says that it serves: for whoever has to tell a person which
// names there are.
// Tested by tests/models/served_models_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/models/provider.h"
#include "simulator/net/http.h"

namespace simulate {

// Names in any of the shapes that providers list them in; sorted.
std::vector<std::string> models_in(const HttpResponse& response);

// Asks for the list; empty when there is none.
asio::awaitable<std::vector<std::string>> served_models(
    const Provider& provider, Http& http);

// The one that was probably meant: of the same name under another owner or of
// another version before one that is only spelled alike. Empty: none.
std::string nearest_model(const std::string& wanted,
                          const std::vector<std::string>& served);

}  // namespace simulate
