#include "probes/net/dialogue.h"

#include <array>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::size_t longest_talk = 64 * 1024;

}  // namespace

Result<Step> Dialogue::hear(const Hearing& hearing) {
  for (;;) {
    Step step = hearing(unheard_);
    if (step.said == Said::Wrong)
      return Error{Error::Kind::Malformed, "not understood: " + one_line(text_of(unheard_), 80)};
    if (step.said != Said::More) {
      unheard_.erase(unheard_.begin(), unheard_.begin() + static_cast<std::ptrdiff_t>(step.used));
      return step;
    }
    std::array<std::uint8_t, 4096> buffer{};
    const auto got = socket_.receive(buffer, deadline_);
    if (!got) return got.error();
    if (*got == 0) return Error{Error::Kind::Closed, "closed by the peer"};
    if ((total_ += *got) > longest_talk) return Error{Error::Kind::Malformed, "an endless answer"};
    unheard_.insert(unheard_.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
  }
}

Error before_tls(const Error& error, std::string_view where) {
  const bool lost =
      error.kind == Error::Kind::Reset || error.kind == Error::Kind::Closed || error.kind == Error::Kind::Timeout;
  return {lost ? Error::Kind::Unreachable : error.kind, std::string(where) + ": " + one_line(error.detail, 200)};
}

}  // namespace kenshin
