# shellcheck shell=bash
# A minimal HTTP/1.0 client on bash's /dev/tcp: a fresh Debian has no curl. Plain http on this machine only.

# http_call METHOD URL [JSON_BODY]: prints the body; sets nothing. Returns 0 for 2xx, 1 for another answer
# (the body still printed), 2 when nobody answered. user:password@ in the URL becomes basic authentication; HTTP_TOKEN, where it is set, a bearer's.
http_call() {
  local method="$1" rest="${2#http://}" body="${3:-}" credentials=""
  local authority="${rest%%/*}" path=""
  if [[ "$rest" == */* ]]; then path="${rest#*/}"; fi
  if [[ "$authority" == *@* ]]; then
    credentials="${authority%@*}"
    authority="${authority##*@}"
  fi
  local host="${authority%:*}" port="${authority##*:}"
  if [[ "$authority" != *:* ]]; then port=80; fi
  (
    # A subshell, so that the connection closes with it; its noise about refused connections is expected.
    exec 2>/dev/null
    exec 3<>"/dev/tcp/$host/$port" || exit 2
    {
      printf '%s /%s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\n' "$method" "$path" "$authority"
      if [[ -n "$credentials" ]]; then
        printf 'Authorization: Basic %s\r\n' "$(printf '%s' "$credentials" | base64 -w0)"
      fi
      if [[ -n "${HTTP_TOKEN:-}" ]]; then printf 'Authorization: Bearer %s\r\n' "$HTTP_TOKEN"; fi
      if [[ -n "$body" ]]; then
        printf 'Content-Type: application/json\r\nContent-Length: %s\r\n' "$(printf '%s' "$body" | wc -c)"
      fi
      printf '\r\n%s' "$body"
    } >&3
    local protocol status line
    IFS=' ' read -r -t 10 -u 3 protocol status line || exit 2
    while IFS= read -r -t 10 -u 3 line && [[ "${line%$'\r'}" != "" ]]; do :; done
    timeout 10 cat <&3
    [[ "$status" == 2?? ]] || exit 1
  )
}

# http_is_ok URL: true when it answers 2xx.
http_is_ok() { http_call GET "$1" >/dev/null; }
