// Servers on loopback that do one thing: each test starts its own, on a port of its own, and stops it by leaving.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "probes/base/bytes.h"

namespace kenshin::lab {

// One accepted connection. `stop` becomes readable when the server is to end; every wait must watch it.
struct Peer {
  int socket;
  int stop;
  int number;  // of the connection, from 1
};
using Behaviour = std::function<void(const Peer&)>;

Behaviour silent();                                // takes everything, says nothing
Behaviour closes();                                // reads what comes first, then closes
Behaviour resets();                                // resets at once
Behaviour says(Buffer);                            // reads what comes first, sends that, closes
Behaviour speaks_http();                           // answers 400, whatever came
Behaviour answers_line(std::string text);          // WHOIS: reads a line, sends the text, closes (RFC 3912)
Behaviour relay(std::uint16_t to_port);            // passes bytes on to 127.0.0.1:to_port, both ways
Behaviour byte_by_byte(std::uint16_t to_port);     // the same, but its answers come one byte at a time
Behaviour swallows_alerts(std::uint16_t to_port);  // the same, but it closes where the answer is an alert
Behaviour trickles(Buffer);                        // sends that, a byte every 50 milliseconds, over and over
Behaviour floods(Buffer);            // sends that over and over, as fast as it is taken, for at most ten seconds
Behaviour one_at_a_time(Behaviour);  // others wait in silence until the one before has ended
Behaviour faster_than(int a_second, Behaviour odd, Behaviour);  // connections above that rate get the first
Behaviour one_in(int n, Behaviour odd, Behaviour);  // every nth connection gets the first, the others the second
Behaviour first(int n, Behaviour odd, Behaviour);   // the first n connections get the first, the others the second
// What came first decides: `odd` for a hello whose bytes satisfy the condition (they are given back to the behaviour).
Behaviour choose(std::function<bool(Bytes)> condition, Behaviour odd, Behaviour);

class Server {
 public:
  explicit Server(Behaviour);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const { return port_; }
  int connections() const { return connections_; }

 private:
  void accept_all();

  Behaviour behaviour_;
  int listening_ = -1;
  int stop_[2]{-1, -1};
  std::uint16_t port_ = 0;
  std::atomic<int> connections_{0};
  std::vector<std::thread> peers_;
  std::thread accepting_;
};

// A name server on UDP that answers A questions for one name with 127.0.0.1, says that others do not exist, and leaves
// those below "silent." unanswered.
class NameServer {
 public:
  explicit NameServer(std::string known);
  ~NameServer();
  std::uint16_t port() const { return port_; }
  int questions() const { return questions_; }

 private:
  std::string known_;
  std::atomic<int> questions_{0};
  int socket_ = -1;
  int stop_[2]{-1, -1};
  std::uint16_t port_ = 0;
  std::thread answering_;
};

}  // namespace kenshin::lab
