#include "scanner/questionnaire.h"

namespace kenshin {

std::string_view questionnaire_form() {
  return R"(# kenshin（オンライン診療の安全点検）端末・サーバーの調査票  機器1台につき1枚
# Questionnaire for one PC or server
#
# 分かるところだけ記入し、分からないところは "" や "unknown" のままにしてください。
# Fill in what you know; leave the rest as it is.
# 記入した内容は自己回答（証拠等級 D）として扱われ、これだけで「適合」にはなりません。
# The answers count as declared by a person (evidence grade D): they alone never end as "met".
# 使い方 / then:  kenshin scan --facts この調査票.toml

schema = "kenshin.host-questionnaire/1"
label = ""                # 機器の呼び名（例：受付PC-1）/ what the machine is called (needed)
filled_on = ""            # 記入した日（例：2026-11-22）/ the day of filling in (needed)

[os]
family = "windows"        # windows / macos / linux
build = ""                # Windows：設定＞システム＞バージョン情報の「OS ビルド」（例：26200.7171）/ "OS build"
edition = ""              # Windows：Home / Pro / Enterprise / Education
version = ""              # macOS、Linux：版（例：15.7.1）/ version
distribution = ""         # Linux：debian、ubuntu、rhel など / ID of os-release

[updates]
automatic = "unknown"     # 更新は自動で入りますか：yes / no / unknown / installed by itself?
last_check = ""           # 最後に更新を確認した日 / the day updates were last looked for
last_update = ""          # 最後に更新が入った日 / the day an update was last installed
restart_waiting = "unknown"  # 「再起動が必要」と出ていますか：yes / no / unknown / restart pending?

[antivirus]
product = ""              # 製品名。入っていなければ "none" / its name, or "none"
active = "unknown"        # 有効ですか：yes / no / unknown
definitions_on = ""       # ウイルス定義の日付 / the date of its signatures

[protection]
firewall = "unknown"      # ファイアウォール：yes / no / unknown
disk_encrypted = "unknown"  # ディスクの暗号化（BitLocker、FileVault）：yes / no / unknown
screen_lock = "unknown"   # 画面の自動ロック：yes / no / unknown
screen_lock_minutes = ""  # 何分で（例："10"）/ after how many minutes
automatic_login = "unknown"  # パスワードなしで起動しますか：yes / no / unknown / starts without a password?
clock_synchronized = "unknown"  # 時計は自動で合いますか：yes / no / unknown / is the clock set by itself?

[accounts]
people = ""               # 使える利用者アカウントの数（例："3"）/ accounts that can log in
administrators = ""       # うち管理者の数 / of these, administrators

[use]
ehr_client = "unknown"    # 電子カルテも使う端末ですか：yes / no / unknown / is it also used for the EHR?
)";
}

}  // namespace kenshin
