// kenshin-collect.exe: writes what a Windows PC or server says of its own state to one file. Reads only, asks nothing
// on the network, needs no administrator. docs/host-facts.md
#include <windows.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "probes/host/collectors/windows/com.h"
#include "probes/host/collectors/windows/facts_file.h"
#include "probes/host/collectors/windows/wide_text.h"

// Nothing here throws, and what the standard library throws is the end: without its own handler, which names the
// exception, the program is smaller by a demangler.
namespace __gnu_cxx {
void __verbose_terminate_handler();
void __verbose_terminate_handler() { std::abort(); }
}  // namespace __gnu_cxx

namespace {

using namespace kenshin::windows;

constexpr auto usage = R"(kenshin-collect [--out FOLDER] [--label NAME] [--nonce TEXT] [--residue]

  --out FOLDER   where the file goes; otherwise beside this program
                 ファイルを置くフォルダー（なければ、このプログラムの隣）
  --label NAME   what this PC is called in the report; otherwise PC- and 8 letters of a hash
                 報告での呼び名（なければ PC- とハッシュの8文字）
  --nonce TEXT   the text that kenshin gave for this collection
  --residue      also count recordings, downloads and screenshots (numbers only)
                 録画・ダウンロード・画面写しの数も数える（数だけ）

It writes LABEL-YYYYMMDD.json, changes nothing and sends nothing. Exit: 0 written, 64 usage, 73 cannot write.
書き出すのは一つのファイルだけです。何も変更せず、何も送りません。
)";

int collect(const Wanted& wanted) {
  const ComRuntime com;
  const ThisPc pc = name_this_pc(wanted);
  const auto written = write_facts(pc, wanted, facts_document(pc, wanted));
  if (written) {
    std::printf("%s\n", narrow(*written).c_str());
    return 0;
  }
  std::fprintf(stderr, "cannot write the file / ファイルを書けません: %s %s\n", written.why().at.c_str(),
               written.why().code.c_str());
  return 73;
}

}  // namespace

int wmain(int count, wchar_t** arguments) {
  SetConsoleOutputCP(CP_UTF8);
  std::vector<std::string> given;
  for (int i = 1; i < count; ++i) given.push_back(narrow(arguments[i]));
  const auto parsed = parse_command_line(given);
  if (const auto* wrong = std::get_if<BadUse>(&parsed)) {
    std::fprintf(stderr, "%s\n%s", wrong->what.c_str(), usage);
    return 64;
  }
  const auto& wanted = *std::get_if<Wanted>(&parsed);
  if (!wanted.help) return collect(wanted);
  std::printf("%s", usage);
  return 0;
}
