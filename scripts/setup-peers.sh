#!/usr/bin/env bash
# Sets up what the peers' tests and benchmarks compare with: Python virtual environments with pinned packages, made once and again
# only where their requirements change. MLflow has one of its own: it pins what others need newer. Where one cannot be made, this
# says so and exits 0: the tests that need it then skip themselves.
set -uo pipefail
cd "$(dirname "$0")/.."
peers=.cache/peers
# With this set Python would compile its imports again at every start, and look 2.5 times slower than it is.
unset PYTHONDONTWRITEBYTECODE

skip() {
  echo "setup-peers: $1; what compares with it is skipped" >&2
}

hash_requirements() {
  python3 -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read() + sys.version.encode()).hexdigest())' "$1"
}

# install NAME REQUIREMENTS: the environment $peers/NAME with these packages.
install() {
  local venv=$peers/$1 requirements=$2 stamp=$peers/$1/requirements.sha256 log=$peers/$1-install.log wanted
  wanted=$(hash_requirements "$requirements") || { skip 'python3 does not run'; return; }
  if [ -x "$venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
  rm -f "$stamp"
  if [ ! -x "$venv/bin/python" ]; then
    python3 -m venv "$venv" >"$log" 2>&1 || { skip "python3 cannot make a virtual environment (see $log)"; return; }
  fi
  echo "setup-peers: installing $requirements, once" >&2
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" >"$log" 2>&1 ||
    { skip "pip could not install $requirements (see $log)"; return; }
  "$venv/bin/python" -m compileall -q -j 0 "$venv/lib" >>"$log" 2>&1 || true
  echo "$wanted" >"$stamp"
}

command -v python3 >/dev/null || { skip 'there is no python3 on the PATH'; exit 0; }
mkdir -p "$peers"
# One install at a time; the lock goes with the process.
exec 9>"$peers/lock"
if command -v flock >/dev/null; then flock 9; fi
install venv scripts/peers-requirements.txt
install mlflow scripts/mlflow-requirements.txt
install profile scripts/profile-requirements.txt
