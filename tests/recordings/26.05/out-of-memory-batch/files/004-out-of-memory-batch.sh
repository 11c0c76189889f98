#!/bin/bash
echo "loading the matrix"
python3 -c "x = bytearray(1000 * 1024 * 1024)"
