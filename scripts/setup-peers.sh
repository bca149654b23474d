#!/usr/bin/env bash
# Sets up what the peers' tests and benchmarks compare with and run against: a Python virtual environment with pinned packages,
# made once and again only where the requirements change, and servers. Where something cannot be made, it says so and exits 0:
# those tests then skip themselves.
set -uo pipefail
cd "$(dirname "$0")/.."
requirements=scripts/peers-requirements.txt
peers=.cache/peers
venv=$peers/venv
stamp=$venv/requirements.sha256
# With this set Python would compile its imports again at every start, and look 2.5 times slower than it is.
unset PYTHONDONTWRITEBYTECODE

skip() {
  echo "setup-peers: $1; tests and benchmarks against $2 are skipped" >&2
  exit 0
}

hash_requirements() {
  python3 -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read() + sys.version.encode()).hexdigest())' \
    "$requirements"
}

setup_python() {
  command -v python3 >/dev/null || skip 'there is no python3 on the PATH' 'Python packages'
  wanted=$(hash_requirements) || skip 'python3 does not run' 'Python packages'
  if [ -x "$venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then exit 0; fi

  log=$peers/install.log
  rm -f "$stamp"
  if [ ! -x "$venv/bin/python" ]; then
    python3 -m venv "$venv" >"$log" 2>&1 ||
      skip "python3 cannot make a virtual environment (see $log)" 'Python packages'
  fi
  echo 'setup-peers: installing Python packages, once' >&2
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" >"$log" 2>&1 ||
    skip "pip could not install $requirements (see $log)" 'Python packages'
  "$venv/bin/python" -m compileall -q -j 0 "$venv/lib" >>"$log" 2>&1 || true
  echo "$wanted" >"$stamp"
}

# A server from the system's packages: setup_apt COMMAND PACKAGE
setup_apt() {
  command -v "$1" >/dev/null && exit 0
  compgen -G "/usr/lib/postgresql/*/bin/$1" >/dev/null && exit 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then skip "there is no $1 (package $2)" "$2"; fi
  echo "setup-peers: installing $2, once" >&2
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq "$2"; } >"$peers/apt-$2.log" 2>&1 ||
    skip "apt-get could not install $2 (see $peers/apt-$2.log)" "$2"
}

# An S3 store that checks keys, built from source.
setup_versitygw() {
  [ -x "$peers/bin/versitygw" ] && exit 0
  command -v go >/dev/null || skip 'there is no go to build versitygw with' versitygw
  echo 'setup-peers: building versitygw, once' >&2
  GOBIN="$PWD/$peers/bin" GOFLAGS=-modcacherw go install github.com/versity/versitygw/cmd/versitygw@v1.8.0 \
    >"$peers/versitygw.log" 2>&1 || skip "go could not build versitygw (see $peers/versitygw.log)" versitygw
}

mkdir -p "$peers"
# One install at a time; the lock goes with the process.
exec 9>"$peers/lock"
if command -v flock >/dev/null; then flock 9; fi

(setup_python)
(setup_apt initdb postgresql)
(setup_apt redis-server redis-server)
(setup_apt chromium chromium)
(setup_versitygw)
