#include "probes/host/root_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

namespace kenshin {

namespace {

Error from_errno(int code, std::string_view path) {
  const bool absent = code == ENOENT || code == ENOTDIR, denied = code == EACCES || code == EPERM;
  const auto kind = absent ? Error::Kind::Absent : denied ? Error::Kind::Denied : Error::Kind::Failed;
  return {kind, std::string(path) + ": " + std::generic_category().message(code)};
}

struct Descriptor {
  int number = -1;
  explicit Descriptor(int n) : number(n) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

}  // namespace

std::string RootFiles::place(std::string_view path) const {
  return (root_.ends_with('/') ? root_.substr(0, root_.size() - 1) : root_) + std::string(path);
}

Result<std::string> RootFiles::head(std::string_view path, std::size_t size) const {
  const Descriptor file(::open(place(path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.number < 0) return from_errno(errno, path);
  struct stat status {};
  if (::fstat(file.number, &status) != 0) return from_errno(errno, path);
  if (!S_ISREG(status.st_mode)) return Error{Error::Kind::Failed, std::string(path) + ": not a regular file"};
  std::string text;
  while (text.size() < size) {
    const std::size_t before = text.size(), wanted = std::min<std::size_t>(size - before, 65536);
    text.resize(before + wanted);
    const ssize_t got = ::read(file.number, text.data() + before, wanted);
    text.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno != EINTR) return from_errno(errno, path);
    if (got == 0) break;
  }
  return text;
}

Result<std::string> RootFiles::read(std::string_view path, std::size_t limit) const {
  auto text = head(path, limit + 1);
  if (text && text->size() > limit)
    return Error{Error::Kind::Failed, std::string(path) + ": larger than " + std::to_string(limit) + " bytes"};
  return text;
}

Result<std::vector<std::string>> RootFiles::names(std::string_view folder) const {
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(place(folder).c_str()), ::closedir);
  if (!open) return from_errno(errno, folder);
  std::vector<std::string> found;
  while (const dirent* entry = ::readdir(open.get())) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (found.size() == 10'000) return Error{Error::Kind::Failed, std::string(folder) + ": more than 10,000 names"};
    found.emplace_back(name);
  }
  std::sort(found.begin(), found.end());
  return found;
}

Result<bool> RootFiles::exists(std::string_view path) const {
  struct stat status {};
  if (::lstat(place(path).c_str(), &status) == 0) return true;
  const Error error = from_errno(errno, path);
  if (error.kind == Error::Kind::Absent) return false;
  return error;
}

Result<Instant> RootFiles::changed(std::string_view path) const {
  struct stat status {};
  if (::stat(place(path).c_str(), &status) != 0) return from_errno(errno, path);
  return Instant{std::chrono::seconds{status.st_mtim.tv_sec}};
}

Result<bool> RootFiles::writable_by_everyone(std::string_view path) const {
  struct stat status {};
  if (::stat(place(path).c_str(), &status) != 0) return from_errno(errno, path);
  return (status.st_mode & S_IWOTH) != 0;
}

Result<std::string> RootFiles::parts(std::string_view folder, std::string_view ending) const {
  const auto found = names(folder);
  if (!found) return found.error().kind == Error::Kind::Absent ? Result<std::string>(std::string()) : found.error();
  std::string all;
  for (const auto& name : *found) {
    if (!name.ends_with(ending)) continue;
    const auto text = read(std::string(folder) + "/" + name);
    if (text) all += *text + "\n";
    else if (text.error().kind != Error::Kind::Absent) return text.error();  // a link to nowhere
  }
  return all;
}

Result<std::string> RootFiles::read_with_parts(std::string_view file, std::string_view folder,
                                               std::string_view ending) const {
  const auto text = read(file);
  if (!text && text.error().kind != Error::Kind::Absent) return text.error();
  const auto rest = parts(folder, ending);
  if (!rest) return rest.error();
  return (text ? *text + "\n" : std::string()) + *rest;
}

}  // namespace kenshin
