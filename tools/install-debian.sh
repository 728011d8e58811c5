#!/bin/sh
# Installs from Debian what some tests need beside Python: a browser and Virtuoso. Where it cannot be had these tests skip.
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v virtuoso-t >/dev/null 2>&1 && command -v isql-vt >/dev/null 2>&1 || missing="$missing virtuoso-opensource"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "not installed:$missing; some tests will be skipped" >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
for package in $missing; do
    apt-get install -y -qq --no-install-recommends "$package" >/dev/null || echo "$package cannot be installed; some tests will be skipped" >&2
done
