#!/bin/sh
# kenshin-collect-linux.sh: facts of one Linux machine as kenshin.host-facts/1 (docs/schema/host-facts.json) on standard
# output, for machines without kenshin:
#   ssh HOST sh -s < kenshin-collect-linux.sh > HOST.json      (options: sh -s -- --label NAME --nonce VALUE)
# POSIX sh with the usual tools (coreutils or busybox). It needs no root and no network, leaves no file, changes nothing.
# What this user may not read is "denied", what could not be told says why; neither is ever "none".
# dnf 4, zypper and pacman were asked on Debian, about repositories of our own; apk was never seen: "apk_unverified".
export LC_ALL=C
unset APT_CONFIG CDPATH GREP_OPTIONS AWKPATH
PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH

version=0.1.0
root=
programs=
label=
nonce=
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

# A program of this machine, never asked about another root; of another root only what --programs brings.
have() { if [ -n "$root" ]; then [ -n "$programs" ] && [ -x "$programs/$1" ]; else command -v "$1" >/dev/null 2>&1; fi; }
limited() { if command -v timeout >/dev/null 2>&1; then timeout 60 "$@" </dev/null 2>/dev/null; else "$@" </dev/null 2>/dev/null; fi; }
first_line() { [ -r "$1" ] && { IFS= read -r line || [ -n "$line" ]; } <"$1" && printf '%s' "$line"; }
changed() { date -u -r "$1" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null; }
of_epoch() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null | grep '^[12][0-9][0-9][0-9]-'; }
utc() {  # a local time "YYYY-MM-DD hh:mm:ss"
  seconds=$(date -d "$1" +%s 2>/dev/null) && of_epoch "$seconds"
}
a_time() {  # the RFC 3339 time, where there is such a day and hour
  case $1 in [12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z) ;; *) return ;; esac
  day=${1%T*}
  hour=${1#*T}
  [ "$(TZ=UTC0 date -d "$day ${hour%Z}" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null)" = "$1" ] && printf %s "$1"
}
days_ago() { date -u -d "@$(($(date +%s) - $1 * 86400))" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null; }
runs() {  # any of these processes, by the 15 letters the kernel keeps
  for process; do case "$processes" in *"
$process
"*) return 0 ;; esac; done
  return 1
}
installed() { case "$names" in *"
$1
"*) return 0 ;; esac; return 1; }

look_around() {
  now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  processes="
$(cat "$root"/proc/[0-9]*/comm 2>/dev/null)
"
  all_processes=no
  [ -r "$root/proc/1/comm" ] && all_processes=yes
  container=false
  for sign in /.dockerenv /run/.containerenv /run/systemd/container; do [ -e "$root$sign" ] && container=true; done
  grep -q -e /docker -e /kubepods -e /lxc -e /containerd "$root/proc/1/cgroup" 2>/dev/null && container=true
  elevated=false
  [ "$(id -u)" = 0 ] && elevated=true

  packages=none
  if [ -e "$root/var/lib/dpkg/status" ]; then packages=apt
  elif [ -e "$root/lib/apk/db/installed" ]; then packages=apk
  elif [ -d "$root/var/lib/pacman/local" ]; then packages=pacman
  elif [ -d "$root/var/lib/rpm" ] || [ -d "$root/usr/lib/sysimage/rpm" ]; then
    packages=rpm
    if have zypper; then packages=zypper; elif have dnf; then packages=dnf; fi
  fi
  names="
$(package_names)
"
  count=$(printf '%s' "$names" | awk 'NF { n++ } END { print n + 0 }')
}
package_names() {
  case $packages in
    apt) awk '/^Package:/ { name = $2 } /^Status:/ && $NF == "installed" { print name }' "$root/var/lib/dpkg/status" 2>/dev/null ;;
    apk) sed -n 's/^P://p' "$root/lib/apk/db/installed" 2>/dev/null ;;
    pacman) ls "$root/var/lib/pacman/local" 2>/dev/null | sed -n 's/-[^-]*-[^-]*$//p' ;;
    rpm | dnf | zypper) have rpm && limited rpm -qa --qf '%{NAME}\n' ;;
  esac
}
identity() {
  file=$root/etc/os-release
  [ -e "$file" ] || file=$root/usr/lib/os-release
  if ! [ -r "$file" ]; then unread os.identity "$file"; return; fi
  value_of() {  # os-release(5); read, never sourced
    sed -n "s/^[ 	]*$1=//p" "$file" | sed -n '$p' | sed -e 's/[ 	]*$//' -e '/^"/!{s/^'\''\(.*\)'\''$/\1/;b' -e '}' -e 's/^"\(.*\)"$/\1/;s/\\\([\\"$`]\)/\1/g'
  }
  id=$(value_of ID)
  ok os.identity os-release "{\"family\": \"linux\", \"id\": $(json "${id:-linux}"), \"version\": $(json "$(value_of VERSION_ID)"), \"pretty\": $(json "$(value_of PRETTY_NAME)"), \"kernel\": $(or_null "$(first_line "$root/proc/sys/kernel/osrelease")")}"
}

# --- updates of dpkg and apt ------------------------------------------------------------------------------------------

# The signed date of the security archive's list (of several, the oldest), else the newest of the others:
# "AT VALID-UNTIL-or-dash". By the archive's own words, never by host name.
release_date() {
  for file in "$root"/var/lib/apt/lists/*_InRelease "$root"/var/lib/apt/lists/*_Release; do
    [ -r "$file" ] && awk '
      function rfc3339(d, m, y, t) { return sprintf("%04d-%02d-%02dT%s%sZ", y, (index("JanFebMarAprMayJunJulAugSepOctNovDec", m) + 2) / 3, d, length(t) == 7 ? "0" : "", t) }
      /^Label: Debian-Security *$/ || /^(Suite|Codename): .*-security *$/ { kind = "security" }
      /^Date: / && /(UTC|GMT|\+0000|Z) *$/ { at = rfc3339($3, $4, $5, $6) }
      /^Valid-Until: / && /(UTC|GMT|\+0000|Z) *$/ { valid = rfc3339($3, $4, $5, $6) }
      /^(MD5Sum|SHA256):/ { exit }
      END { if (at ~ /^[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z$/) print (kind ? kind : "other"), at, (valid ? valid : "-") }' "$file"
  done | awk '
    $1 == "security" && (!s || $2 < s) { s = $2; sv = $3 }
    $1 == "other" && $2 > o { o = $2; ov = $3 }
    END { if (s) print s, sv; else if (o) print o, ov }'
}
check_apt() {
  found=$(release_date)
  at=${found% *}
  valid=${found#* }
  at=$(a_time "$at")
  valid=$(a_time "$valid")
  if [ -z "$at" ]; then none updates.last_check absent "no package lists"; return; fi
  basis=inrelease
  stamp=$(changed "$root/var/lib/apt/periodic/update-success-stamp")
  if [ -n "$stamp" ] && printf '%s\n%s\n' "$at" "$stamp" | sort -C && [ "$at" != "$stamp" ]; then
    at=$stamp
    basis=update_success_stamp
  fi
  list_valid=$valid
  list_at=$at
  ok updates.last_check apt "{\"at\": \"$at\", \"valid_until\": $(or_null "$valid"), \"basis\": \"$basis\"}"
}
# Times of upgrades that ended well, local.
last_upgrade() {
  for log in "$root"/var/log/apt/history.log.1 "$root"/var/log/apt/history.log; do
    [ -r "$log" ] && awk '
      /^Start-Date:/ { up = bad = 0 } /^Upgrade:/ { up = 1 } /^Error:/ { bad = 1 }
      /^End-Date:/ && up && !bad { print $2, $3, "apt_history" }' "$log"
  done
  for log in "$root"/var/log/dpkg.log.1 "$root"/var/log/dpkg.log; do
    [ -r "$log" ] && awk '
      $3 == "upgrade" { begun[$4] = 1 }
      $3 == "status" && $4 == "installed" && ($5 in begun) { delete begun[$5]; print $1, $2, "dpkg_log" }' "$log"
  done
}
upgrade_apt() {
  # The latest; of two logs that tell of the same moment, apt's.
  found=$(last_upgrade | awk '{ at = $1 " " $2; if (at > best) { best = at; line = $0 } } END { print line }')
  at=$(utc "${found% *}")
  if [ -n "$found" ] && [ -n "$at" ]; then
    ok updates.last_os_update apt "{\"at\": \"$at\", \"basis\": \"${found##* }\"}"
  else none updates.last_os_update not_collected "no upgrade in the logs of apt and dpkg; compressed older ones are not read"; fi
}
# Every version newer than the installed one counts as a security update if a security archive brings it, also where a
# newer point release hides it: apt-get -s and apt list miss those.
pending_apt() {
  if ! have apt-cache || ! have dpkg-query; then none updates.pending not_collected "apt of this machine was not asked"; return; fi
  known=$(dpkg-query -W -f='${db:Status-Status} ${db:Status-Want} ${binary:Package}\n' 2>/dev/null </dev/null | sed -n 's/^installed //p')
  if [ -z "$known" ]; then none updates.pending error "0 packages installed: the package database was not read"; return; fi
  counts=$({
    printf '%s\n' "$known" | sed -n 's/^hold /hold: /p'
    limited apt-cache policy
    printf '%s\n' "$known" | sed 's/^[^ ]* //' | xargs apt-cache policy 2>/dev/null
  } | awk '
    function close_package() { if (candidate || security) { total++; if (security) s++; if (package in held) h++ } candidate = security = 0 }
    /^hold: / { sub(/:[a-z0-9-]*$/, "", $2); held[$2] = 1; next }
    /^Package files:/ { in_files = 1; next }
    /^Pinned packages:/ { in_files = 0; next }
    in_files && /^ *-?[0-9]+ / { key = $0; sub(/^ *-?[0-9]+ /, "", key); next }
    in_files && /^ *release / { if (/[ ,]l=Debian-Security(,|$)/ || /[ ,][an]=[^,]*-security(,|$)/) { from[key] = 1; known = 1 } next }
    /^[^ ].*:$/ { close_package(); package = $0; sub(/:$/, "", package); sub(/:[a-z0-9-]*$/, "", package); newer = 1; asked++; next }
    /^  Candidate:/ { best = $2; next }
    /^ \*\*\* / { newer = 0; next }
    /^     [^ ]/ { if (newer && $1 == best) candidate = 1; next }
    /^      +-?[0-9]+ / { key = $0; sub(/^ *-?[0-9]+ /, "", key); if (newer && $1 > 0 && (key in from)) security = 1 }
    END { close_package(); print asked + 0, total + 0, s + 0, h + 0, known + 0 }')
  set -- $counts
  if [ "$1" = 0 ]; then none updates.pending error "apt-cache: no answer"; return; fi
  security_known=false
  fresh=$(printf '%s\n%s\n' "$now" "${list_valid:-9}" | sort | sed -n 1p)
  [ "$5" = 1 ] && [ -n "$list_at" ] && [ "$fresh" = "$now" ] && security_known=true
  ok updates.pending apt_policy "{\"installed\": $1, \"total\": $2, \"security\": $3, \"held\": $4, \"security_known\": $security_known}"
}
auto_apt() {
  if $container; then none updates.auto unsupported "a container is updated with its image"; return; fi
  if ! have apt-config; then none updates.auto not_collected "apt of this machine was not asked"; return; fi
  settings=$(limited apt-config dump)
  if [ -z "$settings" ]; then none updates.auto error "apt-config did not answer"; return; fi
  setting() { printf '%s\n' "$settings" | sed -n "s/^$1 \"\(.*\)\";\$/\1/p" | sed -n '$p'; }
  on() { case $1 in '' | 0 | [Ff]alse) return 1 ;; esac; }
  mode() { ok updates.auto apt_config "{\"mode\": \"$1\", \"paused_until\": null, \"managed\": false}"; }
  if [ "$(setting APT::Periodic::Enable)" != 0 ] && on "$(setting APT::Periodic::Unattended-Upgrade)" && installed unattended-upgrades; then
    timer=/etc/systemd/system/timers.target.wants/apt-daily-upgrade.timer
    if [ -e /etc/systemd/system/apt-daily-upgrade.timer ]; then none updates.auto error "apt-daily-upgrade.timer is replaced or masked"
    elif ! [ -e $timer ] && { ! [ -e /etc/cron.daily/apt-compat ] || [ -d /run/systemd/system ]; }; then mode off
    elif ! on "$(setting APT::Periodic::Update-Package-Lists)"; then none updates.auto error "upgrades are automatic, but apt's settings refresh no lists"
    elif ! printf '%s\n' "$settings" | grep -i '^Unattended-Upgrade::\(Origins-Pattern\|Allowed-Origins\)::.*security' >/dev/null; then
      none updates.auto error "upgrades are automatic, but their settings name no security archive"
    else mode automatic; fi
  elif installed cron-apt || installed landscape-client; then none updates.auto not_collected "a program whose settings are not read may install updates"
  elif installed update-notifier || installed update-notifier-common || installed apticron || installed gnome-software || installed plasma-discover; then mode notify
  else mode off; fi
}
reboot_apt() {
  if $container; then none reboot.required unsupported "a container runs the kernel of its host"; return; fi
  if [ -e "$root/run/reboot-required" ]; then
    ok reboot.required reboot_required_file "{\"required\": true, \"since\": $(or_null "$(changed "$root/run/reboot-required")"), \"basis\": \"reboot_required_file\"}"
    return
  fi
  running=$(first_line "$root/proc/sys/kernel/osrelease")
  if [ -z "$running" ]; then unread reboot.required "$root/proc/sys/kernel/osrelease"; return; fi
  if ! installed "linux-image-$running" && ! installed "linux-image-unsigned-$running"; then
    none reboot.required unsupported "the running kernel belongs to no package"
    return
  fi
  flavour() { printf '%s' "$1" | tr - '\n' | sed -n '/^[^0-9]/p' | tr '\n' -; }
  for release in $(printf '%s' "$names" | sed -n -e 's/^linux-image-unsigned-\([0-9]\)/\1/p' -e t -e 's/^linux-image-\([0-9]\)/\1/p'); do
    [ "$(flavour "$release")" = "$(flavour "$running")" ] && have dpkg && dpkg --compare-versions "$running" lt "$release" 2>/dev/null || continue
    ok reboot.required kernel_package '{"required": true, "since": null, "basis": "kernel_package"}'
    return
  done
  if installed unattended-upgrades || installed update-notifier-common || installed reboot-notifier; then
    ok reboot.required reboot_required_file '{"required": false, "since": null, "basis": "reboot_required_file"}'
  else none reboot.required not_collected "the newest kernel runs, but nothing here notes what else needs a restart"; fi
}

# --- updates of the other package systems -----------------------------------------------------------------------------

pending() {  # source, total, security, known
  if [ "$count" = 0 ]; then none updates.pending error "0 packages installed: the package database was not read"
  else ok updates.pending "$1" "{\"installed\": $count, \"total\": $2, \"security\": $3, \"held\": 0, \"security_known\": $4}"; fi
}
# When the lists of every repository were fetched: of each its newest file, of these the oldest. Nothing where one
# repository's are not here, for what it would bring is not known then.
lists_of() {  # a line each: the files of one repository
  while IFS= read -r files; do
    # shellcheck disable=SC2086
    fetched=$(for file in $files; do [ -r "$file" ] && changed "$file"; done | sort | sed -n '$p')
    echo "${fetched:--}"
  done | sort | sed -n '1{/^-$/!p;}'
}
check_lists() {  # source, basis; the repositories' files on standard input
  list_at=$(lists_of)
  if [ -n "$list_at" ]; then ok updates.last_check "$1" "{\"at\": \"$list_at\", \"valid_until\": null, \"basis\": \"$2\"}"
  else none updates.last_check not_collected "the lists of one repository or of all are not here, or not readable"; fi
}

# dnf 4, out of the cache it keeps for root, which all may read. For a user it begins logs in /var/tmp: they go again.
dnf_logs() { ls -d /var/tmp/dnf-* 2>/dev/null; }
without_new_logs() {  # those that were there before
  dnf_logs | while IFS= read -r log; do
    case "
$1
" in *"
$log
"*) ;; *) [ -O "$log" ] && rm -rf "$log" ;; esac
  done
}
dnf_offline() { limited dnf -C -q --noplugins --setopt=cachedir="$root/var/cache/dnf" "$@"; }
dnf_repositories() { dnf_offline repolist --enabled | awk 'NR > 1 && NF { print $1 }'; }
dnf_lists() {
  dnf_repositories | while IFS= read -r id; do
    # shellcheck disable=SC2086
    echo "$root"/var/cache/dnf/"$id"-????????????????/repodata/*
  done
}
# An update whose class no advisory tells may be a security update: then that is not known of any.
pending_dnf() {
  case $(limited dnf --version | sed -n 1p) in 4.*) ;; *) none updates.pending not_collected "only dnf 4 was ever seen by us"; return ;; esac
  if [ -z "$list_at" ]; then none updates.pending error "the lists of one repository or of all are not here, or not readable"; return; fi
  waiting=$(dnf_offline repoquery --upgrades --latest-limit=1 --qf '%{name}-%{version}-%{release}.%{arch}') &&
    advisories=$(dnf_offline updateinfo list) || { none updates.pending error "dnf did not answer from its cache"; return; }
  counts=$({ printf '%s\n' "$advisories" | sed 's/^/advisory /'; printf '%s\n' "$waiting"; } | awk '
    function named(nevra) { sub(/-[^-]*-[^-]*$/, "", nevra); return nevra }
    $1 == "advisory" { if (NF > 3) { sub(/-[0-9]+:/, "-", $NF); told[$NF] = 1; if ($3 ~ /Sec\.$|^security/) security[named($NF)] = 1 } next }
    NF && !seen[$1]++ { total++; if (!($1 in told)) untold = 1; if (named($1) in security) s++ }
    END { print total + 0, s + 0, (untold ? "false" : "true") }')
  # shellcheck disable=SC2086
  pending dnf $counts
}

# zypper, out of libzypp's cache: what waits is counted in patches where there are more of these than packages.
zypper_offline() { limited zypper --no-refresh --non-interactive --xmlout "$@"; }
zypper_lists() {
  zypper_offline repos | sed -n 's/.*<repo .*alias="\([^"]*\)".*enabled="1".*/\1/p' | while IFS= read -r alias; do
    echo "$root/var/cache/zypp/raw/$alias"/repodata/*
  done
}
# A repository without advisories tells nothing of the class of its packages.
pending_zypper() {
  if [ -z "$list_at" ]; then none updates.pending error "the lists of one repository or of all are not here, or not readable"; return; fi
  if ! found=$(zypper_offline list-updates) || ! patches=$(zypper_offline list-patches); then
    none updates.pending error "zypper did not answer from its cache"
    return
  fi
  elements() { printf '%s\n' "$found$patches" | tr '\n' ' ' | sed 's/<update /\n&/g' | grep "^<update kind=\"$1\""; }
  number_of() { awk 'NF { n++ } END { print n + 0 }'; }
  total=$(elements package | number_of)
  needed=$(elements patch | number_of)
  known=true
  for alias in $(elements package | sed -n 's/.*<source [^>]*alias="\([^"]*\)".*/\1/p' | sort -u); do
    ls "$root/var/cache/zypp/raw/$alias/repodata" 2>/dev/null | grep -q updateinfo || known=false
  done
  [ "$total" -gt 0 ] && [ "$needed" = 0 ] && known=false
  [ "$needed" -gt "$total" ] && total=$needed
  pending zypper "$total" "$(elements patch | grep 'category="security"' | number_of)" $known
}
upgrade_rpm() {
  at=$(cat "$root/var/log/dnf.rpm.log.1" "$root/var/log/dnf.rpm.log" 2>/dev/null | sed -n 's/^\([0-9-]*\)T\([0-9:]*\)[^ ]* [A-Z]* Upgrade: .*/\1 \2/p' | sed -n '$p')
  [ -n "$at" ] && at=$(utc "$at")
  if [ -n "$at" ]; then ok updates.last_os_update dnf "{\"at\": \"$at\", \"basis\": \"dnf_rpm_log\"}"
  elif [ -e "$root/var/log/dnf.rpm.log" ] && ! [ -r "$root/var/log/dnf.rpm.log" ]; then none updates.last_os_update denied /var/log/dnf.rpm.log
  else none updates.last_os_update not_collected "no upgrade in dnf's log"; fi
}
auto_rpm() {
  if $container; then none updates.auto unsupported "a container is updated with its image"; return; fi
  conf=$root/etc/dnf/automatic.conf
  timer=
  for unit in dnf-automatic dnf-automatic-install dnf5-automatic; do
    [ -e "$root/etc/systemd/system/timers.target.wants/$unit.timer" ] && timer=$unit
  done
  if [ -z "$timer" ]; then none updates.auto not_collected "no timer of dnf-automatic; other programs are not known"
  elif [ "$timer" = dnf-automatic-install ] || grep -q '^ *apply_updates *= *\(yes\|true\|1\)' "$conf" 2>/dev/null; then
    ok updates.auto dnf_automatic '{"mode": "automatic", "paused_until": null, "managed": false}'
  elif [ -r "$conf" ]; then ok updates.auto dnf_automatic '{"mode": "notify", "paused_until": null, "managed": false}'
  else unread updates.auto "$conf"; fi
}
reboot_rpm() {
  if $container; then none reboot.required unsupported "a container runs the kernel of its host"; return; fi
  kernels=
  have rpm && kernels=$(limited rpm -q kernel-core --qf '%{VERSION}-%{RELEASE}.%{ARCH}\n' | grep '^[0-9]' | sort -V)
  running=$(first_line "$root/proc/sys/kernel/osrelease")
  newest=$(printf '%s\n' "$kernels" | sed -n '$p')
  case "
$kernels
" in *"
$running
"*) ;; *) newest= ;; esac
  if [ -z "$newest" ]; then none reboot.required not_collected "not told for this package system, or for this kernel"
  elif [ "$newest" != "$running" ]; then ok reboot.required kernel_package '{"required": true, "since": null, "basis": "kernel_package"}'
  else none reboot.required not_collected "the newest kernel runs, but nothing here notes what else needs a restart"; fi
}
pending_pacman() {
  if [ -z "$list_at" ] || ! have pacman; then none updates.pending error "no package lists were read"; return; fi
  waiting=$(limited pacman -Qu)
  code=$?
  # pacman ends with 1 where nothing waits, and prints nothing then.
  if [ $code -gt 1 ]; then none updates.pending error "pacman -Qu ended with $code"; return; fi
  pending pacman "$(printf '%s' "$waiting" | awk 'NF { n++ } END { print n + 0 }')" 0 false
}
pending_apk() {
  if [ -z "$list_at" ] || ! have apk; then none updates.pending error "no package lists were read"; return; fi
  waiting=$(limited apk --no-network version -l '<') || { none updates.pending error "apk version failed"; return; }
  pending apk_unverified "$(printf '%s\n' "$waiting" | awk '/ < / { n++ } END { print n + 0 }')" 0 false
}
each() { for file; do [ -e "$file" ] && echo "$file"; done; }
updates() {
  none os.extended_support unsupported "of Windows alone"
  case $packages in
    apt) check_apt; upgrade_apt; pending_apt; auto_apt; reboot_apt; return ;;
    pacman) check_lists pacman sync_databases <<END; pending_pacman ;;
$(each "$root"/var/lib/pacman/sync/*.db)
END
    apk) check_lists apk_unverified index <<END; pending_apk ;;
$(each "$root"/var/cache/apk/APKINDEX.*.tar.gz "$root"/etc/apk/cache/APKINDEX.*.tar.gz)
END
    dnf) logs=$(dnf_logs); check_lists dnf repository_metadata <<END; pending_dnf; without_new_logs "$logs" ;;
$(dnf_lists)
END
    zypper) check_lists zypper repository_metadata <<END; pending_zypper ;;
$(zypper_lists)
END
    rpm) for fact in last_check pending; do none updates.$fact not_collected "rpm is here without dnf and zypper"; done ;;
    none) for fact in last_check pending; do none updates.$fact unsupported "no package system that is known here"; done ;;
  esac
  case $packages in
    rpm | dnf) upgrade_rpm; auto_rpm ;;
    *) for fact in last_os_update auto; do none updates.$fact not_collected "not read for this package system"; done ;;
  esac
  reboot_rpm
}

# --- protection -------------------------------------------------------------------------------------------------------

# Exact names of packages and processes. Either alone is no proof that a product protects: active and realtime stay
# "could not tell".
agents() {  # id|name|kind|processes|packages
  cat <<'END'
aide|AIDE|ids||aide
auditd|Linux Audit|audit|auditd|auditd audit
crowdstrike|CrowdStrike Falcon|edr|falcon-sensor|falcon-sensor
cybereason|Cybereason|edr||cybereason-sensor
eset|ESET|av|eea efs|eea efs
fail2ban|Fail2ban|ids|fail2ban-server|fail2ban
falco|Falco|ids|falco|falco
kaspersky|Kaspersky|av|kesl|kesl
mde|Microsoft Defender for Endpoint|edr|wdavdaemon|mdatp
osquery|osquery|audit|osqueryd|osquery
ossec|OSSEC|ids|ossec-syscheckd ossec-analysisd|ossec-hids
sentinelone|SentinelOne|edr|s1-agent|sentinelagent
snort|Snort|ids|snort|snort
sophos|Sophos|av||sophos-spl
suricata|Suricata|ids|Suricata-Main suricata|suricata
symantec|Symantec Endpoint Protection|av|rtvscand|
trellix|Trellix Endpoint Security|av|mfetpd|
trend-deep-security|Trend Micro Deep Security Agent|av|ds_agent ds_am|ds-agent
wazuh|Wazuh agent|ids|wazuh-agentd wazuh-syscheckd|wazuh-agent
END
}
# JSON of every agent of these kinds that is installed or runs, after the function that writes one.
found_agents() {  # kinds, writer
  agents | while IFS='|' read -r id name kind programs own_packages; do
    case " $1 " in *" $kind "*) ;; *) continue ;; esac
    seen=
    active=no
    [ $all_processes = no ] && active=unknown
    [ -z "$programs" ] && active=unknown
    for package in $own_packages; do installed "$package" && seen='"package"'; done
    # shellcheck disable=SC2086
    if runs $programs; then active=yes; seen=${seen:+$seen, }'"process"'; fi
    [ -n "$seen" ] && "$2"
  done | awk '{ printf "%s%s", (NR > 1 ? ", " : ""), $0 }'
}
as_antivirus() { printf '{"id": "%s", "name": "%s", "evidence": [%s], "active": %s, "realtime": null, "signature": {"state": "unknown", "at": null, "basis": ""}}\n' "$id" "$name" "$seen" "$([ $active = no ] && echo false || echo null)"; }
as_detection() { printf '{"id": "%s", "name": "%s", "kind": "%s", "evidence": [%s], "active": "%s"}\n' "$id" "$name" "$kind" "$seen" "$active"; }

# ClamAV: active only if its daemon answers, real-time only if clamonacc runs with paths to watch.
clamav() {
  present=
  for package in clamav clamav-daemon clamd clamav-base; do installed $package && present='"package"'; done
  daemon=no
  for package in clamav-daemon clamd; do installed $package && daemon=yes; done
  runs clamd && present=${present:+$present, }'"process"' && daemon=yes
  [ -n "$present" ] || return
  active=null
  if [ $daemon = yes ] && have clamdscan; then
    if limited clamdscan --ping 1 >/dev/null; then active=true; present=$present', "socket"'
    elif ! runs clamd && [ $all_processes = yes ]; then active=false; fi
  fi
  realtime=null
  conf=$root/etc/clamav/clamd.conf
  [ -e "$conf" ] || conf=$root/etc/clamd.d/scan.conf
  if [ $all_processes = yes ] && [ -r "$conf" ]; then
    realtime=false
    [ $active = true ] && runs clamonacc && grep -q '^OnAccess\(Include\|Mount\)Path' "$conf" && realtime=true
    [ $active = null ] && realtime=null
  fi
  # The time of building in the signed header; the file's own time says when it was copied.
  built=$(for file in "$root"/var/lib/clamav/daily.cld "$root"/var/lib/clamav/daily.cvd; do
    [ -r "$file" ] && dd if="$file" bs=512 count=1 2>/dev/null | tr -d '\000' | sed -n '1s/^ClamAV-VDB:.*:\([0-9][0-9]*\) *$/\1/p'
  done | sort -n | sed -n '$p')
  at=
  [ -n "$built" ] && at=$(of_epoch "$built")
  printf '{"id": "clamav", "name": "ClamAV", "evidence": [%s], "active": %s, "realtime": %s, "signature": {"state": "unknown", "at": %s, "basis": "%s"}}' \
    "$present" $active $realtime "$(or_null "$at")" "${at:+database_header}"
}
protection() {
  clam=$(clamav)
  others=$(found_agents "av edr" as_antivirus)
  if [ -n "$clam$others" ]; then ok av.products processes_and_packages "[$clam${clam:+${others:+, }}$others]"
  else none av.products not_collected "none of the products that are known here was seen; others may be there"; fi
  detection=$(found_agents "ids edr audit" as_detection)
  if [ -n "$detection" ]; then ok ids.products processes_and_packages "[$detection]"
  elif [ $all_processes = yes ] && [ "$count" -gt 0 ]; then none ids.products absent "none of the products that are known here is installed or runs"
  else none ids.products not_collected "neither packages nor processes could be read"; fi
}

# Rules are root's to read; a program that keeps them may say that it is on.
firewall() {
  answer() { ok firewall "$2" "{\"profiles\": [{\"name\": \"all\", \"enabled\": \"$1\"}], \"basis\": \"$2\"}"; }
  if runs firewalld; then answer yes firewalld; return; fi
  if grep -qi '^ENABLED=yes *$' "$root/etc/ufw/ufw.conf" 2>/dev/null &&
    { [ -e "$root/etc/systemd/system/multi-user.target.wants/ufw.service" ] || ! [ -d "$root/run/systemd/system" ]; }; then
    answer yes ufw
    return
  fi
  if $container; then none firewall unsupported "a container's packets are filtered by its host"; return; fi
  if $elevated && have nft && rules=$(limited nft list ruleset); then
    case $rules in *"hook input"*) if printf '%s' "$rules" | grep -q -w -e drop -e reject; then answer yes nft; else answer no nft; fi ;; *) if [ -s /proc/net/ip_tables_names ]; then none firewall not_collected "rules of iptables are not read"; else answer no nft; fi ;; esac
  else none firewall denied "the rules are readable to root alone; neither firewalld nor ufw is on"; fi
}

# --- disks ------------------------------------------------------------------------------------------------------------

# on, off or unknown: whether everything below that block device (MAJOR:MINOR) goes through dm-crypt.
encrypted() (
  device=$root/sys/dev/block/$1
  if [ ! -d "$device/" ] || [ "$2" -gt 8 ]; then echo unknown; exit; fi
  # dm-verity and dm-integrity carry such a name too, and hide nothing.
  case $(first_line "$device/dm/uuid") in CRYPT-VERITY* | CRYPT-INTEGRITY*) ;; CRYPT-*) echo on; exit ;; esac
  state=
  for below in "$device"/slaves/*; do
    [ -e "$below" ] || [ -h "$below" ] || continue
    case $(encrypted "$(first_line "$below/dev")" $(($2 + 1))) in
      off) state=off ;;
      unknown) [ "$state" = off ] || state=unknown ;;
      on) [ -n "$state" ] || state=on ;;
    esac
  done
  [ -n "$state" ] || state=off
  echo $state
)
removable() { # the disk of a partition says it
  for flag in "$root/sys/dev/block/$1/removable" "$root/sys/dev/block/$1/../removable"; do [ "$(first_line "$flag")" = 1 ] && return 0; done
  return 1
}
disks() {
  if $container; then none disk.encryption unsupported "a container's disks are its host's"; return; fi
  mounts=$root/proc/self/mountinfo
  if ! [ -r "$mounts" ]; then unread disk.encryption "$mounts"; return; fi
  volumes=$(awk '{ for (i = 7; i <= NF; i++) if ($i == "-") { print $3, $5, $(i + 1), $(i + 2); break } }' "$mounts" |
    while read -r number place kind device; do
      case $place in /boot | /boot/* | /efi | /snap/*) continue ;; esac
      case $kind:$device in
        squashfs:* | iso9660:* | *:/dev/loop*) continue ;;
        btrfs:/dev/*) number=$(first_line "$root/sys/class/block/$(basename "$(readlink -f "$device" 2>/dev/null)")/dev") ;;
        *:/dev/*) ;;
        zfs:*) number=none ;;
        *) [ "$place" = / ] || continue ;;
      esac
      role=data
      [ "$place" = / ] && role=system
      removable "$number" && role=removable
      echo "${number:-none} $role $(encrypted "${number:-none}" 0)"
    done | awk '$1 == "none" || !seen[$1, $2]++' | head -n 100 | awk '{ printf "%s{\"role\": \"%s\", \"state\": \"%s\"}", (NR > 1 ? ", " : ""), $2, $3 }')
  if [ -n "$volumes" ]; then ok disk.encryption dm_crypt "{\"volumes\": [$volumes], \"basis\": \"dm_crypt\"}"
  else none disk.encryption not_collected "no volume of this machine was recognised"; fi
}

# --- people -----------------------------------------------------------------------------------------------------------

screens() {
  manager=
  for name in gdm gdm3 lightdm sddm lxdm; do
    if runs $name || [ -e "$root/usr/sbin/$name" ] || [ -e "$root/usr/bin/$name" ]; then manager=$name; fi
  done
  if [ -n "$manager" ]; then
    none lock.screen not_collected "each user's own setting"
    enabled=no
    cat "$root"/etc/gdm3/daemon.conf "$root"/etc/gdm3/custom.conf "$root"/etc/gdm/custom.conf 2>/dev/null | grep -qi '^ *\(AutomaticLoginEnable\|TimedLoginEnable\) *= *\(true\|1\)' && enabled=yes
    cat "$root"/etc/lightdm/lightdm.conf "$root"/etc/lightdm/lightdm.conf.d/*.conf 2>/dev/null | grep -q '^ *autologin-user *= *[^ ]' && enabled=yes
    cat "$root"/etc/sddm.conf "$root"/etc/sddm.conf.d/*.conf 2>/dev/null | sed -n '/^\[Autologin\]/,/^\[[^A]/p' | grep -q '^ *User *= *[^ ]' && enabled=yes
    [ $manager = lxdm ] && [ $enabled = no ] && enabled=unknown
  else
    none lock.screen unsupported "no display manager here"
    enabled=
  fi
  cat "$root"/etc/systemd/system/*getty@*.service.d/*.conf 2>/dev/null | grep -q '^ *ExecStart=.*\(--autologin\| -a \)' && enabled=yes
  if [ -n "$enabled" ]; then ok login.automatic configuration "{\"enabled\": \"$enabled\", \"basis\": \"display_manager\"}"
  else none login.automatic unsupported "no display manager here"; fi
}
# People's accounts: root and those from UID_MIN on, with a shell. Never a name.
accounts() {
  passwd=$root/etc/passwd
  if ! [ -r "$passwd" ]; then unread accounts.local "$passwd"; return; fi
  least=$(awk '$1 == "UID_MIN" { print $2 }' "$root/etc/login.defs" 2>/dev/null)
  people=$(awk -F: -v least="${least:-1000}" '
    ($3 == 0 || ($3 >= least && $3 < 65534)) && $7 !~ /(nologin|false|sync|halt|shutdown)$/ { print $1, $3, $4, ($2 == "" ? "blank" : "-") }' "$passwd")
  enabled=$(printf '%s\n' "$people" | awk 'NF { n++ } END { print n + 0 }')
  if [ "$enabled" = 0 ]; then none accounts.local error "$passwd names nobody, not even root"; return; fi
  privileged=
  [ -r "$root/etc/group" ] && privileged=$({
    awk -F: '$1 ~ /^(sudo|wheel|admin|root)$/ { print "group", $3; n = split($4, m, ","); for (i = 1; i <= n; i++) print "member", m[i] }' "$root/etc/group"
    printf '%s\n' "$people"
  } | awk '$1 == "group" { group[$2] = 1; next } $1 == "member" { member[$2] = 1; next }
    NF && ($2 == 0 || ($3 in group) || ($1 in member)) { n++ } END { print n + 0 }')
  blank=
  if [ -f "$root/etc/shadow" ] && [ -r "$root/etc/shadow" ] && [ -s "$root/etc/shadow" ]; then
    blank=$({ printf '%s\n' "$people" | sed 's/^/person /'; tr ':' ' ' <"$root/etc/shadow" | sed -n 's/^\([^ ]*\)  .*/empty \1/p'; } |
      awk '$1 == "person" { p[$2] = ($5 == "blank") } $1 == "empty" && ($2 in p) { p[$2] = 1 } END { for (i in p) n += p[i]; print n + 0 }')
  else
    blank=$(printf '%s\n' "$people" | awk '$4 == "blank" { n++ } END { if (n) print n }')
  fi
  ok accounts.local passwd "{\"enabled\": $enabled, \"privileged\": $(or_unknown "$privileged"), \"stale\": $(or_unknown "$(stale_accounts)"), \"blank_password\": $(or_unknown "$blank"), \"stale_days\": 90}"
}
# Whose last login is over 90 days old; root left out. An account without any record cannot be told, so a zero is only
# said where everybody has one.
stale_accounts() {
  [ -r "$root/var/log/lastlog" ] || return
  old=0
  blind=no
  limit=$(($(date +%s) - 90 * 86400))
  for uid in $(printf '%s\n' "$people" | awk '$2 > 0 { print $2 }' | head -n 200); do
    seconds=$(dd if="$root/var/log/lastlog" bs=292 skip="$uid" count=1 2>/dev/null | od -An -v -tu4 -N 4 | tr -d ' ')
    if [ -z "$seconds" ] || [ "$seconds" = 0 ]; then blind=yes
    elif [ "$seconds" -lt $limit ]; then old=$((old + 1)); fi
  done
  if [ $old -gt 0 ] || [ $blind = no ]; then printf %s $old; fi
}

# --- logs and clock ---------------------------------------------------------------------------------------------------

logs() {
  if $container; then none logs.system unsupported "a container's log is kept by its host"; return; fi
  service=unknown
  if runs systemd-journal systemd-journald rsyslogd syslog-ng syslogd; then service=running
  elif [ $all_processes = yes ] && [ -d "$root/run/systemd/system" ]; then service=stopped; fi  # its journal would run
  journal_conf=$(cat "$root"/etc/systemd/journald.conf "$root"/etc/systemd/journald.conf.d/*.conf 2>/dev/null)
  basis=syslog
  oldest=
  if runs systemd-journal systemd-journald; then
    basis=journald_volatile
    if [ -d "$root/var/log/journal" ] && ! printf '%s\n' "$journal_conf" | grep -q '^Storage=\(volatile\|none\)'; then
      basis=journald
      # An archived journal's name ends with the time of its first record, in microseconds and hexadecimal.
      first=$(ls "$root"/var/log/journal/* 2>/dev/null | sed -n 's/^system@[0-9a-f]*-[0-9a-f]*-\([0-9a-f]\{16\}\)\.journal.*/\1/p' | sort | sed -n 1p)
      [ -n "$first" ] && oldest=$(of_epoch $((0x$first / 1000000)))
    fi
  fi
  # The last record of the oldest rotated log: there are records at least as old.
  rotated=$(for file in "$root"/var/log/syslog.* "$root"/var/log/messages[.-]* "$root"/var/log/auth.log.* "$root"/var/log/secure[.-]*; do [ -e "$file" ] && changed "$file"; done | sort | sed -n 1p)
  if [ -n "$rotated" ]; then
    [ $basis = journald ] || basis=syslog
    oldest=$(printf '%s\n%s\n' "${oldest:-9}" "$rotated" | sort | sed -n 1p)
  fi
  retention=$(printf '%s\n' "$journal_conf" | sed -n 's/^MaxRetentionSec=\([0-9]*\) *\(day\|days\|d\)$/\1/p;s/^MaxRetentionSec=\([0-9]*\) *\(week\|weeks\|w\)$/\1 * 7/p;s/^MaxRetentionSec=\([0-9]*\) *\(month\|months\|M\)$/\1 * 30/p;s/^MaxRetentionSec=\([0-9]*\) *\(year\|years\|y\)$/\1 * 365/p' | sed -n '$p')
  retention=$(printf '%s\n' "$retention" | awk 'NF { print $1 * ($3 ? $3 : 1) }')
  [ "$basis" = syslog ] && [ -r "$root/etc/logrotate.d/rsyslog" ] && retention=$(awk '
    $1 == "rotate" { n = $2 } $1 == "daily" { d = 1 } $1 == "weekly" { d = 7 } $1 == "monthly" { d = 30 } END { if (n && d) print n * d }' "$root/etc/logrotate.d/rsyslog")
  # As many days as nobody keeps a log, or fewer than none, are not told.
  case $retention in *[!0-9]* | ??????*) retention= ;; esac
  forwarded=unknown
  shippers=no
  runs fluent-bit filebeat vector promtail alloy td-agent fluentd splunkd otelcol amazon-cloudwat google_cloud_op google_osconfig && shippers=yes
  [ -e "$root/etc/systemd/system/multi-user.target.wants/systemd-journal-upload.service" ] && shippers=yes
  confs=$(ls "$root"/etc/rsyslog.conf "$root"/etc/rsyslog.d/*.conf 2>/dev/null)
  open=yes
  for file in $confs; do [ -r "$file" ] || open=no; done
  # shellcheck disable=SC2086
  if [ $shippers = yes ]; then forwarded=yes
  elif runs rsyslogd && grep -h -q -e '^[^#]*[[:space:]]@@\{0,1\}[^[:space:]]' -e '^[^#]*\(omfwd\|omrelp\)' $confs /dev/null 2>/dev/null; then forwarded=yes
  elif [ $all_processes = yes ] && [ $open = yes ] && ! runs syslog-ng syslogd; then forwarded=no; fi
  writable=unknown
  [ -d "$root/var/log" ] && writable=no
  [ -n "$(find "$root/var/log" "$root"/var/log/syslog "$root"/var/log/messages "$root"/var/log/auth.log "$root"/var/log/secure "$root"/var/log/audit "$root"/var/log/journal -prune ! -type l -perm -0002 2>/dev/null)" ] && writable=yes
  ok logs.system "$basis" "{\"service\": \"$service\", \"oldest\": $(or_null "$oldest"), \"retention_days\": $(or_unknown "$retention"), \"forwarded\": \"$forwarded\", \"writable_by_everyone\": \"$writable\", \"basis\": \"$basis\"}"
}
clock() {
  answer() { ok clock.sync "$2" "{\"synchronized\": \"$1\", \"basis\": \"$2\"}"; }
  said=
  have timedatectl && said=$(limited timedatectl show -p NTPSynchronized --value)
  case $said in yes | no) answer "$said" timedatectl; return ;; esac
  if [ -e "$root/run/systemd/timesync/synchronized" ]; then answer yes timesyncd; return; fi
  if $container; then none clock.sync unsupported "a container's clock is its host's"; return; fi
  if runs chronyd ntpd ntpsec openntpd systemd-timesyn; then answer unknown process
  else none clock.sync not_collected "no service of this machine tells"; fi
}

# --- network ----------------------------------------------------------------------------------------------------------

# Ports that wait for somebody: proc(5) writes addresses as hexadecimal words of the machine's own byte order.
listening() {
  for table in tcp tcp6 udp udp6; do
    table=$root/proc/net/$table
    [ -e "$table" ] || [ "$table" = "$root/proc/net/tcp" ] || continue
    if ! [ -r "$table" ]; then unread network.listening "$table"; return; fi
    grep -q local_address "$table" 2>/dev/null || { none network.listening error "$table is no table of sockets"; return; }
  done
  low=$(awk '{ print $1 }' "$root/proc/sys/net/ipv4/ip_local_port_range" 2>/dev/null)
  big=0
  [ "$(printf '\001\000' | od -An -v -tu2 | tr -d ' ')" = 1 ] || big=1
  ports=$(for kind in tcp tcp6 udp udp6; do
    [ -r "$root/proc/net/$kind" ] && sed "s/^/${kind%6} /" "$root/proc/net/$kind"
  done | awk -v low="${low:-32768}" -v big=$big '
    function digit(c) { return index("0123456789ABCDEF", toupper(c)) - 1 }
    function number(h, v, k) { v = 0; for (k = 1; k <= length(h); k++) v = v * 16 + digit(substr(h, k, 1)); return v }
    function octets(h, out, w, k) {  # in the order of the network
      for (w = 0; w < length(h) / 8; w++)
        for (k = 0; k < 4; k++) out[w * 4 + k] = number(substr(h, w * 8 + (big ? k : 3 - k) * 2 + 1, 2))
    }
    function of_four(a, b) {
      if (a == 127) return "loopback"
      if (a == 10 || (a == 172 && b >= 16 && b <= 31) || (a == 192 && b == 168) || (a == 169 && b == 254) || (a == 100 && b >= 64 && b <= 127)) return "private"
      return "any"
    }
    function scope(h, k, zero) {
      octets(h, o)
      if (length(h) == 8) return of_four(o[0], o[1])
      zero = 1
      for (k = 0; k < 10; k++) if (o[k]) zero = 0
      if (zero && o[10] == 255 && o[11] == 255) return of_four(o[12], o[13])
      if (zero && !o[10] && !o[11] && !o[12] && !o[13] && !o[14] && o[15] == 1) return "loopback"
      if ((o[0] >= 252 && o[0] <= 253) || (o[0] == 254 && o[1] >= 128 && o[1] <= 191)) return "private"
      return "any"
    }
    BEGIN { wide["loopback"] = 1; wide["private"] = 2; wide["any"] = 3 }
    $2 ~ /^[0-9]+:$/ {
      split($3, local, ":")
      port = number(local[2])
      if (!port || ($1 == "tcp" && $5 != "0A")) next
      # Above the first port a client is given, an unconnected UDP socket is mostly a client too.
      if ($1 == "udp" && ($5 != "07" || port >= low)) next
      key = $1 " " port
      where = scope(local[1])
      if (wide[where] > wide[seen[key]]) seen[key] = where
    }
    END { for (key in seen) print key, seen[key] }' | sort -k1,1 -k2,2n |
    awk 'NR > 500 { exit } { printf "%s{\"protocol\": \"%s\", \"port\": %d, \"scope\": \"%s\"}", (NR > 1 ? ", " : ""), $1, $2, $3 }')
  if [ "$(printf '%s' "$ports" | grep -o '"port"' | wc -l)" -ge 500 ]; then
    none network.listening error "500 ports or more wait for somebody"
    return
  fi
  ok network.listening proc_net "{\"ports\": [$ports]}"
}

# --- all of it --------------------------------------------------------------------------------------------------------

usage() {
  echo "usage: kenshin-collect-linux.sh [--label NAME] [--nonce VALUE] [--root DIR [--programs DIR]]" >&2
  exit 64
}
main() {
  while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || usage
    case $1 in
      --label) label=$2 ;;
      --nonce) nonce=$2 ;;
      --root) root=$2 ;;
      --programs) programs=$2; PATH=$2:$PATH ;;
      *) usage ;;
    esac
    shift 2
  done
  for tool in awk od sed grep date sort tr cat; do
    command -v $tool >/dev/null 2>&1 || { echo "kenshin-collect-linux.sh: $tool is missing" >&2; exit 69; }
  done
  look_around
  [ -n "$label" ] || label=$(first_line "$root/proc/sys/kernel/hostname")
  [ -n "$label" ] || label=$(first_line "$root/etc/hostname")
  machine=$(first_line "$root/etc/machine-id" | tr -d ' \t\r')
  machine_hash=
  [ -n "$machine" ] && command -v sha256sum >/dev/null 2>&1 && machine_hash=$(printf 'kenshin.host-facts/1 host.id %s' "$machine" | sha256sum | sed 's/ .*//')

  printf '{\n  "schema": "kenshin.host-facts/1",\n  "collected_at": "%s",\n' "$now"
  [ -n "$nonce" ] && printf '  "nonce": %s,\n' "$(json "$nonce")"
  printf '  "collector": {"name": "kenshin-collect-linux.sh", "version": "%s", "elevated": %s},\n' $version $elevated
  printf '  "host": {"id": "%s", "label": %s, "container": %s},\n  "facts": {' "$machine_hash" "$(json "${label:-this-host}")" $container
  identity
  updates
  protection
  firewall
  disks
  screens
  accounts
  logs
  clock
  listening
  none software.products not_collected "of terminals"
  none residue.files not_collected "nobody asked for it"
  none residue.features unsupported "of Windows and macOS"
  none terminal.other_use not_collected "of terminals"
  printf '\n  }\n}\n'
}
# Programs must not read on from the script itself, which comes on standard input.
main "$@" </dev/null
