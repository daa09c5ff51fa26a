// UTF-8 within, UTF-16 towards Windows.
#pragma once

#include <string>
#include <string_view>

namespace kenshin::windows {

std::string narrow(std::wstring_view);  // what is no UTF-16 becomes U+FFFD
std::wstring wide(std::string_view);

}  // namespace kenshin::windows
