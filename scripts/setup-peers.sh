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

# setup_go NAME PACKAGE VERSION: a program built from source, in a module of its own, as packages that exclude versions need it.
setup_go() {
  local log=$PWD/$peers/$1.log target=$PWD/$peers/bin/$1
  [ -x "$target" ] && return
  command -v go >/dev/null || { skip "there is no go to build $1 with"; return; }
  echo "setup-peers: building $1, once" >&2
  mkdir -p "$peers/go/$1"
  (
    cd "$peers/go/$1" && export GOFLAGS='-modcacherw -mod=mod' CGO_ENABLED=0
    { [ -f go.mod ] || go mod init "peers/$1"; } && go get "$2@$3" && go build -trimpath -ldflags '-s -w' -o "$target" "$2"
  ) >"$log" 2>&1 || skip "go could not build $1 (see $log)"
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
  setup_python serving scripts/serving-requirements.txt
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
setup_apt wrk wrk
setup_apt chromium chromium
setup_apt promtool prometheus
# An S3 store that checks keys.
setup_go versitygw github.com/versity/versitygw/cmd/versitygw v1.8.0
setup_go actionlint github.com/rhysd/actionlint/cmd/actionlint v1.7.12
# Reads Compose files with no engine, where Docker's own plugin is not there.
docker compose version >/dev/null 2>&1 || setup_go docker-compose github.com/docker/compose/v2/cmd v2.40.3
setup_lambda
setup_onnx
