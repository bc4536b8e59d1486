# shellcheck shell=bash
# Debian's packages of the servers, installed when they are missing and we may.

# ensure_packages NAME...: postgres and/or rabbitmq; fails with what to do.
ensure_packages() {
  local missing=() variables=() name
  for name in "$@"; do
    case "$name" in
      postgres) postgres_bin >/dev/null || { missing+=(postgresql); variables+=(CAUSALITY_TEST_POSTGRES); } ;;
      rabbitmq) rabbitmq_server >/dev/null || { missing+=(rabbitmq-server); variables+=(CAUSALITY_TEST_RABBITMQ); } ;;
    esac
  done
  ((${#missing[@]} > 0)) || return 0
  if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
    die "missing on this machine: ${missing[*]}" \
      "install them (Debian: apt-get install ${missing[*]})," \
      "or run this script once as root on Debian," \
      "or name running servers in ${variables[*]} (see infra/scripts/lib/servers.sh)"
  fi
  install_packages "${missing[@]}"
  for name in "$@"; do
    case "$name" in
      postgres) postgres_bin >/dev/null || die "postgresql was installed but /usr/lib/postgresql/*/bin/postgres is missing" ;;
      rabbitmq) rabbitmq_server >/dev/null || die "rabbitmq-server was installed but its sbin/rabbitmq-server is missing" ;;
    esac
  done
}

# ensure_promtool: the judge of metrics, rules and expressions, installed when it is missing and we may; the tests that need it are skipped without it.
ensure_promtool() {
  command -v promtool >/dev/null && return 0
  if ((EUID == 0)) && command -v apt-get >/dev/null; then
    (install_packages prometheus) || note "the tests of metrics, alerts and dashboards will be skipped"
  else
    note "promtool is missing: the tests of metrics, alerts and dashboards will be skipped (Debian: apt-get install prometheus)"
  fi
}

# install_packages PACKAGE...: the binaries only. Debian would start both as system services, on fixed ports, and
# again at every boot; nobody asked for that here. policy-rc.d is Debian's own switch for it. An administrator's
# own policy is left alone.
install_packages() {
  local policy=/usr/sbin/policy-rc.d log status=0
  log="$(mktemp)"
  note "installing Debian's ${*} (once) ..."
  (
    if [[ ! -e "$policy" ]]; then
      trap 'rm -f "$policy"' EXIT
      printf '#!/bin/sh\nexit 101\n' >"$policy"
      chmod 755 "$policy"
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update && apt-get install -y --no-install-recommends "$@"
  ) </dev/null >"$log" 2>&1 || status=$?
  if ((status != 0)); then
    tail_of apt-get "$log"
    rm -f "$log"
    die "could not install ${*}" "the lines above are apt-get's; or name running servers in the CAUSALITY_TEST_ variables"
  fi
  rm -f "$log"
  if [[ -d /run/systemd/system ]]; then
    local package
    for package in "$@"; do systemctl disable --quiet "$package" >/dev/null 2>&1 || true; done
  fi
}

# offer_package PROGRAM PACKAGE: installs what only some tests need, if we may; those tests are skipped with the reason otherwise.
offer_package() {
  command -v "$1" >/dev/null && return 0
  if ((EUID == 0)) && command -v apt-get >/dev/null && (install_packages "$2"); then return 0; fi
  note "there is no $1 here (Debian: apt-get install $2): the tests that need it are skipped"
}

# offer_programs_of_users: what people have and servers do not: the shells whose completion is tested, and what the examples are written with.
offer_programs_of_users() {
  local missing=()
  [[ -x /usr/bin/zsh ]] || missing+=(zsh)
  [[ -x /usr/bin/fish ]] || missing+=(fish)
  [[ -x /usr/bin/amqp-publish ]] || missing+=(amqp-tools)
  /usr/bin/python3 -c 'import pika' 2>/dev/null || missing+=(python3-pika)
  ((${#missing[@]} > 0)) || return 0
  if ((EUID == 0)) && command -v apt-get >/dev/null && (install_packages "${missing[@]}"); then return 0; fi
  note "missing here (Debian: apt-get install ${missing[*]}): the tests that need them are skipped"
}
