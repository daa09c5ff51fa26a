// Talk before TLS: a question out, an answer in that may come in pieces, all before one deadline and within 64 KiB.
#pragma once

#include <functional>
#include <string>

#include "probes/net/socket.h"

namespace kenshin {

enum class Said { More, Yes, No, Wrong };  // More: the answer is not whole; Wrong: it never will be one

// What a "no" to STARTTLS is about: another reason, a server that does not offer TLS, a server that cannot now.
enum class Meaning { Refused, NotOffered, NotNow };

// How far an answer has come.
struct Step {
  Said said = Said::More;
  std::size_t used = 0;  // bytes of the answer, once it is whole
  std::string text;      // foreign: what a "no" said
  Meaning meaning = Meaning::Refused;
};

using Hearing = std::function<Step(Bytes all_so_far)>;

// Bytes behind the last answer that was heard are given back to the socket when the dialogue goes.
class Dialogue {
 public:
  Dialogue(Socket& socket, Deadline deadline) : socket_(socket), deadline_(deadline) {}
  Dialogue(const Dialogue&) = delete;
  Dialogue& operator=(const Dialogue&) = delete;
  ~Dialogue() { socket_.give_back(unheard_); }

  Result<Done> say(Bytes bytes) { return socket_.send(bytes, deadline_); }
  // A whole answer: Yes or No. Errors: those of the socket, Closed, Malformed (Wrong, or endless).
  Result<Step> hear(const Hearing&);

 private:
  Socket& socket_;
  Deadline deadline_;
  Buffer unheard_;
  std::size_t total_ = 0;
};

// Whatever ended a dialogue before TLS is no word about TLS: a reset, a close or silence there becomes Unreachable.
// `where` opens the detail: "smtp, greeting".
Error before_tls(const Error&, std::string_view where);

}  // namespace kenshin
