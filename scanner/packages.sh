# Sourced by scanner/demo, tests/run and .ci/run: installs the Debian packages that are missing, and builds.

packages_to_build="g++ cmake ninja-build pkg-config nlohmann-json3-dev libboost-program-options-dev libssl-dev libcurl4-openssl-dev libpsl-dev libidn2-dev
  libunbound-dev libmaxminddb-dev libutf8proc-dev libtomlplusplus-dev libsqlite3-dev libapt-pkg-dev
  libgtest-dev ca-certificates"
packages_to_show="nginx-light openssl"

need() {
  local missing=() package
  for package in "$@"; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]} == 0)) && return
  command -v apt-get >/dev/null || { echo "these Debian packages are missing: ${missing[*]}" >&2; return 1; }
  local as_root=()
  if [[ $EUID != 0 ]]; then
    command -v sudo >/dev/null || { echo "not root and no sudo; install these packages first: ${missing[*]}" >&2; return 1; }
    as_root=(sudo)
  fi
  echo "installing: ${missing[*]}" >&2
  # A server package must not start its service here; what a test needs it starts itself.
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 sh -c '
    policy=/usr/sbin/policy-rc.d; [ -e $policy ] || { printf "#!/bin/sh\nexit 101\n" >$policy; chmod 755 $policy; made=1; }
    log=$(mktemp)
    { apt-get -qq update && apt-get -qqy --no-install-recommends install "$@"; } >"$log" 2>&1 </dev/null; code=$?
    [ -z "$made" ] || rm -f $policy
    [ $code = 0 ] || cat "$log" >&2
    rm -f "$log"; exit $code' sh "${missing[@]}"
}

# build PRESET [TARGET …]: configures and builds; further CMake settings come from KENSHIN_CMAKE.
build() {
  local preset=$1; shift
  local log="build/$preset.log"
  mkdir -p build
  export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1  # where there is ccache, checkouts share it
  # shellcheck disable=SC2086
  cmake --preset "$preset" ${KENSHIN_CMAKE:-} >"$log" 2>&1 && cmake --build --preset "$preset" ${1:+--target "$@"} >>"$log" 2>&1 ||
    { grep -E 'error|warning|FAILED' "$log" | head -n 40 >&2; echo "the build failed; all of its output is in $log" >&2; return 1; }
}
