// The report page in a real browser: printed on A4, with its page numbers and the document's own words. Needs Chromium
// and pdftotext; runs under `tests/run --all`.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>

#include "tests/lab/process.h"

namespace kenshin {
namespace {

bool wanted() {
  const char* all = std::getenv("KENSHIN_ALL");
  return all != nullptr && std::string_view(all) == "1";
}

TEST(PageInBrowser, PrintsOnA4WithPageNumbers) {
  if (!wanted()) GTEST_SKIP() << "needs a browser: tests/run --all";
  const lab::Folder folder;
  const auto shell = [](const std::string& command) { return lab::run({"sh", "-c", command}); };
  const std::string clinic = SOURCE_DIR "/tests/lab/clinic";
  const auto scanned =
      shell("NO_COLOR=1 " BINARY_DIR "/kenshin scan --fail-on none --facts " + clinic + "/reception.json --checklist " +
            clinic + "/checklist.txt --out " + folder.path("out") + " 2>&1");
  ASSERT_EQ(scanned.status, 0) << scanned.output;
  const auto printed = shell(
      "chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
      "--disable-component-update --disable-sync --user-data-dir=" +
      folder.path("profile") + " --no-pdf-header-footer --print-to-pdf=" + folder.path("page.pdf") + " file://" +
      folder.path("out/report.html") + " 2>&1");
  ASSERT_EQ(printed.status, 0) << printed.output;
  const auto about = shell("pdfinfo " + folder.path("page.pdf"));
  EXPECT_NE(about.output.find("A4"), std::string::npos) << about.output;
  const auto text = shell("pdftotext -layout " + folder.path("page.pdf") + " -").output;
  for (const auto part : {"1 / ", "2.5.2-1.xii", "当院の記入", "点検結果"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
}

}  // namespace
}  // namespace kenshin
