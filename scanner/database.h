// SQLite, as much as the history asks of it: a file, statements, and errors as values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "probes/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace kenshin {

// A prepared statement. Parameters are bound in their order; a failure of any step is kept and told by the end.
class Query {
 public:
  Query& bind(std::string_view text);
  Query& bind(std::int64_t number);
  Query& bind_null();
  // Whether there is a row; false, too, where it failed: then failed() says so.
  bool next();
  std::string text(int column) const;  // empty for NULL
  std::int64_t number(int column) const;
  bool is_null(int column) const;
  // Runs to its end and is ready to be bound anew.
  bool run();
  bool failed() const { return failed_; }

 private:
  friend class Database;
  struct Finalizes {
    void operator()(sqlite3_stmt*) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalizes> statement_;
  int bound_ = 0;
  bool failed_ = false;
};

class Database {
 public:
  // Denied where the file cannot be opened or made. What is in it is not looked at.
  static Result<Database> open(const std::string& path);

  Query query(std::string_view sql);
  bool run(std::string_view sql);            // statements without parameters
  std::int64_t last_row() const;             // the id of the row last inserted
  Error error(std::string_view what) const;  // of the last failure: Malformed where the file is broken, else Failed
  std::optional<std::int64_t> number(std::string_view sql);  // the first column of the first row

 private:
  struct Closes {
    void operator()(sqlite3*) const;
  };
  std::string path_;
  std::unique_ptr<sqlite3, Closes> handle_;
};

}  // namespace kenshin
