#!/usr/bin/env bash
# Sets up what the peers' tests and benchmarks compare with and run against, once: Python environments with pinned packages,
# made again only where their requirements change; servers and a browser from the system's packages. MLflow, the profiler and
# Evidently have environments of their own: they pin what others need newer. Where something cannot be made, this says so and
# exits 0: the tests that need it then skip themselves. `setup-peers.sh soak` makes what only `npm run soak` needs, which is
# large, as well.
set -uo pipefail
cd "$(dirname "$0")/.."
peers=.cache/peers
# With this set Python would compile its imports again at every start, and look 2.5 times slower than it is.
unset PYTHONDONTWRITEBYTECODE

skip() {
  echo "setup-peers: $1; what needs it is skipped" >&2
}

hash_requirements() {
  python3 -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read() + sys.version.encode()).hexdigest())' "$1"
}

# setup_python NAME REQUIREMENTS: the environment $peers/NAME with these packages.
setup_python() {
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

# setup_apt COMMAND PACKAGE: a program from the system's packages.
setup_apt() {
  local log=$peers/apt-$2.log
  command -v "$1" >/dev/null && return
  compgen -G "/usr/lib/postgresql/*/bin/$1" >/dev/null && return
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then skip "there is no $1 (package $2)"; return; fi
  echo "setup-peers: installing $2, once" >&2
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2"; } >"$log" 2>&1 ||
    skip "apt-get could not install $2 (see $log)"
}

# An S3 store that checks keys, built from source.
setup_versitygw() {
  local log=$peers/versitygw.log
  [ -x "$peers/bin/versitygw" ] && return
  command -v go >/dev/null || { skip 'there is no go to build versitygw with'; return; }
  echo 'setup-peers: building versitygw, once' >&2
  GOBIN="$PWD/$peers/bin" GOFLAGS=-modcacherw go install github.com/versity/versitygw/cmd/versitygw@v1.8.0 >"$log" 2>&1 ||
    skip "go could not build versitygw (see $log)"
}

# Lambda's own runtime interface client, whose native part is compiled.
setup_lambda() {
  local log=$peers/lambda-install.log program
  [ -f "$peers/lambda/node_modules/aws-lambda-ric/dist/rapid-client.node" ] && return
  for program in autoconf automake cmake; do setup_apt "$program" "$program"; done
  setup_apt libtoolize libtool
  echo 'setup-peers: building aws-lambda-ric, once' >&2
  mkdir -p "$peers/lambda" && echo '{ "private": true }' >"$peers/lambda/package.json"
  (cd "$peers/lambda" && npm install --no-audit --no-fund aws-lambda-ric@3.3.0) >"$log" 2>&1 ||
    skip "npm could not build aws-lambda-ric (see $log)"
}

# onnxruntime for Node. Its install script would download code for graphics cards; the one for the processor is in the package.
setup_onnx() {
  local log=$peers/onnx-install.log
  [ -f "$peers/onnx/node_modules/onnxruntime-node/package.json" ] && return
  command -v npm >/dev/null || { skip 'there is no npm to install onnxruntime-node with'; return; }
  echo 'setup-peers: installing onnxruntime-node, once' >&2
  mkdir -p "$peers/onnx" && echo '{ "private": true }' >"$peers/onnx/package.json"
  (cd "$peers/onnx" && npm install --no-audit --no-fund --ignore-scripts onnxruntime-node@1.30.0) >"$log" 2>&1 ||
    skip "npm could not install onnxruntime-node (see $log)"
}

mkdir -p "$peers"
# One install at a time; the lock goes with the process.
exec 9>"$peers/lock"
if command -v flock >/dev/null; then flock 9; fi

if command -v python3 >/dev/null; then
  setup_python venv scripts/peers-requirements.txt
  setup_python mlflow scripts/mlflow-requirements.txt
  setup_python profile scripts/profile-requirements.txt
  setup_python drift scripts/drift-requirements.txt
  setup_python mlserver scripts/mlserver-requirements.txt
  setup_python xgboost1 scripts/xgboost1-requirements.txt
  setup_python xgboost2 scripts/xgboost2-requirements.txt
  if [ "${1:-}" = soak ]; then setup_python spark scripts/spark-requirements.txt; fi
else
  skip 'there is no python3 on the PATH'
fi
setup_apt initdb postgresql
setup_apt redis-server redis-server
setup_apt chromium chromium
setup_apt promtool prometheus
setup_versitygw
setup_lambda
setup_onnx
