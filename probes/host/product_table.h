// products.json: antivirus, EDR, intrusion detection, audit and management agents by the exact names they have on each
// system. What is not in the table may be on a machine all the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/data_files.h"
#include "probes/base/result.h"

namespace kenshin {

enum class ProductKind { Av, Edr, Ids, Audit, Management };  // a management agent protects nothing
enum class ProductSignatures { Daily, None };

struct WindowsNames {
  std::vector<std::string> services, processes;  // "WinDefend", "MsMpEng.exe"
};
struct LinuxNames {
  std::vector<std::string> processes, packages;
};
struct MacosNames {
  std::vector<std::string> bundles;  // how those of its system extensions begin
};

struct KnownProduct {
  std::string id, product;  // JSON key of product: "name"
  ProductKind kind = ProductKind::Av;
  WindowsNames on_windows;  // JSON keys: "windows", "linux", "macos"
  LinuxNames on_linux;
  MacosNames on_macos;
  ProductSignatures signatures = ProductSignatures::Daily;
  std::string mark, source;
};

struct ProductTable {
  std::string edition;
  std::optional<Day> as_of;
  std::string source, mark, description;
  std::vector<KnownProduct> products;  // ascending by id, each once
};

// Malformed, naming the file, for an unknown key or word, ids that are not ascending, and a list without a date.
Result<ProductTable> load_product_table(std::string_view text, std::string_view file_name);
Result<ProductTable> read_product_table(const DataFiles&);

// Of installed_data(); throws where it cannot be read: a broken install.
const ProductTable& shipped_product_table();

}  // namespace kenshin
