#!/usr/bin/env bash
# Compares the access that a pull request grants with that of the branch it goes to: one comment on the pull
# request, which each push brings up to date, and annotations in the log. Fails where access is as wide as
# SYMLINT_FAIL_ON says. Reads both sides, and runs nothing of them.
set -euo pipefail

readonly mark='<!-- symlint: access -->'
readonly longest=60000 # GitHub takes 65536 characters
readonly here=$SYMLINT_PATH

# actions/checkout has merged the change into the branch: that is the first parent. A checkout of the change
# alone has the commit that it began with, if it was fetched.
if git rev-parse --quiet --verify 'HEAD^2' > /dev/null; then
  base=$(git rev-parse 'HEAD^1')
else
  base=$SYMLINT_BASE
fi
if ! git cat-file -e "$base^{commit}" 2> /dev/null; then
  echo "The commit $base is not here. Write fetch-depth: 2 (or 0) for actions/checkout." >&2
  exit 2
fi

scratch=$(mktemp -d)
tree=$scratch/base
git worktree add --quiet --detach "$tree" "$base"
trap 'git worktree remove --force "$tree"; rm -rf "$scratch"' EXIT

before=$tree/$here
if [ ! -d "$before" ]; then
  before=$scratch/nothing.json
  echo '{"version": 1, "grants": []}' > "$before"
fi

report=$scratch/access.md
symlint diff --fail-on never --format markdown -- "$before" "$here" > "$report"
cat "$report" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"

# The token of a pull request from a fork may not write: the summary and the log have the difference.
if [ "$SYMLINT_MAY_COMMENT" = true ]; then
  body=$scratch/body.md
  {
    echo "$mark"
    if [ "$(wc -m < "$report")" -gt "$longest" ]; then
      head -c "$longest" "$report" | sed '$d'
      printf '\nThere is more, in the summary of the job.\n'
    else
      cat "$report"
    fi
  } > "$body"
  comments=repos/$GITHUB_REPOSITORY/issues/$SYMLINT_PULL_REQUEST/comments
  mine=".[] | select(.user.type == \"Bot\" and (.body | startswith(\"$mark\"))) | .id"
  comment=$(gh api --paginate "$comments" --jq "$mine" | sed -n 1p)
  if [ -n "$comment" ]; then
    gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$comment" \
      --field "body=@$body" --silent
  else
    gh api --method POST "$comments" --field "body=@$body" --silent
  fi
fi

symlint diff --fail-on "$SYMLINT_FAIL_ON" --format github -- "$before" "$here"
