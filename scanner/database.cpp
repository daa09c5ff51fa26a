#include "scanner/database.h"

#include <sqlite3.h>

namespace kenshin {

namespace {

constexpr int milliseconds_to_wait = 5000;

}  // namespace

void Query::Finalizes::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Closes::operator()(sqlite3* handle) const { sqlite3_close(handle); }

Query& Query::bind(std::string_view text) {
  if (!failed_)
    failed_ = sqlite3_bind_text64(statement_.get(), ++bound_, text.data(), text.size(), SQLITE_TRANSIENT,
                                  SQLITE_UTF8) != SQLITE_OK;
  return *this;
}
Query& Query::bind(std::int64_t number) {
  if (!failed_) failed_ = sqlite3_bind_int64(statement_.get(), ++bound_, number) != SQLITE_OK;
  return *this;
}
Query& Query::bind_null() {
  if (!failed_) failed_ = sqlite3_bind_null(statement_.get(), ++bound_) != SQLITE_OK;
  return *this;
}

bool Query::next() {
  if (failed_) return false;
  const int step = sqlite3_step(statement_.get());
  failed_ = step != SQLITE_ROW && step != SQLITE_DONE;
  return step == SQLITE_ROW;
}

std::string Query::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return text == nullptr ? std::string() : std::string(text, size);
}
std::int64_t Query::number(int column) const { return sqlite3_column_int64(statement_.get(), column); }
bool Query::is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

bool Query::run() {
  while (next()) continue;
  if (!failed_) failed_ = sqlite3_reset(statement_.get()) != SQLITE_OK;
  bound_ = 0;
  return !failed_;
}

Result<Database> Database::open(const std::string& path) {
  Database out;
  out.path_ = path;
  sqlite3* handle = nullptr;
  const int opened = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  out.handle_.reset(handle);
  if (opened != SQLITE_OK)
    return Error{Error::Kind::Denied, path + ": " + (handle ? sqlite3_errmsg(handle) : sqlite3_errstr(opened))};
  sqlite3_busy_timeout(handle, milliseconds_to_wait);
  // A file from elsewhere must not be able to run anything (SQLite, "Defense Against The Dark Arts").
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return out;
}

Query Database::query(std::string_view sql) {
  Query out;
  sqlite3_stmt* statement = nullptr;
  out.failed_ =
      sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK;
  out.statement_.reset(statement);
  return out;
}

bool Database::run(std::string_view sql) {
  return sqlite3_exec(handle_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
}

std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_.get()); }

Error Database::error(std::string_view what) const {
  const int code = sqlite3_errcode(handle_.get());
  const bool broken = code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
  return {broken ? Error::Kind::Malformed : Error::Kind::Failed,
          path_ + ": " + std::string(what) + ": " + sqlite3_errmsg(handle_.get())};
}

std::optional<std::int64_t> Database::number(std::string_view sql) {
  Query asked = query(sql);
  if (!asked.next()) return std::nullopt;
  return asked.number(0);
}

}  // namespace kenshin
