#!/usr/bin/env bash
# Sets up what the peers' tests and benchmarks compare with: a Python virtual environment with pinned packages, made once and
# again only where the requirements change. Where it cannot be made, it says so and exits 0: those tests then skip themselves.
set -uo pipefail
cd "$(dirname "$0")/.."
requirements=scripts/peers-requirements.txt
peers=.cache/peers
venv=$peers/venv
stamp=$venv/requirements.sha256
# With this set Python would compile its imports again at every start, and look 2.5 times slower than it is.
unset PYTHONDONTWRITEBYTECODE

skip() {
  echo "setup-peers: $1; tests and benchmarks against Python packages are skipped" >&2
  exit 0
}

hash_requirements() {
  python3 -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read() + sys.version.encode()).hexdigest())' \
    "$requirements"
}

command -v python3 >/dev/null || skip 'there is no python3 on the PATH'
mkdir -p "$peers"
# One install at a time; the lock goes with the process.
exec 9>"$peers/lock"
if command -v flock >/dev/null; then flock 9; fi

wanted=$(hash_requirements) || skip 'python3 does not run'
if [ -x "$venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then exit 0; fi

log=$peers/install.log
rm -f "$stamp"
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv" >"$log" 2>&1 || skip "python3 cannot make a virtual environment (see $log)"
fi
echo 'setup-peers: installing Python packages, once' >&2
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" >"$log" 2>&1 ||
  skip "pip could not install $requirements (see $log)"
"$venv/bin/python" -m compileall -q -j 0 "$venv/lib" >>"$log" 2>&1 || true
echo "$wanted" >"$stamp"
