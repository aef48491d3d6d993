#!/usr/bin/env bash
# Puts the portal's files into buckets: upload.sh ARCHIVE BUCKET…
# Files named by their content first and the start page last, so that no page that anybody
# gets names files that are not there yet. What older pages name stays.
set -euo pipefail

archive=$1
shift
files=$(mktemp --directory)
trap 'rm -r "$files"' EXIT
tar --extract --gzip --file="$archive" --directory="$files"
mv "$files/index.html" "$files.index.html"
trap 'rm -r "$files" "$files.index.html"' EXIT

for bucket in "$@"; do
  gcloud storage cp --recursive --cache-control="public, max-age=31536000, immutable" \
    "$files/assets" "gs://$bucket/"
  find "$files" -mindepth 1 -maxdepth 1 ! -name assets -print0 |
    xargs --null --no-run-if-empty -I{} \
      gcloud storage cp --recursive --cache-control=no-cache {} "gs://$bucket/"
  gcloud storage cp --cache-control=no-cache "$files.index.html" "gs://$bucket/index.html"
done
