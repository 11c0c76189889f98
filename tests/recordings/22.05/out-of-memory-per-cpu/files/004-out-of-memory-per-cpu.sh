#!/bin/bash
python3 - <<PY
import time
blocks = []
for i in range(100):
    blocks.append(bytearray(10 * 1024 * 1024))
    time.sleep(0.3)
PY
