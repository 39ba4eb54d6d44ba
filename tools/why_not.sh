#!/bin/sh
# Says in one line why no environment can be made here with this Python; says nothing if one can.
python=$1

if ! command -v "$python" >/dev/null 2>&1; then
    echo "there is no $python here: install Python 3.11 or later (Debian, Ubuntu: apt install python3 python3-venv)"
elif ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Python 3.11 or later is needed, and $python is $("$python" -V 2>&1): name another, such as make PYTHON=python3.12"
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "$python has no venv and ensurepip: install them (Debian, Ubuntu: apt install python3-venv)"
elif ! [ -w . ]; then
    echo "nothing can be written here, where the environment is to be made: copy the workbook to a directory of your own"
fi
