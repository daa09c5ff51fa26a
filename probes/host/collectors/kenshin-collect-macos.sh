#!/bin/sh
# kenshin-collect-macos.sh: facts of one Mac as kenshin.host-facts/1 (docs/schema/host-facts.json) on standard output:
#   sh kenshin-collect-macos.sh --label NAME > NAME.json      (options: --label NAME, --nonce VALUE, --residue)
# POSIX sh with what macOS brings. It needs no administrator and no network (it never starts a search for updates), writes
# no file and changes nothing. What this user may not read is "denied"; what could not be told says why. Without --label
# the Mac is called by a piece of its hash: a computer's name often holds its owner's. --residue counts recordings,
# downloads and screenshots of this user, without their names.
# Verified with samples only, never on a real Mac: docs/host-facts.md.
[ -n "$ZSH_VERSION" ] && emulate sh
export LC_ALL=C
PATH=/usr/bin:/bin:/usr/sbin:/sbin:/usr/libexec/ApplicationFirewall:$PATH

version=0.1.0
root=
label=
nonce=
residue=no
separator=

# --- JSON -------------------------------------------------------------------------------------------------------------

# A JSON string of plain ASCII: everything else as \u escapes, bytes that are no UTF-8 as U+FFFD, 400 bytes at most.
json() {
  printf '%s' "$1" | od -An -v -tx1 -N 400 | awk '
    function byte(h) { return 16 * (index("0123456789abcdef", substr(h, 1, 1)) - 1) + index("0123456789abcdef", substr(h, 2, 1)) - 1 }
    { for (i = 1; i <= NF; i++) b[n++] = byte($i) }
    END {
      printf "\""
      for (i = 0; i < n; i++) {
        c = b[i]
        if (c == 34 || c == 92) { printf "\\%c", c; continue }
        if (c >= 32 && c < 127) { printf "%c", c; continue }
        if (c < 128) { printf "\\u%04x", c; continue }
        more = -1
        if (c >= 194 && c <= 223) { more = 1; v = c - 192; least = 128 }
        if (c >= 224 && c <= 239) { more = 2; v = c - 224; least = 2048 }
        if (c >= 240 && c <= 244) { more = 3; v = c - 240; least = 65536 }
        for (k = 1; k <= more; k++) {
          if (i + k >= n || b[i + k] < 128 || b[i + k] > 191) { more = -1; break }
          v = v * 64 + b[i + k] - 128
        }
        if (more < 0 || v < least || v > 1114111 || (v >= 55296 && v <= 57343)) { printf "\\ufffd"; continue }
        i += more
        if (v < 65536) printf "\\u%04x", v
        else printf "\\u%04x\\u%04x", 55296 + int((v - 65536) / 1024), 56320 + (v - 65536) % 1024
      }
      printf "\""
    }'
}
put() {
  printf '%s\n    "%s": %s' "$separator" "$1" "$2"
  separator=,
}
ok() { put "$1" "{\"status\": \"ok\", \"source\": \"$2\", \"value\": $3}"; }           # fact, source, JSON
none() { put "$1" "{\"status\": \"$2\", \"detail\": $(json "$3")}"; }                  # fact, status, why
unread() { if [ -e "$2" ]; then none "$1" denied "$2"; else none "$1" absent "$2"; fi; }  # fact, file
or_null() { if [ -n "$1" ]; then json "$1"; else printf null; fi; }
or_unknown() { if [ -n "$1" ]; then printf '%s' "$1"; else printf null; fi; }

# --- the machine ------------------------------------------------------------------------------------------------------

have() { command -v "$1" >/dev/null 2>&1; }
asked() { "$@" </dev/null 2>&1; }
# A key of a property list: its text in $text and 0; 1 where there is no such key, 2 where the list may not be read.
key() {
  text=$(asked defaults read "$1" "$2") && return 0
  case $text in *"does not exist"*) return 1 ;; esac
  return 2
}
# "2026-11-20 03:04:05 +0000" as defaults prints dates.
rfc3339() { printf '%s\n' "$1" | sed -n 's/^\([0-9-]\{10\}\) \([0-9:]\{8\}\) +0000$/\1T\2Z/p'; }
lines_of() { printf '%s\n' "$1" | awk 'NF { n++ } END { print n + 0 }'; }

identity() {
  if ! have sw_vers; then none os.identity error "sw_vers is missing: not macOS"; return; fi
  number=$(asked sw_vers -productVersion)
  ok os.identity sw_vers "{\"family\": \"macos\", \"id\": \"macos\", \"version\": $(json "$number"), \"pretty\": $(json "macOS $number ($(asked sw_vers -buildVersion))"), \"kernel\": $(json "$(uname -r)")}"
}

# --- updates ----------------------------------------------------------------------------------------------------------

preferences=/Library/Preferences/com.apple.SoftwareUpdate
refused() { none "$1" "$([ "$2" = 1 ] && echo absent || echo denied)" "$3"; }  # fact, result of key(), what
last_check() {
  key $preferences LastSuccessfulDate
  code=$?
  at=$(rfc3339 "$text")
  if [ $code != 0 ]; then refused updates.last_check $code "LastSuccessfulDate"
  elif [ -z "$at" ]; then none updates.last_check error "LastSuccessfulDate is no date"
  else ok updates.last_check com.apple.SoftwareUpdate "{\"at\": \"$at\", \"valid_until\": null, \"basis\": \"software_update\"}"; fi
}
# What the last check found; it does not say which of it is for security.
waiting() {
  receipts=$(have pkgutil && lines_of "$(asked pkgutil --pkgs)")
  key $preferences LastUpdatesAvailable
  code=$?
  if [ $code != 0 ]; then refused updates.pending $code "LastUpdatesAvailable"; return; fi
  case $text in '' | *[!0-9]*) none updates.pending error "LastUpdatesAvailable is no number"; return ;; esac
  if [ "${receipts:-0}" = 0 ]; then none updates.pending error "no receipt of a package could be read"; return; fi
  ok updates.pending com.apple.SoftwareUpdate "{\"installed\": $receipts, \"total\": $text, \"security\": 0, \"held\": 0, \"security_known\": false}"
}
automatic() {
  setting() { if key $preferences "$1"; then printf %s "$text"; else printf '?'; fi; }
  check=$(setting AutomaticCheckEnabled)
  install=$(setting AutomaticallyInstallMacOSUpdates)
  critical=$(setting CriticalUpdateInstall)
  case $check$install$critical in
    0??) mode=off ;;
    111) mode=automatic ;;
    1[01][01]) mode=notify ;;
    *) none updates.auto not_collected "a setting was never made; what macOS does then depends on its version"; return ;;
  esac
  ok updates.auto com.apple.SoftwareUpdate "{\"mode\": \"$mode\", \"paused_until\": null, \"managed\": false}"
}
# The installations of this Mac: "DATE NAME" a line. plutil makes text of the list, whatever its form.
history() {
  have plutil && asked plutil -convert xml1 -o - "$root/Library/Receipts/InstallHistory.plist" | awk '
    function inner(line) { gsub(/^[^>]*>|<[^<]*$/, "", line); return line }
    /<dict>/ { at = name = "" }
    /<key>/ { wanted = inner($0); next }
    wanted == "date" && /<date>/ { at = inner($0) }
    wanted == "displayName" && /<string>/ { name = inner($0) }
    /<\/dict>/ { if (at ~ /^[0-9-]*T[0-9:]*Z$/ && name) print at, name }'
}
last_update() {
  at=$(printf '%s\n' "$installations" | sed -n -e 's/^\([^ ]*\) macOS [0-9A-Z].*/\1/p' -e 's/^\([^ ]*\) .*Security \(Update\|Response\|Improvement\).*/\1/p' | sort | sed -n '$p')
  if [ -n "$at" ]; then ok updates.last_os_update install_history "{\"at\": \"$at\", \"basis\": \"install_history\"}"
  elif [ -n "$installations" ]; then none updates.last_os_update not_collected "the history names no update of macOS"
  else none updates.last_os_update error "the history of installations could not be read"; fi
}

# --- protection -------------------------------------------------------------------------------------------------------

# XProtect's data, newest place first, and the day its data was installed; then what macOS itself says of the extensions
# of other products.
agents() {  # bundle|id|name|kind
  cat <<'END'
com.crowdstrike.falcon.|crowdstrike|CrowdStrike Falcon|edr
com.cybereason.|cybereason|Cybereason|edr
com.eset.|eset|ESET|av
com.kaspersky.|kaspersky|Kaspersky|av
com.microsoft.wdav|mde|Microsoft Defender for Endpoint|edr
com.norton.|norton|Norton|av
com.sentinelone.|sentinelone|SentinelOne|edr
com.sophos.|sophos|Sophos|av
com.symantec.|symantec|Symantec Endpoint Protection|av
com.mcafee.|trellix|Trellix Endpoint Security|av
com.trellix.|trellix|Trellix Endpoint Security|av
com.trendmicro.|trend|Trend Micro|av
com.f-secure.|withsecure|WithSecure|av
com.withsecure.|withsecure|WithSecure|av
END
}
xprotect() {
  for place in /var/protected/xprotect/XProtect.bundle /Library/Apple/System/Library/CoreServices/XProtect.bundle; do
    key "$root$place/Contents/Info" CFBundleShortVersionString || continue
    at=$(printf '%s\n' "$installations" | sed -n 's/^\([^ ]*\) XProtect.*/\1/p' | sort | sed -n '$p')
    printf '{"id": "xprotect", "name": "XProtect", "evidence": ["bundle"], "active": true, "realtime": null, "signature": {"state": "unknown", "at": %s, "basis": "%s"}}' "$(or_null "$at")" "${at:+install_history}"
    return
  done
}
extensions() {  # kinds, writer
  agents | while IFS='|' read -r bundle id name kind; do
    case " $1 " in *" $kind "*) ;; *) continue ;; esac
    own=$(printf '%s\n' "$extension_list" | awk -v bundle="$bundle" '{ for (i = 1; i <= NF; i++) if (index($i, bundle) == 1) { print; break } }')
    [ -n "$own" ] || continue
    active=no
    case $own in *"[activated enabled]"*) active=yes ;; esac
    "$2"
  done | awk '!seen[$0]++ { printf "%s%s", (n++ ? ", " : ""), $0 }'
}
as_antivirus() { printf '{"id": "%s", "name": "%s", "evidence": ["system_extension"], "active": %s, "realtime": null, "signature": {"state": "unknown", "at": null, "basis": ""}}\n' "$id" "$name" "$([ $active = yes ] && echo true || echo false)"; }
as_detection() { printf '{"id": "%s", "name": "%s", "kind": "%s", "evidence": ["system_extension"], "active": "%s"}\n' "$id" "$name" "$kind" "$active"; }
protection() {
  extension_list=$(have systemextensionsctl && asked systemextensionsctl list)
  own=$(xprotect)
  others=$(extensions "av edr" as_antivirus)
  if [ -n "$own$others" ]; then ok av.products bundles_and_extensions "[$own${own:+${others:+, }}$others]"
  else none av.products not_collected "neither XProtect nor an extension of a known product could be read"; fi
  detection=$(extensions edr as_detection)
  if [ -n "$detection" ]; then ok ids.products extensions "[$detection]"
  else none ids.products not_collected "no extension of a known product; others may be there"; fi
}
firewall() {
  if ! have socketfilterfw; then none firewall error "socketfilterfw is missing"; return; fi
  said=$(asked socketfilterfw --getglobalstate)
  case $said in
    *"State = 0"*) answer=no ;;
    *"State = 1"* | *"State = 2"*) answer=yes ;;
    *) none firewall error "socketfilterfw: $said"; return ;;
  esac
  ok firewall socketfilterfw "{\"profiles\": [{\"name\": \"all\", \"enabled\": \"$answer\"}], \"basis\": \"socketfilterfw\"}"
}
disk() {
  if ! have fdesetup; then none disk.encryption error "fdesetup is missing"; return; fi
  said=$(asked fdesetup status)
  case $said in
    *"Encryption in progress"*) state=encrypting ;;
    *"Decryption in progress"*) state=decrypting ;;
    *"FileVault is On"*) state=on ;;
    *"FileVault is Off"*) state=off ;;
    *) none disk.encryption error "fdesetup: $said"; return ;;
  esac
  ok disk.encryption fdesetup "{\"volumes\": [{\"role\": \"system\", \"state\": \"$state\"}], \"basis\": \"fdesetup\"}"
}

# --- people -----------------------------------------------------------------------------------------------------------

lock() {
  said=$(have sysadminctl && asked sysadminctl -screenLock status)
  case $said in
    *"screenLock is off"*) ok lock.screen sysadminctl '{"enabled": "no", "after_seconds": null, "password": "no", "basis": "sysadminctl"}'; return ;;
    *"delay is immediate"*) delay=0 ;;
    *"delay is "*seconds*) delay=$(printf '%s\n' "$said" | sed -n 's/.*delay is \([0-9]*\) seconds.*/\1/p') ;;
    *) none lock.screen error "sysadminctl: ${said:-missing}"; return ;;
  esac
  after=null
  idle=$(asked defaults -currentHost read com.apple.screensaver idleTime)
  case $idle in '' | *[!0-9]* | 0) ;; *) [ -n "$delay" ] && after=$((idle + delay)) ;; esac
  ok lock.screen sysadminctl "{\"enabled\": \"yes\", \"after_seconds\": $after, \"password\": \"yes\", \"basis\": \"sysadminctl\"}"
}
login() {  # whose name it is stays here
  key /Library/Preferences/com.apple.loginwindow autoLoginUser
  case $? in
    0) answer=yes ;;
    1) answer=no ;;
    *) none login.automatic denied com.apple.loginwindow; return ;;
  esac
  ok login.automatic com.apple.loginwindow "{\"enabled\": \"$answer\", \"basis\": \"loginwindow\"}"
}
accounts() {
  people=$(have dscl && asked dscl . -list /Users UniqueID | awk '$2 ~ /^[0-9]+$/ && $2 >= 500 && $2 < 65534 && $1 !~ /^_/ { print $1 }')
  if [ -z "$people" ]; then none accounts.local error "dscl named nobody"; return; fi
  privileged=$({ asked dscl . -read /Groups/admin GroupMembership; printf '%s\n' "$people" | sed 's/^/person /'; } |
    awk '$1 == "GroupMembership:" { told = 1; for (i = 2; i <= NF; i++) member[$i] = 1 } $1 == "person" && ($2 in member) { n++ } END { if (told) print n + 0 }')
  ok accounts.local dscl "{\"enabled\": $(lines_of "$people"), \"privileged\": $(or_unknown "$privileged"), \"stale\": null, \"blank_password\": null, \"stale_days\": 90}"
}

# --- network, programs, residue ---------------------------------------------------------------------------------------

listening() {
  if ! have netstat; then none network.listening error "netstat is missing"; return; fi
  tables=$(asked netstat -an -p tcp; asked netstat -an -p udp)
  case $tables in *Proto*"(state)"*) ;; *) none network.listening error "netstat printed no table"; return ;; esac
  ports=$(printf '%s\n' "$tables" | awk '
    BEGIN { wide["loopback"] = 1; wide["private"] = 2; wide["any"] = 3 }
    /^tcp/ && $6 == "LISTEN" { protocol = "tcp" }
    /^udp/ && $5 == "*.*" { protocol = "udp" }
    protocol {
      address = $4; port = $4
      sub(/\.[^.]*$/, "", address); sub(/.*\./, "", port)
      scope = "any"
      if (address ~ /^127\./ || address == "::1") scope = "loopback"
      else if (address ~ /^(10|192\.168|169\.254|172\.(1[6-9]|2[0-9]|3[01]))\./ || address ~ /^(fe[89ab]|f[cd])/) scope = "private"
      # Above the first port a client is given, an unconnected UDP socket is mostly a client too.
      if (port ~ /^[0-9]+$/ && port + 0 > 0 && port + 0 < 65536 && !(protocol == "udp" && port + 0 >= 49152)) {
        if (wide[scope] > wide[seen[protocol " " port + 0]]) seen[protocol " " port + 0] = scope
      }
      protocol = ""
    }
    END { for (k in seen) print k, seen[k] }' | sort -k1,1 -k2,2n | sed -n 1,500p |
    awk '{ printf "%s{\"protocol\": \"%s\", \"port\": %d, \"scope\": \"%s\"}", (NR > 1 ? ", " : ""), $1, $2, $3 }')
  ok network.listening netstat "{\"ports\": [$ports]}"
}
programs() {
  found=$(while IFS='|' read -r app id kind; do
    key "$root/Applications/$app.app/Contents/Info" CFBundleShortVersionString || continue
    printf '{"id": "%s", "name": "%s", "version": %s, "kind": "%s", "updates": "unknown"}\n' "$id" "$app" "$(json "$text")" "$kind"
  done <<'END' | awk '{ printf "%s%s", (NR > 1 ? ", " : ""), $0 }'
Safari|safari|browser
Google Chrome|chrome|browser
Microsoft Edge|edge|browser
Firefox|firefox|browser
zoom.us|zoom|consultation_client
Microsoft Teams|teams|consultation_client
LINE|line|consultation_client
END
  )
  if [ -n "$found" ]; then ok software.products applications "[$found]"; else none software.products error "no application could be read"; fi
}
left_behind() {
  entries() {  # folder, pattern: how many, or null where the folder may not be read
    if [ ! -e "$1" ]; then echo 0; elif ! list=$(asked ls "$1"); then echo null; else printf '%s\n' "$list" | grep -c "$2"; fi
  }
  if [ $residue = yes ] && [ -n "$HOME" ]; then
    ok residue.files folders "{\"recordings\": $(entries "$HOME/Documents/Zoom" .), \"downloads\": $(entries "$HOME/Downloads" .), \"screenshots\": $(entries "$HOME/Desktop" '^\(Screenshot \|Screen Shot \|スクリーンショット\)')}"
  else none residue.files not_collected "nobody asked for it (--residue)"; fi
  clipboard=unknown
  case $(asked defaults -currentHost read com.apple.coreservices.useractivityd ActivityReceivingAllowed) in 0) clipboard=no ;; 1) clipboard=yes ;; esac
  ok residue.features defaults "{\"recall\": \"not_applicable\", \"downloads_backed_up\": \"unknown\", \"game_capture\": \"not_applicable\", \"cloud_clipboard\": \"$clipboard\", \"browser_sync\": \"unknown\"}"
}
other_use() {
  networks=$(have netstat && asked netstat -rn -f inet | awk '$1 == "Destination" { told = 1 } $1 == "default" { if (!seen[$NF]++) n++ } END { if (told) print n + 0 }')
  ok terminal.other_use netstat "{\"ehr_client\": \"unknown\", \"networks\": $(or_unknown "$networks")}"
}

# --- all of it --------------------------------------------------------------------------------------------------------

usage() {
  echo "usage: kenshin-collect-macos.sh [--label NAME] [--nonce VALUE] [--residue] [--root DIR]" >&2
  exit 64
}
main() {
  while [ $# -gt 0 ]; do
    case $1 in
      --residue) residue=yes; shift; continue ;;
      --label | --nonce | --root) [ $# -ge 2 ] || usage ;;
      *) usage ;;
    esac
    case $1 in --label) label=$2 ;; --nonce) nonce=$2 ;; --root) root=$2 ;; esac
    shift 2
  done
  if [ -z "$root" ] && ! command -v sw_vers >/dev/null 2>&1; then
    echo "kenshin-collect-macos.sh: this is not macOS; on Linux use kenshin-collect-linux.sh" >&2
    exit 69
  fi
  elevated=false
  [ "$(id -u)" = 0 ] && elevated=true
  machine=$(have ioreg && asked ioreg -rd1 -c IOPlatformExpertDevice | awk -F'"' '/IOPlatformUUID/ { print $4 }')
  machine_hash=
  [ -n "$machine" ] && machine_hash=$(printf 'kenshin.host-facts/1 host.id %s' "$machine" | { if have shasum; then shasum -a 256; else sha256sum; fi; } | sed 's/ .*//')
  [ -n "$label" ] || label=mac-$(printf '%s' "${machine_hash:-unknown}" | cut -c 1-8)
  installations=$(history)

  printf '{\n  "schema": "kenshin.host-facts/1",\n  "collected_at": "%s",\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
  [ -n "$nonce" ] && printf '  "nonce": %s,\n' "$(json "$nonce")"
  printf '  "collector": {"name": "kenshin-collect-macos.sh", "version": "%s", "elevated": %s},\n' $version $elevated
  printf '  "host": {"id": "%s", "label": %s, "role": "terminal", "container": false},\n  "facts": {' "$machine_hash" "$(json "$label")"
  identity
  none os.extended_support unsupported "of Windows alone"
  last_check
  last_update
  waiting
  automatic
  none reboot.required not_collected "macOS does not tell"
  protection
  firewall
  disk
  lock
  login
  accounts
  none logs.system not_collected "the unified log is not asked for its span"
  none clock.sync denied "systemsetup tells administrators alone"
  listening
  programs
  left_behind
  other_use
  printf '\n  }\n}\n'
}
main "$@" </dev/null
