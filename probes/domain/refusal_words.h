// Words by which a registry says that it does not answer now. The texts are not published: what is seen of such
// servers.
#pragma once

#include <string_view>

namespace kenshin {

// Of a limit, of too much load, of work on the database, in English or Japanese. Never a reason to believe anything.
bool has_refusal_words(std::string_view text);

}  // namespace kenshin
