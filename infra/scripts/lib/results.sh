# shellcheck shell=bash
# Counting tests from xunit's own result files. Needs common.sh.

PASSED=0 FAILED=0 SKIPPED=0
FAILURES=()

# check_passed / check_failed NAME [WHY]: a check of ours, counted like a test.
check_passed() { PASSED=$((PASSED + 1)); }
check_failed() {
  FAILED=$((FAILED + 1))
  FAILURES+=("$1${2:+: $2}")
  note "FAILED $1${2:+: $2}"
}

# attribute NAME TEXT: prints the number in NAME="..." or nothing.
attribute() { if [[ "$2" =~ [[:space:]]$1=\"([0-9]+)\" ]]; then printf '%s\n' "${BASH_REMATCH[1]}"; fi; }

# count_project NAME EXIT_CODE RESULT_FILE LOG: adds one project's numbers; a project that crashed, hung, ran
# nothing or wrote no result counts as one failure of that name.
count_project() {
  local name="$1" code="$2" header="" passed failed skipped errors seconds
  if [[ -s "$3" ]]; then header="$(grep -o -m1 '<assembly [^>]*>' "$3" | head -n 1)" || true; fi
  passed="$(attribute passed "$header")" failed="$(attribute failed "$header")"
  skipped="$(attribute skipped "$header")" errors="$(attribute errors "$header")"
  seconds="$([[ "$header" =~ \ time=\"([0-9.]+)\" ]] && printf '%s' "${BASH_REMATCH[1]}" || printf '?')"
  PASSED=$((PASSED + ${passed:-0}))
  FAILED=$((FAILED + ${failed:-0} + ${errors:-0}))
  SKIPPED=$((SKIPPED + ${skipped:-0}))
  note "$(printf '%-38s %5s passed %3s failed %3s skipped  %8s s' \
    "$name" "${passed:-0}" "$((${failed:-0} + ${errors:-0}))" "${skipped:-0}" "$seconds")"
  if ((${failed:-0} + ${errors:-0} > 0)); then
    local line
    while IFS= read -r line; do FAILURES+=("$line"); done < <(failure_blocks "$4")
  fi
  if ((code == 124 || code == 137)); then
    check_failed "$name" "did not end in time; its output is in $4"
  elif [[ -z "$passed" ]]; then
    check_failed "$name" "wrote no result (exit code $code)"
    # A crash says why before its stack.
    grep -vE '^ *(at |$)' "$4" | head -n 20 | cut -c1-240 | sed 's/^/  | /' >&2 || true
  elif ((code != 0 && ${failed:-0} + ${errors:-0} == 0)); then
    check_failed "$name" "ended with exit code $code although no test failed; its output is in $4"
  elif ((${passed:-0} + ${failed:-0} + ${skipped:-0} == 0)); then
    check_failed "$name" "ran no test"
  fi
}

# failure_blocks LOG: prints each failing test's name, message and stack from the runner's console output.
failure_blocks() {
  awk '
    /^    [^ ].*\[(FAIL|ERROR)\]$/ || /^    .*\[.*(Failure|Cleanup).*\]/ { printing = 1; print; next }
    /^ ? ? ? ?[^ ]/ { printing = 0 }
    printing { print }
  ' "$1"
}

# print_summary: the failures, then the one line that says it all, last.
print_summary() {
  if ((${#FAILURES[@]} > 0)); then
    printf '\nfailures:\n'
    printf '%s\n' "${FAILURES[@]}"
    printf '\n'
  fi
  printf '%s passed, %s failed' "$PASSED" "$FAILED"
  if ((SKIPPED > 0)); then printf ', %s skipped' "$SKIPPED"; fi
  printf '\n'
}
