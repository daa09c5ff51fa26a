#include "tests/lab/process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace kenshin::lab {

namespace {

// Starts `command` with stdout at `output`.
pid_t start(const std::vector<std::string>& command, int output) {
  std::vector<char*> arguments;
  for (const auto& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const std::string path = std::string(getenv("PATH") != nullptr ? getenv("PATH") : "") + ":/usr/sbin:/sbin";
  const pid_t id = fork();
  if (id < 0) throw std::runtime_error("cannot fork");
  if (id > 0) return id;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, STDIN_FILENO);
  dup2(output >= 0 ? output : nothing, STDOUT_FILENO);
  dup2(nothing, STDERR_FILENO);
  setenv("PATH", path.c_str(), 1);
  setenv("OPENSSL_CONF", "/dev/null", 1);  // the program's own defaults, not the distribution's
  execvp(arguments[0], arguments.data());
  _exit(127);
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool listens(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  const bool out = connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(socket);
  return out;
}

// proc_pid_net(5): local_address is ADDRESS:PORT in hex, and 0A is a socket that listens.
bool is_listening(std::uint16_t port) {
  std::array<char, 8> wanted{};
  std::snprintf(wanted.data(), wanted.size(), ":%04X", port);
  for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    std::ifstream in(table);
    for (std::string number, local, remote, state, rest;
         in >> number >> local >> remote >> state && std::getline(in, rest);)
      if (local.ends_with(wanted.data()) && state == "0A") return true;
  }
  return false;
}

}  // namespace

Process::Process(const std::vector<std::string>& command) : id_(start(command, -1)) {}

Process::~Process() {
  if (id_ <= 0) return;
  kill(id_, SIGTERM);
  waitpid(id_, nullptr, 0);
}

void Process::send(int signal) {
  if (id_ > 0) kill(id_, signal);
}

int Process::wait() {
  int status = 0;
  while (id_ > 0 && waitpid(id_, &status, 0) < 0) {
  }
  id_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void Process::wait_for_port(std::uint16_t port) { wait_until(listens, port); }
void Process::wait_for_listener(std::uint16_t port) { wait_until(is_listening, port); }

void Process::wait_until(bool (*ready)(std::uint16_t), std::uint16_t port) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!ready(port)) {
    if (waitpid(id_, nullptr, WNOHANG) == id_) id_ = -1;
    if (id_ < 0 || std::chrono::steady_clock::now() > until) throw std::runtime_error("the server did not start");
    poll(nullptr, 0, 10);
  }
}

Ran run(const std::vector<std::string>& command) {
  std::array<int, 2> output{};
  if (pipe2(output.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const pid_t id = start(command, output[1]);
  close(output[1]);
  Ran out;
  std::array<char, 4096> part{};
  for (ssize_t got = 0; (got = read(output[0], part.data(), part.size())) > 0;)
    out.output.append(part.data(), static_cast<std::size_t>(got));
  close(output[0]);
  int status = 0;
  waitpid(id, &status, 0);
  out.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return out;
}

std::uint16_t free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  const bool bound = bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(socket);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

Folder::Folder() {
  std::string pattern = std::filesystem::temp_directory_path() / "kenshin-lab-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void write_file(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

}  // namespace kenshin::lab
