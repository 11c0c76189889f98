#!/bin/bash
python3 -c 'import time
end = time.process_time() + 12
while time.process_time() < end:
    sum(range(10000))'
