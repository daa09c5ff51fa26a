#include "probes/host/collectors/windows/facts_file.h"

#include <windows.h>

#include <chrono>

#include "probes/host/collectors/windows/facts.h"
#include "probes/host/collectors/windows/this_pc.h"
#include "probes/host/collectors/windows/wide_text.h"
#include "probes/host/host_facts_fields.h"
#include "probes/host/protection_fields.h"

namespace kenshin::windows {

namespace {

Json failed(const NoAnswer& why) {
  auto status = host_facts_file::Status::Failed;
  for (const auto& [known, kind] : host_facts_file::error_kinds)
    if (kind == why.kind) status = known;
  Json out = {{"status", to_key(status)}};
  if (!why.source.empty()) out["source"] = why.source;
  if (!why.at.empty()) out["at"] = why.at;
  if (!why.code.empty()) out["code"] = why.code;
  return out;
}

template <class F, class Value>
void put(Json& facts, const char* source, const Asked<F>& asked, Value value) {
  auto& fact = facts[std::string(F::name)];
  if (!asked) fact = failed(asked.why());
  else fact = {{"status", "ok"}, {"source", source}, {"value", value(*asked)}};
}

// A fact is written through the shape that reads it; those without one of their own are the fact itself, or, of a list
// of products, the list alone.
template <class Shape, class F>
void add_as(Json& facts, const char* source, const Asked<F>& asked) {
  put(facts, source, asked, [](const F& fact) { return json_of(Shape{fact}); });
}
template <class F>
void add(Json& facts, const char* source, const Asked<F>& asked) {
  put(facts, source, asked, [](const F& fact) {
    if constexpr (requires { fact.products; }) return json_of(fact.products);
    else return json_of(fact);
  });
}

void add_products(Json& facts, const Asked<AntivirusProducts>& asked) {
  put(facts, "wsc", asked, [](const AntivirusProducts& found) {
    return json_of(std::vector<host_facts_file::ProductShape>(found.products.begin(), found.products.end()));
  });
}

Json all_facts(const Wanted& wanted) {
  using namespace host_facts_file;
  Json facts = Json::object();
  add_as<IdentityShape>(facts, "registry", os_identity());
  add_as<ExtendedSupportShape>(facts, "wmi", os_extended_support());
  add_as<LastCheckShape>(facts, "wua", updates_last_check());
  add_as<LastOsUpdateShape>(facts, "wua", updates_last_os_update());
  add_as<PendingShape>(facts, "wua", updates_pending());
  add_as<AutoShape>(facts, "registry", updates_auto());
  add_as<RebootShape>(facts, "wua", reboot_required());
  add_products(facts, av_products());
  add(facts, "registry", software_products());
  add(facts, "netfw", firewall());
  add(facts, "shell", disk_encryption());
  add(facts, "registry", lock_screen());
  add(facts, "registry", login_automatic());
  add(facts, "netapi", accounts_local());
  add(facts, "eventlog", logs_system());
  add(facts, "w32time", clock_sync());
  add(facts, "services", ids_products());
  add(facts, "iphlpapi", network_listening());
  if (wanted.residue) add(facts, "files", residue_files());
  else facts[std::string(ResidueFiles::name)] = failed(no_answer(Error::Kind::NotCollected, "files", "--residue"));
  add(facts, "registry", residue_features());
  add(facts, "registry", terminal_other_use());
  add(facts, "eventlog", power_last_off());
  return facts;
}

std::string now_text() { return to_text(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())); }

std::wstring folder_of(const Wanted& wanted) {
  std::wstring out = wide(wanted.out);
  if (out.empty()) {
    out = own_path();
    out.resize(std::min(out.find_last_of(L"\\/"), out.size()));
  }
  while (out.size() > 3 && (out.back() == L'\\' || out.back() == L'/')) out.pop_back();
  return out;
}

// Whether that file is there and speaks of another PC; one that cannot be read might.
bool is_of_another(const std::wstring& path, const std::string& id) {
  HANDLE file = CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING, 0, nullptr);
  if (file == INVALID_HANDLE_VALUE) return GetLastError() != ERROR_FILE_NOT_FOUND;
  std::string text(std::size_t{1} << 20, '\0');
  DWORD size = 0;
  const bool read = ReadFile(file, text.data(), static_cast<DWORD>(text.size()), &size, nullptr) != 0;
  CloseHandle(file);
  return id.empty() || !read || std::string_view(text).substr(0, size).find(id) == std::string_view::npos;
}

std::optional<NoAnswer> write_whole(const std::wstring& path, const std::string& text) {
  HANDLE file = CreateFileW(path.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (file == INVALID_HANDLE_VALUE) return no_answer("file", "CreateFile", GetLastError());
  DWORD written = 0;
  const BOOL done = WriteFile(file, text.data(), static_cast<DWORD>(text.size()), &written, nullptr) != 0 &&
                    written == text.size() && FlushFileBuffers(file);
  const DWORD code = GetLastError();
  CloseHandle(file);
  if (done) return std::nullopt;
  DeleteFileW(path.c_str());
  return no_answer("file", "WriteFile", code);
}

}  // namespace

ThisPc name_this_pc(const Wanted& wanted) {
  auto id = host_id();
  ThisPc out{id ? std::move(*id) : std::string(), wanted.label};
  // A PC without an id is told apart by the moment it was asked.
  if (out.label.empty()) out.label = default_label(out.id.empty() ? std::to_string(GetTickCount64()) : out.id);
  return out;
}

std::string facts_document(const ThisPc& pc, const Wanted& wanted) {
  const auto os = os_identity();
  Json document = {{"schema", "kenshin.host-facts/1"}, {"collected_at", now_text()}};
  if (!wanted.nonce.empty()) document["nonce"] = wanted.nonce;
  document["collector"] = {{"name", "kenshin-collect.exe"},
                           {"version", KENSHIN_VERSION},
                           {"sha256", own_sha256()},
                           {"elevated", is_elevated()}};
  document["host"] = {{"id", pc.id},
                      {"label", pc.label},
                      {"role", !os || os->type.empty() ? "unknown"
                               : os->type == "Server"  ? "server"
                                                       : "terminal"},
                      {"container", false}};
  document["facts"] = all_facts(wanted);
  return document.dump(2, ' ', false, nlohmann::detail::error_handler_t::replace) + "\n";
}

Asked<std::wstring> write_facts(const ThisPc& pc, const Wanted& wanted, const std::string& document) {
  const std::wstring folder = folder_of(wanted) + L"\\";
  const std::string day = now_text().substr(0, 10);
  std::wstring path = folder + wide(file_name(pc.label, day, ""));
  if (is_of_another(path, pc.id)) path = folder + wide(file_name(pc.label, day, pc.id.substr(0, 16)));
  if (is_of_another(path, pc.id)) return no_answer("file", "a file of another PC is there", ERROR_FILE_EXISTS);
  const std::wstring unfinished = path + L".part" + std::to_wstring(GetCurrentProcessId());
  if (auto why = write_whole(unfinished, document)) return std::move(*why);
  if (MoveFileExW(unfinished.c_str(), path.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) return path;
  const auto why = no_answer("file", "MoveFileEx", GetLastError());
  DeleteFileW(unfinished.c_str());
  return why;
}

}  // namespace kenshin::windows
